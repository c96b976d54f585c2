using System.Globalization;
using System.Text;
using TwilioEmu.Media.Prompts;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Verbs.Schema;

namespace TwilioEmu.Voice.Verbs;

/// <summary>What is spoken of a <c>&lt;Say&gt;</c>, and how long it takes.</summary>
internal sealed record SpokenText(string Words, TimeSpan Duration);

/// <summary>Takes the words out of SSML: tags go, <c>sub</c> speaks its alias, <c>break</c> is silence.</summary>
/// <remarks>
/// W3C SSML 1.1; element list of twilio.com/docs/voice/twiml/say/text-speech. Rate and pitch do not change the length here.
/// </remarks>
internal static class Ssml
{
    private static readonly HashSet<string> Elements = new(SsmlRows.All.Select(e => e.Place), StringComparer.Ordinal);

    // Amazon Polly's lengths for the named strengths (docs.aws.amazon.com/polly, break tag; inferred for other voices).
    private static readonly Dictionary<string, int> StrengthMilliseconds = new(StringComparer.Ordinal)
    {
        ["none"] = 0,
        ["x-weak"] = 0,
        ["weak"] = 200,
        ["medium"] = 200,
        ["strong"] = 400,
        ["x-strong"] = 800,
    };

    private static readonly TimeSpan LongestBreak = TimeSpan.FromSeconds(10);

    public static SpokenText Read(TwimlElement say, List<TwimlWarning> warnings)
    {
        var text = new StringBuilder();
        var silence = TimeSpan.Zero;
        Read(say, text, ref silence, warnings);
        var words = string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new SpokenText(words, SpeechPace.DurationOf(words) + silence);
    }

    private static void Read(TwimlElement element, StringBuilder text, ref TimeSpan silence, List<TwimlWarning> warnings)
    {
        foreach (var node in element.Children)
        {
            switch (node)
            {
                case TwimlText words:
                    text.Append(words.Text);
                    break;
                case TwimlElement child when !Elements.Contains(child.Name):
                    warnings.Add(TwimlWarning.UnknownElement(child, element.Name));
                    // What it encloses is still text.
                    Read(child, text, ref silence, warnings);
                    break;
                case TwimlElement { Name: "break" } pause:
                    silence += BreakOf(pause, warnings);
                    text.Append(' ');
                    break;
                case TwimlElement child:
                    var attributes = new Attributes(child, warnings);
                    attributes.Done();
                    if (child.Name == "sub" && attributes.Text("alias") is { } alias)
                    {
                        text.Append(alias);
                        break;
                    }
                    var isBlock = child.Name is "p" or "s";
                    if (isBlock) text.Append(' ');
                    Read(child, text, ref silence, warnings);
                    if (isBlock) text.Append(' ');
                    break;
            }
        }
    }

    private static TimeSpan BreakOf(TwimlElement pause, List<TwimlWarning> warnings)
    {
        var a = new Attributes(pause, warnings);
        var (time, strength) = (a.Value("time"), a.Word("strength"));
        a.Done();
        if (time is not null && TryReadTime(time, out var length)) return length < LongestBreak ? length : LongestBreak;
        return TimeSpan.FromMilliseconds(StrengthMilliseconds[strength]);
    }

    /// <summary>True for a length of time.</summary>
    public static bool IsTime(string text) => TryReadTime(text, out _);

    /// <summary><c>500ms</c>, <c>2s</c>, <c>1.5s</c>.</summary>
    private static bool TryReadTime(string text, out TimeSpan length)
    {
        length = TimeSpan.Zero;
        var isMilliseconds = text.EndsWith("ms", StringComparison.Ordinal);
        if (!isMilliseconds && !text.EndsWith('s')) return false;
        var number = isMilliseconds ? text[..^2] : text[..^1];
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > 1_000_000)
        {
            return false;
        }
        length = TimeSpan.FromMilliseconds(Math.Round(isMilliseconds ? value : value * 1000));
        return true;
    }
}
