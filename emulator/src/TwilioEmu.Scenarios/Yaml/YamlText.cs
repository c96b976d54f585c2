using System.Globalization;
using System.Text;

namespace TwilioEmu.Scenarios.Yaml;

/// <summary>
/// Reads the text of a file as UTF-8, or as the mark at its beginning says (YAML 1.2.2, 5.2);
/// bytes that are neither are a fault with their place.
/// </summary>
/// <remarks>The platform would put U+FFFD in their place, and an app would text it.</remarks>
public static class YamlText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="IOException">It cannot be read, or is no text.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string ReadFile(string path) => Decode(File.ReadAllBytes(path));

    /// <exception cref="IOException">The bytes are no text.</exception>
    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, .. var little]) return Decode16(little, isBig: false);
        if (bytes is [0xFE, 0xFF, .. var big]) return Decode16(big, isBig: true);
        if (bytes is [0xEF, 0xBB, 0xBF, .. var marked]) bytes = marked;
        if (bytes.IndexOf((byte)0) >= 0)
        {
            throw new IOException("the file is not UTF-8: it holds NUL bytes, as UTF-16 without a mark does; save it as UTF-8");
        }
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException broken)
        {
            // The index is that of the first byte that could not be read.
            var before = bytes[..Math.Clamp(broken.Index, 0, bytes.Length)];
            var line = before.Count((byte)'\n') + 1;
            var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
            throw new IOException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the file is not UTF-8: the byte 0x{broken.BytesUnknown?[0] ?? 0:X2} at line {line}, column {column} begins no "
                        + $"character; save it as UTF-8"),
                broken);
        }
    }

    private static string Decode16(ReadOnlySpan<byte> bytes, bool isBig)
    {
        try
        {
            return new UnicodeEncoding(isBig, byteOrderMark: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException broken)
        {
            throw new IOException("the file is not UTF-16, as the mark at its beginning says; save it as UTF-8", broken);
        }
    }
}
