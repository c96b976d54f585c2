using System.Security;
using System.Text;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Conferences;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Verbs.Schema;

namespace TwilioEmu.Voice.Operations;

/// <summary>Calls somebody into a conference.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/api/conference-participant-resource#create-a-participant. The call's document is a
/// <c>&lt;Conference&gt;</c> of what was asked for, so that a participant added by REST is a member as any other. It waits for its slot as
/// other calls by REST do.
/// </remarks>
internal sealed class ParticipantCreate(CallServices services, CallQueue queue, CallCreate calls)
{
    /// <summary>
    /// A participant rings this much longer than asked (twilio.com/docs/voice/api/conference-participant-resource: Timeout).
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    // Taken, and of no effect that anybody could observe here: a warning is enough.
    private static readonly string[] WithoutEffect = ["EarlyMedia"];

    // Parameter and attribute of the same meaning and the same spelling of values.
    private static readonly (string Parameter, string Attribute)[] Attributes =
    [
        ("Label", "participantLabel"), ("Muted", "muted"), ("Beep", "beep"), ("StartConferenceOnEnter", "startConferenceOnEnter"),
        ("EndConferenceOnExit", "endConferenceOnExit"), ("WaitUrl", "waitUrl"), ("WaitMethod", "waitMethod"),
        ("MaxParticipants", "maxParticipants"),
        ("Region", "region"), ("JitterBufferSize", "jitterBufferSize"), ("CallSidToCoach", "coach"), ("ConferenceRecord", "record"),
        ("ConferenceTrim", "trim"),
        ("ConferenceRecordingStatusCallback", "recordingStatusCallback"),
        ("ConferenceRecordingStatusCallbackMethod", "recordingStatusCallbackMethod"),
    ];

    // Of the conference's recording REST knows it, TwiML does not.
    private const string Failed = "failed";

    public Answer Create(RestRequest request)
    {
        var form = new CallForm(request.Form);
        var where = request.PathValues["ConferenceSid"];
        var room = services.Conferences.Find(request.Account, where);
        // A SID must be that of a conference that goes on; any other text is a name.
        if (room is null && Kernel.Ids.SidMint.IsSid(where, "CF")) return Answer.NotFound(request);
        var (from, to) = calls.Parties(form, request);
        if (form.Text("Label") is { } label)
        {
            if (!ParticipantLabel.IsValid(label)) form.Refuse(16024, $"Conference: Participant label '{label}' is invalid", 0);
            else if (room?.IsTaken(label, "") == true)
            {
                form.Refuse(16026, $"Conference: Participant label '{label}' is in use by another participant", 0);
            }
        }
        if (form.Text("CallSidToCoach") is { } coached && room?.Find(coached) is null)
        {
            form.Refuse(16028, $"Conference: the participant to be coached, {coached}, is not in it", 0);
        }
        if (form.Text("CallSidToCoach") is null && form.Text("Coaching") == "true")
        {
            form.Refuse(20001, "CallSidToCoach is required when Coaching is true", 0);
        }
        if (where.Length > Conference.MaxNameLength)
        {
            form.Refuse(13237, $"the name of a conference has at most {Conference.MaxNameLength} characters", 0);
        }
        var instructions = new CallInstructions
        {
            CallerId = form.Text("CallerId"),
            DisplayName = form.Text("CallerDisplayName"),
            Reason = form.CallReason(),
            Parameters = CallCreate.ClientParameters(form.Text("To")),
            ByocTrunk = form.Byoc(),
            ClientNotificationUrl = form.NotificationUrl(),
            Login = form.Text("SipAuthUsername") is { } user ? new SipLogin(user, form.Text("SipAuthPassword") ?? "") : null,
            Timeout = form.Timeout() + Grace,
            TimeLimit = form.TimeLimit() ?? CallInstructions.MaxDuration,
            StatusCallback = form.CallbackUrl("StatusCallback"),
            StatusCallbackMethod = form.Method("StatusCallbackMethod"),
            StatusCallbackEvents = form.Events().Events,
            Detection = form.Detection(isAside: true),
            Recording = CallCreate.Recording(form, isParticipants: true),
        };
        CallCreate.CheckSip(form);
        Judge(form);
        foreach (var name in (string[])["WaitUrl", "ConferenceStatusCallback", "ConferenceRecordingStatusCallback"]) form.Url(name, 21205);
        if (form.Fault is { } fault) return new Answer.Refusal(fault);

        var callback = CallbackOf(form);
        room ??= services.Conferences.Of(request.Account, where, callback, form.Text("Region"), request.Cause);
        if (room.Members.Count == 0 && room.Callback.Url is null) room.Callback = callback;
        instructions = instructions with { First = new DocumentRequest.Inline(DocumentOf(form, request, room.Record.FriendlyName)) };
        var record = Call.Queued(services.World, request.Account, from, to) with
        {
            QueueTime = queue.Estimate(request.Account),
            PhoneNumberSid = services.Numbers.Find(from) is { } owned ? owned.Sid : null,
        };
        var call = new LiveCall(services, record, instructions, request.Cause);
        CallCreate.WarnOfEvents(services, call, form);
        if (UnknownEvents(form) is { Count: > 0 } unknown)
        {
            services.World.Journal.Warn(
                request.Account, request.Path, call.Cause,
                $"'{string.Join(", ", unknown)}': no such event of a conference; nothing is told of it",
                ["ConferenceStatusCallbackEvent"]);
        }
        if (Array.FindAll(WithoutEffect, request.Form.Has) is { Length: > 0 } vain)
        {
            services.World.Journal.Warn(request.Account, request.Path, call.Cause, "these parameters have no effect here", vain);
        }
        var invite = new ConferenceInvite(record.Sid, form.Text("Label"), record.DateCreated)
        {
            IsMuted = form.Text("Muted") == "true",
            CoachedSid = form.Text("CallSidToCoach"),
            StartsOnEnter = form.Text("StartConferenceOnEnter") != "false",
            EndsOnExit = form.Text("EndConferenceOnExit") == "true",
        };
        room.Invite(invite);
        services.World.Loop.Start(() => WatchAsync(call, room));
        queue.Enqueue(call, new OutboundRun(services, call).RunAsync);
        return Answer.Of(ParticipantFace.Of(room, invite, record.Status) with { QueueTime = record.QueueTime });
    }

