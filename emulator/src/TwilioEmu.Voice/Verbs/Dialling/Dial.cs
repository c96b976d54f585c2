using System.Collections.Immutable;
using TwilioEmu.Media.Tones;
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

/// <summary>
/// Calls somebody and bridges them with the caller (twilio.com/docs/voice/twiml/dial). How it goes is in <see cref="DialRun"/>.
/// </summary>
internal sealed record Dial : Verb
{
    /// <summary>At most ten parties ring at once or in turn.</summary>
    public const int MaxNouns = 10;

    public string? Action { get; init; }

    public string Method { get; init; } = "POST";

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan TimeLimit { get; init; } = CallInstructions.MaxDuration;

    public bool HangsUpOnStar { get; init; }

    public string? CallerId { get; init; }

    /// <summary>Why the parties are called, for their displays; null for nothing.</summary>
    public string? Reason { get; init; }

    public bool AnswersOnBridge { get; init; }

    /// <summary>What the caller hears while the other side rings.</summary>
    public ToneName Ringback { get; init; } = new(ToneKind.Ringback);

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
            Method = a.Method("method"),
            Timeout = a.Seconds("timeout"),
            TimeLimit = a.Seconds("timeLimit"),
            HangsUpOnStar = a.Bool("hangupOnStar"),
            CallerId = a.Text("callerId"),
            Reason = a.Value("callReason") is { Length: > 0 } reason ? reason : null,
            AnswersOnBridge = a.Bool("answerOnBridge"),
            Ringback = a.Value("ringTone") is { } country ? new ToneName(ToneKind.Ringback, country) : new ToneName(ToneKind.Ringback),
            IsSequential = a.Bool("sequential"),
            Recording = ReadRecording(a),
            ReferUrl = a.Given("referUrl"),
            ReferMethod = a.Method("referMethod"),
            Nouns = DialNounReader.ReadAll(element, warnings),
            IsEmpty = element.Text.Length == 0 && !element.Elements.Any(),
        };
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
        var attributes = RecordingAttributes.Read(a);
        var track = a.Word("recordingTrack");
        var mode = a.Word("record");
        return mode is "false" or "do-not-record"
            ? null
            : new DialRecording(
                mode.StartsWith("record-from-ringing", StringComparison.Ordinal), mode.EndsWith("-dual", StringComparison.Ordinal), track,
                attributes);
    }
}
