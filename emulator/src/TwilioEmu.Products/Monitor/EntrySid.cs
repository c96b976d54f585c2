using System.Globalization;

namespace TwilioEmu.Products.Monitor;

/// <summary>
/// The SID of something that is a journal entry: an alert, an event. It names the entry, so nothing is kept and finding is O(1).
/// </summary>
/// <remarks>
/// Two letters, 16 hex digits made of seed and seq, 16 of the seq masked by the seed: they look like any SID and are the same in every run.
/// </remarks>
internal sealed class EntrySid(string prefix, long seed)
{
    private const int HexLength = 16;

    // So that alerts and events of one entry are apart.
    private readonly ulong _mask = Mix((ulong)seed ^ ((ulong)prefix[0] << 8 | prefix[1]));

    public string Of(long seq)
    {
        var low = (ulong)seq ^ _mask;
        return $"{prefix}{Mix(low):x16}{low:x16}";
    }

    /// <summary>The seq a SID names; false for any other text.</summary>
    public bool TryRead(string sid, out long seq)
    {
        seq = 0;
        if (sid.Length != prefix.Length + (2 * HexLength)) return false;
        if (!ulong.TryParse(
            sid.AsSpan(prefix.Length + HexLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low))
        {
            return false;
        }
        seq = (long)(low ^ _mask);
        return seq > 0 && sid == Of(seq);
    }

    /// <summary>splitmix64 (Steele, Lea, Flood 2014).</summary>
    private static ulong Mix(ulong bits)
    {
        bits += 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
