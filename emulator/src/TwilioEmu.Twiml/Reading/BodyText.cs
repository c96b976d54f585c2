using System.Text;

namespace TwilioEmu.Twiml.Reading;

/// <summary>Turns the bytes of an answer into text.</summary>
/// <remarks>Order of authority (RFC 7303 §3): byte order mark, charset parameter, XML declaration, then UTF-8.</remarks>
public static class BodyText
{
    private const int DeclarationByteCount = 128;

    public static string Decode(string contentType, ReadOnlySpan<byte> body)
    {
        if (body.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return Encoding.UTF8.GetString(body[3..]);
        if (body.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(body[2..]);
        if (body.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode.GetString(body[2..]);
        var charset = After(contentType, "charset=") ?? After(Declaration(body), "encoding=");
        return Named(charset).GetString(body);
    }

    /// <summary>
    /// The encoding of two or four bytes a character that an answer claims for bytes that are one each; null where it claims none. What is
    /// written to a string says UTF-16 in .NET (<c>StringWriter.Encoding</c>) and is sent as UTF-8.
    /// </summary>
    public static string? Misnamed(string contentType, ReadOnlySpan<byte> body)
    {
        if (body is not [(byte)'<', not 0, ..]) return null;
        var charset = After(contentType, "charset=") ?? After(Declaration(body), "encoding=");
        return Named(charset).GetByteCount("<") > 1 ? charset : null;
    }

    private static string Declaration(ReadOnlySpan<byte> body)
    {
        var head = Encoding.ASCII.GetString(body[..Math.Min(body.Length, DeclarationByteCount)]).TrimStart();
        var end = head.IndexOf("?>", StringComparison.Ordinal);
        return end > 0 && head.StartsWith("<?xml", StringComparison.Ordinal) ? head[..end] : "";
    }

    private static string? After(string text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var value = text[(at + mark.Length)..].TrimStart().TrimStart('"', '\'');
        var end = value.AsSpan().IndexOfAny("\"'; \t");
        return end < 0 ? value : value[..end];
    }

    private static Encoding Named(string? charset)
    {
        if (string.IsNullOrEmpty(charset)) return Encoding.UTF8;
        try
        {
            return Encoding.GetEncoding(charset);
        }
        catch (ArgumentException)
        {
            // A charset this platform does not know: most are ASCII-compatible, and TwiML is markup in ASCII.
            return Encoding.UTF8;
        }
    }
}
