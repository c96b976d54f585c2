using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Conferences;
using TwilioEmu.Voice.Verbs.Recorded;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>What a <c>&lt;Conference&gt;</c> asks for; URLs as written.</summary>
/// <remarks>twilio.com/docs/voice/twiml/conference; codes 13230 to 13240.</remarks>
internal sealed record ConferenceSettings
{
    private static readonly string[] Regions = ["us1", "us2", "ie1", "de1", "sg1", "br1", "au1", "jp1"];

    public string Name { get; init; } = "";

    public bool IsMuted { get; init; }

    public BeepWhen Beeps { get; init; }

    public bool StartsOnEnter { get; init; } = true;

    public bool EndsOnExit { get; init; }

    public string? Label { get; init; }

    /// <summary>Null for Twilio's music, empty for silence.</summary>
    public string? WaitUrl { get; init; }

    public string WaitMethod { get; init; } = "POST";

    public int MaxMembers { get; init; } = Conference.MaxMembers;

    /// <summary>The SID of a member; null for none.</summary>
    public string? Coach { get; init; }

    public string? Region { get; init; }

    public ConferenceCallback Callback { get; init; } = ConferenceCallback.None;

    /// <summary>How it is to be recorded; null where it is not.</summary>
    public RecordingAttributes? Recording { get; init; }

    public static ConferenceSettings Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var waitUrl = a.Text("waitUrl");
        var (events, unknown) = ConferenceCallback.Read(a.Text("statusCallbackEvent") ?? "");
        if (unknown.Count > 0) a.Warn(12200, "statusCallbackEvent", "start, end, join, leave, mute, hold, modify, speaker, announcement");
        var settings = new ConferenceSettings
        {
            Name = element.Text,
            IsMuted = a.Bool("muted", false, 13230),
            EndsOnExit = a.Bool("endConferenceOnExit", false, 13231),
            StartsOnEnter = a.Bool("startConferenceOnEnter", true, 13232),
            WaitUrl = waitUrl,
            // Music is fetched with GET unless the document names its own (twilio.com/docs/voice/twiml/conference#attributes-waitmethod).
            WaitMethod = element["waitMethod"] is null && waitUrl is null ? "GET" : a.Method("waitMethod", 13234),
            Beeps = a.Word("beep", "true", 13235, "true", "false", "onEnter", "onExit") switch
            {
                "true" => BeepWhen.Both,
                "onEnter" => BeepWhen.Enter,
                "onExit" => BeepWhen.Exit,
                _ => BeepWhen.Never,
            },
            Label = a.Text("participantLabel") is { Length: > 0 } label ? label : null,
            MaxMembers = a.Number("maxParticipants", 1, Conference.MaxMembers, 12200) ?? Conference.MaxMembers,
            Coach = a.Text("coach") is { Length: > 0 } coach ? coach : null,
            Region = a.Judged("region", 12200, r => Regions.Contains(r), string.Join(", ", Regions)),
            Callback = new ConferenceCallback(a.Text("statusCallback") is { Length: > 0 } url ? url : null, a.Method("statusCallbackMethod", 12200), events),
            Recording = ReadRecording(a),
        };
        a.Word("jitterBufferSize", "large", 12200, "off", "small", "medium", "large");
        // eventCallbackUrl is the old way, and nothing where recordingStatusCallback is.
        a.Ignore("waitMethod", "eventCallbackUrl");
        a.Done();
        VerbReader.NoElements(element, warnings);
        return settings;
    }

    private static RecordingAttributes? ReadRecording(Attributes a)
    {
        var attributes = RecordingAttributes.Read(a, trims: true, 13239);
        return a.Word("record", "do-not-record", 12200, "do-not-record", "record-from-start", "true", "false") is "record-from-start" or "true" ? attributes : null;
    }
}
