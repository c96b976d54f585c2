namespace TwilioEmu.Media.Prompts;

/// <summary>How long a voice takes over a text.</summary>
/// <remarks>
/// Pure, whole milliseconds, so that virtual time falls on round instants. Counted by script (<see cref="PaceTable"/>): letters, syllables,
/// digits, signs and abbreviations as the words they are read as, pauses after sentences and clauses. Whatever voice is installed is
/// fitted to this pace, so journals are the same everywhere. (All inferred; the live voices differ by some tenths.)
/// </remarks>
public static class SpeechPace
{
    /// <summary>The shortest sound that is still a word.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(300);

    /// <summary>How long the text takes, zero when there is nothing to say.</summary>
    public static TimeSpan DurationOf(string text)
    {
        var words = text.AsSpan().Trim();
        if (words.IsEmpty) return TimeSpan.Zero;
        var mayBeSpelled = words.ContainsAnyInRange('a', 'z');
        var milliseconds = 0L;
        for (var i = 0; i < words.Length;)
        {
            var letters = LettersAt(words[i..]);
            if (letters > 0)
            {
                milliseconds += WordAt(words, i, ref letters, mayBeSpelled);
                i += letters;
                continue;
            }
            milliseconds += SignAt(words, i);
            i += char.IsHighSurrogate(words[i]) && i + 1 < words.Length ? 2 : 1;
        }
        var duration = TimeSpan.FromMilliseconds(milliseconds);
        return duration < Shortest ? Shortest : duration;
    }

    /// <summary>The words of a text with the offset at which each has been spoken, in proportion to their length, in whole
    /// milliseconds.</summary>
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

    /// <summary>A run of letters; an abbreviation takes its full stop along, which then ends no sentence.</summary>
    private static long WordAt(ReadOnlySpan<char> text, int at, ref int count, bool mayBeSpelled)
    {
        var word = text.Slice(at, count);
        if (at + count < text.Length && text[at + count] == '.' && PaceTable.LettersBehind(word) is var letters and > 0)
        {
            count++;
            return letters * PaceTable.Letter;
        }
        if (mayBeSpelled && PaceTable.IsSpelled(word)) return word.Length * PaceTable.SpelledLetter;
        var milliseconds = 0L;
        foreach (var c in word) milliseconds += PaceTable.Of(c);
        return milliseconds;
    }

    private static int SignAt(ReadOnlySpan<char> text, int at)
    {
        var c = text[at];
        if (char.IsDigit(c)) return PaceTable.Digit;
        if (char.IsWhiteSpace(c)) return at > 0 && char.IsWhiteSpace(text[at - 1]) ? 0 : PaceTable.Letter;
        if (PaceTable.IsSymbol(c)) return PaceTable.Symbol;
        if (PaceTable.PauseOf(c) is var pause and > 0)
        {
            return at + 1 < text.Length && (PaceTable.IsWide(c) || char.IsWhiteSpace(text[at + 1])) ? pause : 0;
        }
        return PaceTable.Of(c);
    }

    private static int LettersAt(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsLetter(text[count])) count++;
        return count;
    }
}
