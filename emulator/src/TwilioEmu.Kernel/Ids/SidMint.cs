using System.Buffers;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Randomness;

namespace TwilioEmu.Kernel.Ids;

/// <summary>Makes SIDs: two letters that name the kind, and 32 hex digits from the world's seed.</summary>
/// <remarks>Loop-confined, so that the same story gives the same SIDs.</remarks>
public sealed class SidMint(Chance chance, WorldLoop? loop = null)
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Letters and digits in a SID.</summary>
    public const int Length = 34;

    /// <summary>A fresh SID.</summary>
    /// <param name="prefix">Two upper-case letters, such as <c>SM</c>.</param>
    /// <exception cref="OffLoopException">The caller is not on the loop.</exception>
    public string New(string prefix)
    {
        loop?.Assert();
        return string.Create(Length, (prefix, high: chance.NextBits(), low: chance.NextBits()), static (span, s) =>
        {
            s.prefix.CopyTo(span);
            WriteHex(span[2..18], s.high);
            WriteHex(span[18..], s.low);
        });
    }

    /// <summary>A fresh UUID, for what the service names so.</summary>
    public string NewUuid()
    {
        loop?.Assert();
        var high = chance.NextBits();
        return Uuid.Of(high, chance.NextBits());
    }

    /// <summary>32 hex digits: an auth token, a key's secret.</summary>
    public string NewSecret() => New("SK")[2..];

    /// <summary>True for two given letters followed by 32 hex digits of either case.</summary>
    public static bool IsSid(ReadOnlySpan<char> text, ReadOnlySpan<char> prefix) =>
        text.Length == Length && text.StartsWith(prefix, StringComparison.Ordinal) && !text[2..].ContainsAnyExcept(HexDigits);

    /// <summary>True for one of some pairs of letters followed by 32 hex digits of either case.</summary>
    public static bool IsSid(ReadOnlySpan<char> text, IReadOnlyList<string> prefixes)
    {
        for (var i = 0; i < prefixes.Count; i++) if (IsSid(text, prefixes[i])) return true;
        return false;
    }

    /// <summary>True for any two upper-case letters followed by 32 hex digits of either case.</summary>
    public static bool IsSid(ReadOnlySpan<char> text) =>
        text.Length == Length && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1])
            && !text[2..].ContainsAnyExcept(HexDigits);

    private static void WriteHex(Span<char> span, ulong bits)
    {
        for (var i = span.Length - 1; i >= 0; i--, bits >>= 4) span[i] = "0123456789abcdef"[(int)(bits & 0xF)];
    }
}
