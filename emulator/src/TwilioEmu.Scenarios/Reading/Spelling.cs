using TwilioEmu.Kernel.Text;

namespace TwilioEmu.Scenarios.Reading;

/// <summary>Finds the word somebody probably meant.</summary>
public static class Spelling
{
    // More than a line of them is not read.
    private const int MostListed = 20;

    // What is longer is no word that somebody mistyped: telling how far it is from each of some hundred takes time by its length.
    private const int LongestWord = 100;

    /// <summary>
    /// The nearest known word, at most a third of its letters away, case and hyphens aside; else the only one it is a part of, or that is
    /// a part of it; or null.
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length > LongestWord) return null;
        string? best = null;
        var bestDistance = int.MaxValue;
        var candidates = known.ToList();
        foreach (var candidate in candidates)
        {
            var distance = Distance(Plain(word), Plain(candidate));
            if (distance >= bestDistance || distance > Math.Max(1, Math.Max(Plain(word).Length, Plain(candidate).Length) / 3)) continue;
            (best, bestDistance) = (candidate, distance);
        }
        return best
            ?? (candidates.Where(c => IsPart(word, c) || IsPart(c, word)).Distinct(StringComparer.Ordinal).Take(2).ToList() is [var only]
                ? only
                : null);
    }

    /// <summary><c> (did you mean "x"?)</c>, or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } meant ? $" (did you mean \"{meant}\"?)" : "";

    /// <summary>The hint; where nothing is near, and they are few, all there are.</summary>
    public static string HintOrAll(string word, IReadOnlyCollection<string> known) => Hint(word, known) is { Length: > 0 } hint ? hint
        : known.Count switch
        {
            0 => "",
            <= MostListed => $" (there are {string.Join(", ", known)})",
            _ => " (docs/words.md has all there are)",
        };

    /// <summary>Whether one letter makes the difference, or two that are swapped.</summary>
    public static bool IsSlip(string word, string meant) => Slip.IsOne(word, meant);

    /// <summary>As it is compared: <c>SmsUrl</c>, <c>sms-url</c> and <c>sms_url</c> are one word.</summary>
    private static string Plain(string word)
    {
        var isOption = word.StartsWith('-');
        return isOption ? word : string.Concat(word.Where(c => c is not ('_' or '-' or ' ')).Select(char.ToLowerInvariant));
    }

    /// <summary>Whole words of a longer one: <c>number</c> of <c>phone_number</c>.</summary>
    private static bool IsPart(string part, string whole) =>
        part.Length >= 4
            && (whole.EndsWith("_" + part, StringComparison.OrdinalIgnoreCase)
                || whole.StartsWith(part + "_", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other (optimal string alignment).
    /// </summary>
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 8) return int.MaxValue;
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }
        return rows[a.Length, b.Length];
    }
}
