using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Conferences;
using TwilioEmu.Voice.Verbs.Recorded;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>What a <c>&lt;Conference&gt;</c> asks for; URLs as written.</summary>
/// <remarks>twilio.com/docs/voice/twiml/conference; codes 13230 to 13240.</remarks>
internal sealed record ConferenceSettings
{
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

    /// <summary>By its name.</summary>
    public string JitterBuffer { get; init; } = JitterBuffers.Usual;

    public ConferenceCallback Callback { get; init; } = ConferenceCallback.None;

    /// <summary>How it is to be recorded; null where it is not.</summary>
    public RecordingAttributes? Recording { get; init; }

    /// <summary>As written: told of the recording's end where there is no <c>recordingStatusCallback</c>; null for nobody.</summary>
    public string? EventCallback { get; init; }

    public static ConferenceSettings Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var waitUrl = a.Text("waitUrl");
        var (events, _) = ConferenceCallback.Read(string.Join(' ', a.Words("statusCallbackEvent")));
        var settings = new ConferenceSettings
        {
            Name = element.Text,
            IsMuted = a.Bool("muted"),
            EndsOnExit = a.Bool("endConferenceOnExit"),
            StartsOnEnter = a.Bool("startConferenceOnEnter"),
            WaitUrl = waitUrl,
            // Music is fetched with GET unless the document names its own (twilio.com/docs/voice/twiml/conference#attributes-waitmethod).
            WaitMethod = element["waitMethod"] is null && waitUrl is null ? "GET" : a.Method("waitMethod"),
            Beeps = a.Word("beep") switch
            {
                "true" => BeepWhen.Both,
                "onEnter" => BeepWhen.Enter,
                "onExit" => BeepWhen.Exit,
                _ => BeepWhen.Never,
            },
            Label = a.Given("participantLabel"),
            MaxMembers = a.Whole("maxParticipants"),
            Coach = a.Given("coach"),
            Region = a.Value("region"),
            JitterBuffer = a.Word("jitterBufferSize"),
            Callback = new ConferenceCallback(a.Given("statusCallback"), a.Method("statusCallbackMethod"), events),
            Recording = ReadRecording(a),
            EventCallback = a.Given("eventCallbackUrl"),
        };
        a.Done();
        VerbReader.NoElements(element, warnings);
        return settings;
    }

    private static RecordingAttributes? ReadRecording(Attributes a)
    {
        var attributes = RecordingAttributes.Read(a);
        return a.Word("record") is "record-from-start" or "true" ? attributes : null;
    }
}
