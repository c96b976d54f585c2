using System.Buffers;
using System.Text;
using System.Text.Unicode;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Parses <c>name=value&amp;name=value</c>: x-www-form-urlencoded bodies and query strings.</summary>
/// <remarks>url.spec.whatwg.org §5.1, but a broken percent sign or text that is not UTF-8 is refused, not repaired.</remarks>
internal static class UrlEncoded
{
    /// <summary>More parameters than this are refused; a message has some 30, and repeats at most tens.</summary>
    public const int MaxFields = 1_000;

    // Values up to this long are decoded on the stack.
    private const int StackBytes = 512;

    // Parameter names are short: the longest in all documents has 49 characters.
    private const int MaxKnownName = 64;

    private static readonly SearchValues<byte> Escapes = SearchValues.Create("%+"u8);

    /// <summary>The parameters in order; known names are the catalog's own strings.</summary>
    public static ParsedForm Parse(ReadOnlySpan<byte> text, Operation operation, ParameterPlace place)
    {
        var pairs = new List<KeyValuePair<string, string>>(Math.Min(text.Count((byte)'&') + 1, MaxFields));
        List<string>? unknown = null;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'&');
            var field = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            if (field.IsEmpty) continue;
            if (pairs.Count == MaxFields) return ParsedForm.Refuse(TwilioError.BadRequest(20001, $"more than {MaxFields} parameters"));
            var equals = field.IndexOf((byte)'=');
            var rawName = equals < 0 ? field : field[..equals];
            var name = KnownName(rawName, operation, place);
            if (name is null)
            {
                name = Decode(rawName);
                if (name is null) return ParsedForm.Refuse(BadEncoding(rawName));
                // A name may have been escaped (DateSent%3C) and be known all the same.
                if (operation.Find(place, name) is null) (unknown ??= []).Add(name);
            }
            var value = equals < 0 ? "" : Decode(field[(equals + 1)..]);
            if (value is null) return ParsedForm.Refuse(BadEncoding(rawName));
            pairs.Add(KeyValuePair.Create(name, LostPlus.Restore(name, value)));
        }
        return pairs.Count == 0 ? ParsedForm.Empty : new ParsedForm(new FormValues(pairs), unknown, null);
    }

    /// <summary>The parameters of a query string, with or without its question mark.</summary>
    public static ParsedForm ParseQuery(string? query, Operation operation)
    {
        if (string.IsNullOrEmpty(query) || query == "?") return ParsedForm.Empty;
        var chars = query.AsSpan(query[0] == '?' ? 1 : 0);
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(chars.Length));
        var length = Encoding.UTF8.GetBytes(chars, rented);
        var parsed = Parse(rented.AsSpan(0, length), operation, ParameterPlace.Query);
        ArrayPool<byte>.Shared.Return(rented);
        return parsed;
    }

    private static string? KnownName(ReadOnlySpan<byte> raw, Operation operation, ParameterPlace place)
    {
        if (raw.Length > MaxKnownName || !Ascii.IsValid(raw)) return null;
        Span<char> chars = stackalloc char[MaxKnownName];
        var length = Encoding.ASCII.GetChars(raw, chars);
        return operation.Find(place, chars[..length])?.Name;
    }

    private static string? Decode(ReadOnlySpan<byte> raw)
    {
        if (raw.IsEmpty) return "";
        if (!raw.ContainsAny(Escapes)) return Utf8.IsValid(raw) ? Encoding.UTF8.GetString(raw) : null;
        byte[]? rented = null;
        var bytes = raw.Length <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        var length = Unescape(raw, bytes);
        var text = length >= 0 && Utf8.IsValid(bytes[..length]) ? Encoding.UTF8.GetString(bytes[..length]) : null;
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    private static int Unescape(ReadOnlySpan<byte> raw, Span<byte> to)
    {
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            var b = raw[i];
            if (b == '%')
            {
                if (i + 2 >= raw.Length) return -1;
                var (high, low) = (Digit(raw[i + 1]), Digit(raw[i + 2]));
                if ((high | low) < 0) return -1;
                b = (byte)((high << 4) | low);
                i += 2;
            }
            else if (b == '+')
            {
                b = (byte)' ';
            }
            to[length++] = b;
        }
        return length;
    }

    private static int Digit(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };

    private static TwilioError BadEncoding(ReadOnlySpan<byte> name) =>
        TwilioError.BadRequest(20001, $"the value of '{Encoding.UTF8.GetString(name)}' is not percent-encoded UTF-8");
}
