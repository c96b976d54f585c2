using System.Collections.Frozen;

namespace TwilioEmu.Messaging.Segments;

/// <summary>The GSM 7-bit default alphabet and its extension table.</summary>
/// <remarks>3GPP TS 23.038 §6.2.1 and §6.2.1.1. Basic characters take one septet, extension characters two (escape and code).</remarks>
internal static class Gsm7
{
    // Sixteen to a row, as in the table of the specification; position 0x1B is the escape and stands for no character.
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅå" +
        "Δ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ" +
        " !\"#¤%&'()*+,-./" +
        "0123456789:;<=>?" +
        "¡ABCDEFGHIJKLMNO" +
        "PQRSTUVWXYZÄÖÑÜ§" +
        "¿abcdefghijklmno" +
        "pqrstuvwxyzäöñüà";

    private const string Extension = "\f^{}\\[~]|€";

    private static readonly FrozenDictionary<char, byte> Septets = Basic.Where(c => c != '\u001B')
        .Select(c => KeyValuePair.Create(c, (byte)1))
        .Concat(Extension.Select(c => KeyValuePair.Create(c, (byte)2)))
        .ToFrozenDictionary();

    // Almost all text is ASCII: a flat table answers without hashing.
    private static readonly byte[] AsciiSeptets = [.. Enumerable.Range(0, 128).Select(c => Septets.GetValueOrDefault((char)c))];

    /// <summary>Septets a UTF-16 unit takes: 1, 2, or 0 when the alphabet lacks it.</summary>
    public static int SeptetCount(char c) => c < 128 ? AsciiSeptets[c] : Septets.GetValueOrDefault(c);
}
