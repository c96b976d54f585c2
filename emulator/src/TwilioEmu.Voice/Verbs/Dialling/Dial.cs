using System.Collections.Immutable;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Verbs.Recorded;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>How a Dial records: from the ringing or the answer on, both parties together or each in a channel.</summary>
/// <param name="Track"><c>inbound</c>: what the caller says; <c>outbound</c>: what the caller hears; either has one channel.</param>
internal sealed record DialRecording(bool IsFromRinging, bool IsDual, string Track, RecordingAttributes Attributes)
{
    public RecordingSpec Spec(VerbContext context) =>
        Attributes.Spec(context, RecordingSource.DialVerb) with { Channels = IsDual && Track == "both" ? 2 : 1, Track = Track };
}

/// <summary>Calls somebody and bridges them with the caller (twilio.com/docs/voice/twiml/dial). How it goes is in <see cref="DialRun"/>.</summary>
internal sealed record Dial : Verb
{
    /// <summary>At most ten parties ring at once or in turn.</summary>
    public const int MaxNouns = 10;

    // twilio.com/docs/voice/twiml/dial: callReason, ringTone. What a carrier's ringback sounds like is one tone here.
    private const int MaxReasonLength = 50;

    private static readonly string[] RingTones =
        ("at au bg br be ch cl cn cz de dk ee es fi fr gr hu il in it lt jp mx my nl no nz ph pl pt ru se sg th uk us us-old tw ve za").Split(' ');

    public string? Action { get; init; }

    public string Method { get; init; } = "POST";

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan TimeLimit { get; init; } = CallInstructions.MaxDuration;

    public bool HangsUpOnStar { get; init; }

    public string? CallerId { get; init; }

    public bool AnswersOnBridge { get; init; }

    public bool IsSequential { get; init; }

    /// <summary>What is asked when the dialled party wishes the caller to be transferred; as written, null for nothing.</summary>
    public string? ReferUrl { get; init; }

    public string ReferMethod { get; init; } = "POST";

    /// <summary>How the parties are recorded; null for not at all.</summary>
    public DialRecording? Recording { get; init; }

    public ImmutableArray<DialNoun> Nouns { get; init; } = [];

    /// <summary>True where nothing at all stands in it.</summary>
    public bool IsEmpty { get; init; }

    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var dial = new Dial
        {
            Action = a.Text("action"),
            Method = a.Method("method", 13210),
            Timeout = TimeSpan.FromSeconds(a.Number("timeout", 1, 600, 13212) ?? 30),
            TimeLimit = a.Number("timeLimit", 1, 86_400, 13216) is { } limit ? TimeSpan.FromSeconds(limit) : CallInstructions.MaxDuration,
            HangsUpOnStar = a.Bool("hangupOnStar", false, 13213),
            CallerId = a.Text("callerId"),
            AnswersOnBridge = a.Bool("answerOnBridge", false, 13219),
            IsSequential = a.Bool("sequential", false, 13218),
            Recording = ReadRecording(a),
            ReferUrl = a.Text("referUrl") is { Length: > 0 } refer ? refer : null,
            ReferMethod = a.Method("referMethod", 13210),
            Nouns = DialNounReader.ReadAll(element, warnings),
            IsEmpty = element.Text.Length == 0 && !element.Elements.Any(),
        };
        a.Word("ringTone", "", 13220, RingTones);
        a.Judged("callReason", 12200, r => r.Length <= MaxReasonLength, $"at most {MaxReasonLength} characters");
        // Undocumented, known to the SDKs; for carriers only.
        a.Ignore("events", "passports");
        a.Done();
        return dial;
    }

    public override Task<Next> RunAsync(VerbContext context, CancellationToken cancellation) =>
        Nouns switch
        {
            [DialNoun.Queue queue] when !context.IsWhisper => new QueueDial(this, queue, context).RunAsync(cancellation),
            [DialNoun.Conference room] when !context.IsWhisper => new ConferenceDial(this, room.Settings, context).RunAsync(cancellation),
            _ => new DialRun(this, context).RunAsync(cancellation),
        };

    private static DialRecording? ReadRecording(Attributes a)
    {
        var attributes = RecordingAttributes.Read(a, trims: false, 13239);
        var track = a.Word("recordingTrack", "both", 12200, "inbound", "outbound", "both");
        var mode = a.Word(
            "record", "do-not-record", 13217, "true", "false", "do-not-record", "record-from-answer", "record-from-ringing", "record-from-answer-dual",
            "record-from-ringing-dual");
        return mode is "false" or "do-not-record" ? null : new DialRecording(mode.StartsWith("record-from-ringing", StringComparison.Ordinal), mode.EndsWith("-dual", StringComparison.Ordinal), track, attributes);
    }
}
