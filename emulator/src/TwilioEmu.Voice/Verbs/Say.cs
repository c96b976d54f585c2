using TwilioEmu.Media.Score;
using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Voice.Verbs;

/// <summary>Speaks a text (twilio.com/docs/voice/twiml/say).</summary>
/// <param name="Words">What is spoken, SSML taken out.</param>
/// <param name="Voice">As the document has it, and behind it the language where it is not the usual one; may be empty.</param>
/// <param name="Duration">How long once takes, pauses of SSML included.</param>
/// <param name="Loop">How often; 0 is for ever, which is 1000 times.</param>
internal sealed record Say(string Words, string Voice, TimeSpan Duration, int Loop) : Verb
{
    /// <summary>twilio.com/docs/voice/twiml/say#attributes-loop.</summary>
    public const int MaxLoop = 1000;

    private const string UsualLanguage = "en-US";

    // Error 13521; SSML tags are not counted.
    private const int MaxBasicLength = 4096;
    private const int MaxPollyLength = 3000;

    public static Verb? Read(TwimlElement element, List<TwimlWarning> warnings) => Read(element, warnings, "Say");

    /// <summary>Reads a Say; inside Gather its voice and loop have codes of their own, <c>Gather/Say</c>.</summary>
    public static Say? Read(TwimlElement element, List<TwimlWarning> warnings, string place)
    {
        var attributes = new Attributes(element, warnings, place);
        var voice = attributes.Value("voice");
        var language = attributes.Value("language");
        var loop = attributes.Whole("loop");
        attributes.Done();
        var speech = Ssml.Read(element, warnings);
        if (speech.Words.Length == 0)
        {
            warnings.Add(new TwimlWarning(13520, "<Say> has nothing to say; it is skipped", element.Line, element.Column));
            return null;
        }
        var limit = voice?.StartsWith("Polly.", StringComparison.Ordinal) == true ? MaxPollyLength : MaxBasicLength;
        if (speech.Words.Length > limit)
        {
            warnings.Add(new TwimlWarning(
                13521, $"<Say> has {speech.Words.Length} characters, {limit} may be spoken; it is skipped", element.Line, element.Column));
            return null;
        }
        // The usual language is told by the text's script where it is another (inferred: the live voice would spell it out).
        var speaker = language is null or UsualLanguage ? voice ?? "" : $"{voice} {language}".TrimStart();
        return new Say(speech.Words, speaker, speech.Duration, loop);
    }

    /// <summary>Speaks the body of a <c>text/plain</c> answer.</summary>
    public static Say Plain(string text)
    {
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new Say(words, "", Media.Prompts.SpeechPace.DurationOf(words), 1);
    }

    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        var words = new Source.Words(Words, Voice, Duration);
        for (var i = 0; i < Times(Loop); i++)
        {
            if (!await context.Media.TryPlayAsync(words, cancellation)) return Next.Cut;
        }
        return Next.Continue;
    }

    /// <summary>How often a loop goes round.</summary>
    public static int Times(int loop) => loop == 0 ? MaxLoop : Math.Min(loop, MaxLoop);
}
