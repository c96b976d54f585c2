using System.Buffers;
using System.Text;

namespace TwilioEmu.Webhooks.Addresses;

/// <summary>Writes <c>application/x-www-form-urlencoded</c>, for bodies and for the query of GET.</summary>
/// <remarks>url.spec.whatwg.org/#urlencoded-serializing: letters, digits and <c>*-._</c> stay, a space is <c>+</c>.</remarks>
public static class FormEncoding
{
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-._"u8);

    // What the live service leaves as it is in the URL it asks for and signs by GET: the apostrophe for sure (twilio/twilio-ruby#528,
    // twilio/twilio-node#145, #1059, #1183, #1194), "@" and ":" of SIP addresses likely (twilio/twilio-node#621), the rest (inferred).
    private static readonly SearchValues<byte> PlainInQuery =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-._'@:()~!"u8);

    // A thread's own; what is returned is a copy.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>The parameters in the order given, as ASCII bytes.</summary>
    public static byte[] Encode(IReadOnlyList<KeyValuePair<string, string>> parameters) => Encode(parameters, Plain);

    /// <summary>
    /// The same as the live service spells it in the query of a GET: an apostrophe
    /// stays; a space is <c>+</c>, a plus <c>%2B</c>, all else upper-case hex.
    /// </summary>
    public static byte[] EncodeQuery(IReadOnlyList<KeyValuePair<string, string>> parameters) => Encode(parameters, PlainInQuery);

    private static byte[] Encode(IReadOnlyList<KeyValuePair<string, string>> parameters, SearchValues<byte> plain)
    {
        if (parameters.Count == 0) return [];
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        for (var i = 0; i < parameters.Count; i++)
        {
            if (i > 0) buffer.Write("&"u8);
            Write(buffer, parameters[i].Key, plain);
            buffer.Write("="u8);
            Write(buffer, parameters[i].Value, plain);
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a query or form back, in order; a piece without <c>=</c> is a name with an empty value.</summary>
    public static List<KeyValuePair<string, string>> Decode(ReadOnlySpan<char> text)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var range in text.Split('&'))
        {
            var pair = text[range];
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf('=');
            parameters.Add(equals < 0 ? new(Unescape(pair), "") : new(Unescape(pair[..equals]), Unescape(pair[(equals + 1)..])));
        }
        return parameters;
    }

    private static string Unescape(ReadOnlySpan<char> text) => Uri.UnescapeDataString(text.ToString().Replace('+', ' '));

    private static void Write(ArrayBufferWriter<byte> buffer, string text, SearchValues<byte> plain)
    {
        var count = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = ArrayPool<byte>.Shared.Rent(count);
        var utf8 = rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented));
        if (!utf8.ContainsAnyExcept(plain)) buffer.Write(utf8);
        else WriteEscaped(buffer, utf8, plain);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private static void WriteEscaped(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> utf8, SearchValues<byte> plain)
    {
        var span = buffer.GetSpan(3 * utf8.Length);
        var length = 0;
        foreach (var b in utf8)
        {
            if (b == ' ')
            {
                span[length++] = (byte)'+';
            }
            else if (plain.Contains(b))
            {
                span[length++] = b;
            }
            else
            {
                span[length++] = (byte)'%';
                span[length++] = "0123456789ABCDEF"u8[b >> 4];
                span[length++] = "0123456789ABCDEF"u8[b & 0xF];
            }
        }
        buffer.Advance(length);
    }
}
