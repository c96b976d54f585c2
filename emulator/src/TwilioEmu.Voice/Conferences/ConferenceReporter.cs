using System.Globalization;
using TwilioEmu.Kernel;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Conferences;

/// <summary>The events an app may subscribe to: <c>statusCallbackEvent</c>.</summary>
[Flags]
internal enum ConferenceEvents
{
    None = 0,
    Start = 1,
    End = 2,
    Join = 4,
    Leave = 8,
    Mute = 16,
    Hold = 32,
    Modify = 64,
    Speaker = 128,
    Announcement = 256,
}

/// <summary>Who wants to know what of a conference; the first member's wish rules (twilio.com/docs/voice/twiml/conference).</summary>
/// <param name="Url">Absolute; null for nobody.</param>
internal sealed record ConferenceCallback(string? Url, string Method, ConferenceEvents Events)
{
    private static readonly (string Word, ConferenceEvents Event)[] Words =
    [
        ("start", ConferenceEvents.Start), ("end", ConferenceEvents.End), ("join", ConferenceEvents.Join),
        ("leave", ConferenceEvents.Leave),
        ("mute", ConferenceEvents.Mute), ("hold", ConferenceEvents.Hold), ("modify", ConferenceEvents.Modify),
        ("speaker", ConferenceEvents.Speaker),
        ("announcement", ConferenceEvents.Announcement),
    ];

    public static ConferenceCallback None { get; } = new(null, "POST", ConferenceEvents.None);

    /// <summary>Reads words between blanks; those that are none come back apart.</summary>
    public static (ConferenceEvents Events, IReadOnlyList<string> Unknown) Read(string text)
    {
        var events = ConferenceEvents.None;
        var unknown = new List<string>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Words.FirstOrDefault(w => w.Word == word).Event is var known and not ConferenceEvents.None) events |= known;
            else unknown.Add(word);
        }
        return (events, unknown);
    }
}

/// <summary>Tells the app what happens in conferences.</summary>
/// <remarks>
/// Loop-confined. Parameters: twilio.com/docs/voice/twiml/conference#attributes-statuscallbackevent.
/// The numbers begin at 1 and count what is told (inferred).
/// </remarks>
internal sealed class ConferenceReporter(World world, CallbackLanes lanes)
{
    /// <summary>Tells an event.</summary>
    /// <param name="room">Where it happened.</param>
    /// <param name="subscribed">What must have been asked for.</param>
    /// <param name="name"><c>StatusCallbackEvent</c>.</param>
    /// <param name="member">Whom it is about; null for the conference.</param>
    /// <param name="cause">Seq of the entry of the change.</param>
    /// <param name="extra">Parameters of this event.</param>
    public void Report(
        ConferenceRoom room, ConferenceEvents subscribed, string name, ConferenceMember? member, long cause,
        params IEnumerable<KeyValuePair<string, string>> extra)
    {
        if (room.Callback.Url is not { } url || (room.Callback.Events & subscribed) == 0) return;
        var record = room.Record;
        List<KeyValuePair<string, string>> parameters =
        [
            new("ConferenceSid", record.Sid),
            new("FriendlyName", record.FriendlyName),
            new("AccountSid", record.Account.Value),
            new("SequenceNumber", (++room.CallbackCount).ToString(CultureInfo.InvariantCulture)),
            new("Timestamp", TwilioDates.ToRfc2822(world.Clock.GetUtcNow())),
            new("StatusCallbackEvent", name),
        ];
        if (member is not null)
        {
            parameters.Add(new("CallSid", member.CallSid));
            parameters.Add(new("Muted", Word(member.IsMuted)));
            parameters.Add(new("Hold", Word(member.IsHeld)));
            parameters.Add(new("Coaching", Word(member.CoachedSid is not null)));
            if (member.CoachedSid is { } coached) parameters.Add(new("CallSidToCoach", coached));
            parameters.Add(new("EndConferenceOnExit", Word(member.EndsOnExit)));
            parameters.Add(new("StartConferenceOnEnter", Word(member.StartsOnEnter)));
            if (member.Label is { } label) parameters.Add(new("ParticipantLabel", label));
        }
        parameters.AddRange(extra);
        lanes.Enqueue(record.Sid, new WebhookRequest
        {
            Account = record.Account,
            Url = url,
            Method = room.Callback.Method,
            Parameters = parameters,
            Subject = record.Sid,
            Purpose = WebhookPurpose.ConferenceStatusCallback,
            Cause = cause,
            CookieJar = record.Sid,
            IsVoice = true,
        });
    }

    private static string Word(bool value) => value ? "true" : "false";
}
