using System.Collections.Immutable;
using System.Globalization;
using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Voice.Verbs.Gathering;

/// <summary>
/// Collects keys or words from the caller (twilio.com/docs/voice/twiml/gather). How it goes is in <see cref="Collector"/>.
/// </summary>
internal sealed record Gather : Verb
{
    /// <summary>twilio.com/docs/voice/twiml/gather: speech is recognised for at most a minute.</summary>
    public static readonly TimeSpan LongestSpeech = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    public string? Action { get; init; }

    public string Method { get; init; } = "POST";

    public bool TakesKeys { get; init; } = true;

    public bool TakesSpeech { get; init; }

    /// <summary>From the end of the prompt or the last key.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>Of silence after words; null for <c>auto</c>, the first pause.</summary>
    public TimeSpan? SpeechTimeout { get; init; } = DefaultTimeout;

    public TimeSpan MaxSpeechTime { get; init; } = LongestSpeech;

    /// <summary>Null for no limit.</summary>
    public int? NumDigits { get; init; }

    /// <summary>Null when no key ends the input.</summary>
    public char? FinishOnKey { get; init; } = '#';

    public bool ActionOnEmptyResult { get; init; }

    public bool BargeIn { get; init; } = true;

    public bool FiltersProfanity { get; init; } = true;

    public string Language { get; init; } = "en-US";

    public string? PartialResultCallback { get; init; }

    public string PartialResultCallbackMethod { get; init; } = "POST";

    /// <summary>What is said and played meanwhile: <see cref="Say"/>, <see cref="Play"/>, <see cref="Pause"/>.</summary>
    public ImmutableArray<Verb> Prompt { get; init; } = [];

    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var timeout = ReadTimeout(a);
        var hasModel = element["speechModel"] is not null;
        var inputs = a.Words("input");
        var gather = new Gather
        {
            Action = a.Text("action"),
            Method = a.Method("method"),
            TakesKeys = inputs.Contains("dtmf"),
            TakesSpeech = inputs.Contains("speech"),
            Timeout = timeout,
            SpeechTimeout = ReadSpeechTimeout(a, timeout, hasModel),
            MaxSpeechTime = a.Seconds("maxSpeechTime"),
            NumDigits = a.Number("numDigits"),
            FinishOnKey = a.Value("finishOnKey") is [var key] ? key : null,
            BargeIn = a.Bool("bargeIn"),
            FiltersProfanity = a.Bool("profanityFilter"),
            Language = a.Word("language"),
            PartialResultCallback = a.Text("partialResultCallback"),
            PartialResultCallbackMethod = a.Method("partialResultCallbackMethod"),
            Prompt = ReadPrompt(element, warnings),
        };
        // 13338 is an error and stops the verb, where the others only warn.
        var empty = a.Text("actionOnEmptyResult");
        a.Done();
        if (empty is not (null or "true" or "false"))
        {
            return new BrokenVerb(13338, $"<Gather> actionOnEmptyResult=\"{empty}\" is neither true nor false");
        }
        return gather with { ActionOnEmptyResult = empty == "true" };
    }

    public override Task<Next> RunAsync(VerbContext context, CancellationToken cancellation) =>
        new GatherRun(this, context).RunAsync(cancellation);

    private static TimeSpan ReadTimeout(Attributes a)
    {
        // "auto" leaves it to the recogniser; here that is the usual five seconds (inferred).
        if (a.Text("timeout") is "auto") return DefaultTimeout;
        return a.Seconds("timeout");
    }

    private static TimeSpan? ReadSpeechTimeout(Attributes a, TimeSpan timeout, bool hasModel)
    {
        if (a.Text("speechTimeout") is "auto")
        {
            if (!hasModel) return null;
            a.Warn(13335, "speechTimeout", "a number of seconds, since speechModel is set");
            return timeout;
        }
        return a.Number("speechTimeout") is { } seconds ? TimeSpan.FromSeconds(seconds) : timeout;
    }

    private static ImmutableArray<Verb> ReadPrompt(TwimlElement element, List<TwimlWarning> warnings)
    {
        var verbs = ImmutableArray.CreateBuilder<Verb>();
        foreach (var node in element.Children)
        {
            switch (node)
            {
                case TwimlText text when string.IsNullOrWhiteSpace(text.Text): break;
                case TwimlText text: warnings.Add(TwimlWarning.StrayText(text, element.Name)); break;
                case TwimlElement { Name: "Say" } say when Say.Read(say, warnings, "Gather/Say") is { } verb: verbs.Add(verb); break;
                case TwimlElement { Name: "Say" }: break;
                case TwimlElement { Name: "Pause" } pause: verbs.Add(Pause.Read(pause, warnings)); break;
                case TwimlElement { Name: "Play" } play when play["digits"] is null:
                    if (Play.Read(play, warnings) is { } file) verbs.Add(file);
                    break;
                case TwimlElement child:
                    warnings.Add(
                        new TwimlWarning(13320, $"<{child.Name}> may not stand in <Gather>; it is passed over", child.Line, child.Column));
                    break;
            }
        }
        return verbs.ToImmutable();
    }

    /// <summary>How the live service spells a confidence: <c>0.9</c>.</summary>
    internal static string Confidence(double value) => value.ToString("0.0###", CultureInfo.InvariantCulture);
}
