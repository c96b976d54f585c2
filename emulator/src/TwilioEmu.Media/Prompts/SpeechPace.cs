namespace TwilioEmu.Media.Prompts;

/// <summary>How long a voice takes over a text.</summary>
/// <remarks>
/// Pure, whole milliseconds, so that virtual time falls on round instants. English is read aloud at about 165 words a minute and
/// a written word has 5.9 characters, its space included: 62 ms a character. Digits are spoken as words of their own. Pauses after
/// sentences and clauses as common speech engines make them. (All inferred; the live voices differ by some tenths.)
/// </remarks>
public static class SpeechPace
{
    private const int CharacterMilliseconds = 62;
    private const int DigitMilliseconds = 350;
    private const int SentenceMilliseconds = 400;
    private const int ClauseMilliseconds = 200;

    /// <summary>The shortest sound that is still a word.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(300);

    /// <summary>How long the text takes, zero when there is nothing to say.</summary>
    public static TimeSpan DurationOf(string text)
    {
        var milliseconds = 0L;
        var words = text.AsSpan().Trim();
        for (var i = 0; i < words.Length; i++)
        {
            var isLast = i == words.Length - 1;
            milliseconds += words[i] switch
            {
                >= '0' and <= '9' => DigitMilliseconds,
                '.' or '!' or '?' => isLast || !char.IsWhiteSpace(words[i + 1]) ? 0 : SentenceMilliseconds,
                ',' or ';' or ':' => isLast || !char.IsWhiteSpace(words[i + 1]) ? 0 : ClauseMilliseconds,
                var c when char.IsWhiteSpace(c) && i > 0 && char.IsWhiteSpace(words[i - 1]) => 0,
                _ => CharacterMilliseconds,
            };
        }
        if (milliseconds == 0) return words.IsEmpty ? TimeSpan.Zero : Shortest;
        var duration = TimeSpan.FromMilliseconds(milliseconds);
        return duration < Shortest ? Shortest : duration;
    }

    /// <summary>The words of a text with the offset at which each has been spoken, in proportion to their length, in whole milliseconds.</summary>
    public static IEnumerable<(string Word, TimeSpan SpokenAt)> Unfold(string text, TimeSpan duration)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var length = words.Sum(w => w.Length + 1);
        var spoken = 0;
        foreach (var word in words)
        {
            spoken += word.Length + 1;
            yield return (word, TimeSpan.FromMilliseconds(Math.Ceiling(duration.TotalMilliseconds * spoken / length)));
        }
    }

    /// <summary>The words spoken when part of the time has gone.</summary>
    public static string SpokenAfter(string text, TimeSpan elapsed, TimeSpan duration) =>
        string.Join(' ', Unfold(text, duration).TakeWhile(w => w.SpokenAt <= elapsed).Select(w => w.Word));
}