    /// <summary>A call that ends before it is in leaves the room without it.</summary>
    private static async Task WatchAsync(LiveCall call, ConferenceRoom room)
    {
        await call.Over.Task;
        room.Miss(call.Record.Sid, call.Record.Status.Word(), call.Cause);
    }

    /// <summary>What the attributes of a <c>&lt;Conference&gt;</c> do not take is refused here, before anybody is called.</summary>
    private static void Judge(CallForm form)
    {
        var rows = TwimlTable.Of("Conference");
        foreach (var (parameter, attribute) in Attributes)
        {
            if (form.Text(parameter) is not { } value || rows.Find(attribute)!.Rule is not { } rule || rule.IsValid(value)) continue;
            form.Refuse(20001, $"{parameter} is not valid: {value}; it takes {rule.Takes.Replace("`", "", StringComparison.Ordinal)}", 0);
        }
        foreach (var word in RecordingEvents(form))
        {
            if (word != Failed && RecordingWords.ParseEvent(word) is null)
            {
                form.Refuse(
                    20001, $"ConferenceRecordingStatusCallbackEvent is not valid: {word}; in-progress, completed, absent and failed are",
                    0);
            }
        }
    }

    /// <summary>One parameter for each, or all in one.</summary>
    private static IEnumerable<string> RecordingEvents(CallForm form) =>
        form.All("ConferenceRecordingStatusCallbackEvent")
            .SelectMany(e => e.Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries));

    private static IReadOnlyList<string> UnknownEvents(CallForm form) =>
        ConferenceCallback.Read(string.Join(' ', form.All("ConferenceStatusCallbackEvent"))).Unknown;

    private static ConferenceCallback CallbackOf(CallForm form)
    {
        var words = string.Join(' ', form.All("ConferenceStatusCallbackEvent"));
        var events = words.Length == 0 ? ConferenceEvents.Start | ConferenceEvents.End : ConferenceCallback.Read(words).Events;
        return new ConferenceCallback(form.Text("ConferenceStatusCallback"), form.Method("ConferenceStatusCallbackMethod"), events);
    }

    private static string DocumentOf(CallForm form, RestRequest request, string name)
    {
        var twiml = new StringBuilder("<Response><Dial><Conference");
        foreach (var (parameter, attribute) in Attributes)
        {
            // An empty WaitUrl means silence.
            if (form.Text(parameter) is { } value) twiml.Append($" {attribute}=\"{SecurityElement.Escape(value)}\"");
            else if (parameter == "WaitUrl" && request.Form.Has("WaitUrl")) twiml.Append(" waitUrl=\"\"");
        }
        // A recording never fails here.
        if (string.Join(' ', RecordingEvents(form).Where(e => e != Failed)) is { Length: > 0 } events)
        {
            twiml.Append($" recordingStatusCallbackEvent=\"{SecurityElement.Escape(events)}\"");
        }
        return twiml.Append('>').Append(SecurityElement.Escape(name)).Append("</Conference></Dial></Response>").ToString();
    }
}
