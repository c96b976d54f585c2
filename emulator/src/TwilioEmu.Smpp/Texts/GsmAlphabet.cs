using System.Collections.Frozen;

namespace TwilioEmu.Smpp.Texts;

/// <summary>The GSM 7-bit default alphabet and its extension table, a septet to an octet, as SMPP carries it.</summary>
/// <remarks>3GPP TS 23.038 §6.2.1 and §6.2.1.1. Unpacked: bit 8 is 0 (SMPP 3.4 §5.2.19, SMSC default alphabet).</remarks>
public static class GsmAlphabet
{
    private const byte Escape = 0x1B;

    // A short_message has 254 octets at most.
    private const int MaxOnStack = 256;

    // Sixteen to a row, as in the table of the specification; position 0x1B is the escape.
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅå" +
        "Δ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ" +
        " !\"#¤%&'()*+,-./" +
        "0123456789:;<=>?" +
        "¡ABCDEFGHIJKLMNO" +
        "PQRSTUVWXYZÄÖÑÜ§" +
        "¿abcdefghijklmno" +
        "pqrstuvwxyzäöñüà";

    private static readonly (byte Code, char Character)[] Extension =
    [
        (0x0A, '\f'), (0x14, '^'), (0x28, '{'), (0x29, '}'), (0x2F, '\\'), (0x3C, '['), (0x3D, '~'), (0x3E, ']'), (0x40, '|'), (0x65, '€'),
    ];

    private static readonly FrozenDictionary<char, byte> BasicCodes =
        Basic.Select((c, i) => (c, i)).Where(p => p.i != Escape).ToFrozenDictionary(p => p.c, p => (byte)p.i);
    private static readonly FrozenDictionary<char, byte> ExtensionCodes = Extension.ToFrozenDictionary(e => e.Character, e => e.Code);
    private static readonly FrozenDictionary<byte, char> ExtensionCharacters = Extension.ToFrozenDictionary(e => e.Code, e => e.Character);

    // Almost all text is ASCII: a flat table answers without hashing.
    private static readonly byte[] AsciiSeptets = [.. Enumerable.Range(0, 128).Select(c => (byte)Look((char)c))];

    /// <summary>Septets a UTF-16 unit takes: 1, 2 (escape and code), or 0 where the alphabet lacks it.</summary>
    public static int SeptetCount(char c) => c < 128 ? AsciiSeptets[c] : Look(c);

    /// <summary>True when every character is in the alphabet.</summary>
    public static bool Has(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (SeptetCount(c) == 0) return false;
        }
        return true;
    }

    /// <summary>The octets of a text whose characters the alphabet has.</summary>
    /// <exception cref="ArgumentException">A character is not in it.</exception>
    public static byte[] Encode(ReadOnlySpan<char> text)
    {
        var octets = new List<byte>(text.Length);
        foreach (var c in text)
        {
            if (BasicCodes.TryGetValue(c, out var code))
            {
                octets.Add(code);
                continue;
            }
            if (!ExtensionCodes.TryGetValue(c, out var extended))
            {
                throw new ArgumentException($"U+{(int)c:X4} is not in the GSM alphabet", nameof(text));
            }
            octets.Add(Escape);
            octets.Add(extended);
        }
        return [.. octets];
    }

    /// <summary>
    /// The text of octets; an escape to nothing is a space, and so is a lone one (§6.2.1.1), and an octet beyond the alphabet is U+FFFD.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> octets) => Decode(octets, default);

    /// <summary>The same by the tables of national languages.</summary>
    public static string Decode(ReadOnlySpan<byte> octets, NationalShift shift)
    {
        var basic = NationalTables.Locking(shift.Locking) ?? Basic;
        var extension = NationalTables.Single(shift.Single) ?? ExtensionCharacters;
        Span<char> text = octets.Length <= MaxOnStack ? stackalloc char[octets.Length] : new char[octets.Length];
        var count = 0;
        for (var i = 0; i < octets.Length; i++)
        {
            if (octets[i] != Escape)
            {
                text[count++] = octets[i] < basic.Length ? basic[octets[i]] : '\uFFFD';
                continue;
            }
            // "In the event that an MS receives a code where a symbol is not represented" the basic table's is shown.
            if (++i == octets.Length)
            {
                text[count++] = ' ';
            }
            else
            {
                text[count++] = extension.TryGetValue(octets[i], out var extended) ? extended
                    : octets[i] is < 0x80 and not Escape ? basic[octets[i]]
                    : ' ';
            }
        }
        return new string(text[..count]);
    }

    private static int Look(char c) => BasicCodes.ContainsKey(c) ? 1 : ExtensionCodes.ContainsKey(c) ? 2 : 0;
}
