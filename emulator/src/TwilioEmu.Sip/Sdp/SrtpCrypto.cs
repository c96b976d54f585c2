using System.Collections.Immutable;
using System.Globalization;

namespace TwilioEmu.Sip.Sdp;

/// <summary>SRTP suites with their wire names, RFC 4568 §6.2 and RFC 7714 §14.2.</summary>
public enum SrtpSuite
{
    AesCm128HmacSha1With80BitTag,
    AesCm128HmacSha1With32BitTag,
    AeadAes128Gcm,
    AeadAes256Gcm,
}

/// <summary>One <c>a=crypto</c>: a suite and the key by which its writer sends.</summary>
/// <param name="Tag">Chosen by the offer; the answer repeats that of the line it takes.</param>
/// <param name="KeyAndSalt">Master key, then master salt.</param>
/// <param name="MasterKeyIndex">The MKI's value and its length in octets on the wire; null when packets carry none.</param>
/// <remarks>RFC 4568 §9.1. Session parameters that change the packet (<c>UNENCRYPTED_SRTP</c>, <c>FEC_*</c>, <c>KDR</c>) make a line one we
/// do not take.</remarks>
public sealed record SrtpCrypto(int Tag, SrtpSuite Suite, ImmutableArray<byte> KeyAndSalt, (ulong Value, int Octets)? MasterKeyIndex = null)
{
    private const string Inline = "inline:";

    private static readonly (SrtpSuite Suite, string Name, int Octets)[] Table =
    [
        (SrtpSuite.AesCm128HmacSha1With80BitTag, "AES_CM_128_HMAC_SHA1_80", 30),
        (SrtpSuite.AesCm128HmacSha1With32BitTag, "AES_CM_128_HMAC_SHA1_32", 30),
        (SrtpSuite.AeadAes128Gcm, "AEAD_AES_128_GCM", 28),
        (SrtpSuite.AeadAes256Gcm, "AEAD_AES_256_GCM", 44),
    ];

    /// <summary>Octets of master key and salt.</summary>
    public static int KeyLengthOf(SrtpSuite suite) => Table.First(r => r.Suite == suite).Octets;

    /// <summary><c>a=crypto:tag suite inline:base64[|lifetime][|MKI:length] [session-params]</c>; false for what we cannot do, which is no
    /// fault of the offer.</summary>
    public static bool TryParse(string value, out SrtpCrypto crypto)
    {
        crypto = null!;
        var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || parts[0].Length > 9 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture,
            out var tag)) return false;
        var row = Array.FindIndex(Table, r => r.Name == parts[1]);
        // Several keys (parted by ";") and session parameters ask for more than one key in the clear says.
        if (row < 0 || !parts[2].StartsWith(Inline, StringComparison.Ordinal)
            || parts[2].Contains(';', StringComparison.Ordinal)) return false;
        if (parts[3..].Any(p => !p.StartsWith("WSH=", StringComparison.Ordinal))) return false;
        var key = parts[2][Inline.Length..].Split('|');
        var octets = new byte[Table[row].Octets];
        if (key[0].Length > 64 || !Convert.TryFromBase64String(key[0].PadRight((key[0].Length + 3) / 4 * 4, '='), octets, out var written)
            || written != octets.Length) return false;
        (ulong, int)? index = null;
        foreach (var part in key[1..].Where(p => p.Contains(':', StringComparison.Ordinal)))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (!ulong.TryParse(part[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
            if (!int.TryParse(part[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length is < 1 or > 128) return false;
            index = (number, length);
        }
        crypto = new(tag, Table[row].Suite, [.. octets], index);
        return true;
    }

    /// <summary>Keys never show by accident: <see cref="ToLine"/> is for the wire.</summary>
    public override string ToString() => $"crypto {Tag} {Suite}";

    internal string ToLine()
    {
        var index = MasterKeyIndex is { } mki ? $"|{mki.Value}:{mki.Octets}" : "";
        return $"{Tag} {Table.First(r => r.Suite == Suite).Name} {Inline}{Convert.ToBase64String(KeyAndSalt.AsSpan())}{index}";
    }

    public bool Equals(SrtpCrypto? other) => other is not null && Tag == other.Tag && Suite == other.Suite
        && MasterKeyIndex == other.MasterKeyIndex && KeyAndSalt.AsSpan().SequenceEqual(other.KeyAndSalt.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Tag, Suite);
}
