namespace TwilioEmu.Kernel.Text;

/// <summary>
/// A slip of the pen: one letter too many, too few or another, or two neighbours swapped (optimal string alignment distance 1).
/// </summary>
public static class Slip
{
    /// <summary>Whether exactly one slip lies between the words; capitals count unless <paramref name="ignoresCase"/>.</summary>
    public static bool IsOne(ReadOnlySpan<char> word, ReadOnlySpan<char> meant, bool ignoresCase = false)
    {
        var comparison = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (Math.Abs(word.Length - meant.Length) > 1) return false;
        var same = 0;
        while (same < word.Length && same < meant.Length && word.Slice(same, 1).Equals(meant.Slice(same, 1), comparison)) same++;
        var given = word[same..];
        var wanted = meant[same..];
        if (given.Length == wanted.Length)
        {
            return given.Length > 0
                && (given[1..].Equals(wanted[1..], comparison)
                    || (given.Length > 1
                        && given[..1].Equals(wanted.Slice(1, 1), comparison)
                        && given.Slice(1, 1).Equals(wanted[..1], comparison)
                        && given[2..].Equals(wanted[2..], comparison)));
        }
        return given.Length > wanted.Length ? given[1..].Equals(wanted, comparison) : given.Equals(wanted[1..], comparison);
    }
}
