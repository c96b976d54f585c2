using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Voice.Verbs.Recorded;

/// <summary>Records what the caller says (twilio.com/docs/voice/twiml/record). How it goes is in <see cref="RecordRun"/>.</summary>
internal sealed record Record : Verb
{
    private const string AnyKey = "1234567890*#";
    private const int UsualLength = 3600;

    // twilio.com/docs/voice/twiml/record#transcribe.
    private const int LongestTranscribed = 120;

    public string? Action { get; init; }

    public string Method { get; init; } = "POST";

    /// <summary>Of silence; null for never.</summary>
    public TimeSpan? Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Keys that end it.</summary>
    public string FinishOnKey { get; init; } = AnyKey;

    public TimeSpan MaxLength { get; init; } = TimeSpan.FromSeconds(UsualLength);

    public bool PlaysBeep { get; init; } = true;

    public bool Transcribes { get; init; }

    public string? TranscribeCallback { get; init; }

    public RecordingAttributes Recording { get; init; } = new(null, "POST", Recordings.RecordingEvent.Completed, Trims: true);

    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var seconds = a.Whole("timeout");
        var transcribeCallback = a.Given("transcribeCallback");
        var transcribes = a.Bool("transcribe");
        var maxLength = a.Number("maxLength");
        if (transcribes && maxLength > LongestTranscribed)
        {
            a.Warn(13615, "maxLength", $"at most {LongestTranscribed} where the recording is to be transcribed");
            maxLength = LongestTranscribed;
        }
        var record = new Record
        {
            Action = a.Text("action"),
            Method = a.Method("method"),
            Timeout = seconds == 0 ? null : TimeSpan.FromSeconds(seconds),
            FinishOnKey = a.Word("finishOnKey"),
            MaxLength = TimeSpan.FromSeconds(maxLength ?? (transcribes ? LongestTranscribed : UsualLength)),
            PlaysBeep = a.Bool("playBeep"),
            Transcribes = transcribes,
            TranscribeCallback = transcribeCallback,
            Recording = RecordingAttributes.Read(a),
        };
        a.Done();
        VerbReader.NoElements(element, warnings);
        return record;
    }

    public override Task<Next> RunAsync(VerbContext context, CancellationToken cancellation) =>
        new RecordRun(this, context).RunAsync(cancellation);
}
