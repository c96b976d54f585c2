using System.Collections.Immutable;
using System.Globalization;
using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Voice.Verbs.Gathering;

/// <summary>Collects keys or words from the caller (twilio.com/docs/voice/twiml/gather). How it goes is in <see cref="Collector"/>.</summary>
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
        var inputs = ReadInput(a);
        var gather = new Gather
        {
            Action = a.Text("action"),
            Method = a.Method("method", 13312),
            TakesKeys = inputs.Contains("dtmf"),
            TakesSpeech = inputs.Contains("speech"),
            Timeout = timeout,
            SpeechTimeout = ReadSpeechTimeout(a, timeout, hasModel),
            MaxSpeechTime = a.Number("maxSpeechTime", 1, 60, 13328) is { } max ? TimeSpan.FromSeconds(max) : LongestSpeech,
            NumDigits = a.Number("numDigits", 1, int.MaxValue, 13314),
            FinishOnKey = ReadFinishOnKey(a),
            BargeIn = a.Bool("bargeIn", true, 13332),
            FiltersProfanity = a.Bool("profanityFilter", true, 13333),
            Language = a.Judged("language", 13331, IsLanguage, "a BCP-47 tag such as en-US, or multi") ?? "en-US",
            PartialResultCallback = a.Text("partialResultCallback"),
            PartialResultCallbackMethod = a.Method("partialResultCallbackMethod", 13329),
            Prompt = ReadPrompt(element, warnings),
        };
        a.Judged("hints", 13330, IsHints, "at most 500 entries of at most 100 characters");
        a.Judged("speechModel", 13334, IsModel, "a speech model such as phone_call");
        a.Ignore("enhanced", "debug");
        // 13338 is an error and stops the verb, where the others only warn.
        var empty = a.Text("actionOnEmptyResult");
        a.Done();
        if (empty is not (null or "true" or "false")) return new BrokenVerb(13338, $"<Gather> actionOnEmptyResult=\"{empty}\" is neither true nor false");
        return gather with { ActionOnEmptyResult = empty == "true" };
    }

    public override Task<Next> RunAsync(VerbContext context, CancellationToken cancellation) => new GatherRun(this, context).RunAsync(cancellation);

    private static TimeSpan ReadTimeout(Attributes a)
    {
        // "auto" leaves it to the recogniser; here that is the usual five seconds (inferred).
        if (a.Text("timeout") is "auto") return DefaultTimeout;
        return a.Number("timeout", 1, 86_400, 13313) is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultTimeout;
    }

    private static TimeSpan? ReadSpeechTimeout(Attributes a, TimeSpan timeout, bool hasModel)
    {
        if (a.Text("speechTimeout") is "auto")
        {
            if (!hasModel) return null;
            a.Warn(13335, "speechTimeout", "a number of seconds, since speechModel is set");
            return timeout;
        }
        return a.Number("speechTimeout", 1, 60, 13327) is { } seconds ? TimeSpan.FromSeconds(seconds) : timeout;
    }

    private static string[] ReadInput(Attributes a)
    {
        if (a.Text("input") is not { } text) return ["dtmf"];
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 0 && words.All(w => w is "dtmf" or "speech")) return words;
        a.Warn(13326, "input", "dtmf, speech, or both");
        return ["dtmf"];
    }

    private static char? ReadFinishOnKey(Attributes a)
    {
        switch (a.Text("finishOnKey"))
        {
            case null: return '#';
            case "": return null;
            case [var key] when key is (>= '0' and <= '9') or '#' or '*': return key;
            default:
                a.Warn(13310, "finishOnKey", "one of 0-9 # *, or nothing");
                return '#';
        }
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
                case TwimlElement { Name: "Say" } say when Say.Read(say, warnings, 13321, 13322) is { } verb: verbs.Add(verb); break;
                case TwimlElement { Name: "Say" }: break;
                case TwimlElement { Name: "Pause" } pause: verbs.Add(Pause.Read(pause, warnings)); break;
                case TwimlElement { Name: "Play" } play when play["digits"] is null:
                    if (Play.Read(play, warnings) is { } file) verbs.Add(file);
                    break;
                case TwimlElement child:
                    warnings.Add(new TwimlWarning(13320, $"<{child.Name}> may not stand in <Gather>; it is passed over", child.Line, child.Column));
                    break;
            }
        }
        return verbs.ToImmutable();
    }

    private static bool IsLanguage(string tag) =>
        tag == "multi" || (tag.Length is >= 2 and <= 35 && tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && char.IsAsciiLetterLower(tag[0]));

    private static bool IsHints(string hints)
    {
        var entries = hints.Split(',');
        return entries.Length <= 500 && entries.All(e => e.Trim().Length <= 100);
    }

    private static bool IsModel(string model) =>
        model is "default" or "numbers_and_commands" or "phone_call" or "experimental_conversations" or "experimental_utterances"
        || model.StartsWith("googlev2_", StringComparison.Ordinal) || model.StartsWith("deepgram_", StringComparison.Ordinal);

    /// <summary>How the live service spells a confidence: <c>0.9</c>.</summary>
    internal static string Confidence(double value) => value.ToString("0.0###", CultureInfo.InvariantCulture);
}
