using System.Text;
using System.Text.Unicode;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Parses multipart/form-data (RFC 7578), which Node SDKs 3.0 to 3.40 send on every request.</summary>
/// <remarks>
/// Grammar: RFC 2046 §5.1.1 <c>*( CRLF "--" boundary CRLF headers CRLF CRLF
/// body ) CRLF "--" boundary "--"</c>. File names and part types are ignored.
/// </remarks>
internal static class Multipart
{
    // RFC 2046 §5.1.1.
    private const int MaxBoundary = 70;

    public static ParsedForm Parse(ReadOnlySpan<byte> body, ReadOnlySpan<char> typeParameters, Operation operation)
    {
        var boundary = Parameter(typeParameters, "boundary");
        if (boundary is not { Length: > 0 and <= MaxBoundary }) return Refuse("its Content-Type names no boundary");
        var delimiter = Encoding.UTF8.GetBytes("--" + boundary);
        var pairs = new List<KeyValuePair<string, string>>();
        List<string>? unknown = null;
        var at = body.IndexOf(delimiter);
        while (at >= 0)
        {
            body = body[(at + delimiter.Length)..];
            if (body.StartsWith("--"u8))
            {
                return pairs.Count == 0 ? ParsedForm.Empty : new ParsedForm(new FormValues(pairs), unknown, null);
            }
            var start = body.IndexOf("\r\n"u8);
            var blank = body.IndexOf("\r\n\r\n"u8);
            at = IndexOfDelimiter(body, delimiter);
            if (start < 0 || blank < 0 || at < blank + 4) break;
            if (pairs.Count == UrlEncoded.MaxFields) return Refuse($"it has more than {UrlEncoded.MaxFields} parts");
            var headers = body[start..blank];
            // The line end before the delimiter belongs to the delimiter.
            var value = at == blank + 4 ? [] : body[(blank + 4)..(at - 2)];
            if (!Utf8.IsValid(headers) || !Utf8.IsValid(value)) return Refuse("a part is not UTF-8");
            if (NameOf(Encoding.UTF8.GetString(headers)) is not { } name) return Refuse("a part has no name");
            if (operation.Find(ParameterPlace.Form, name) is null) (unknown ??= []).Add(name);
            pairs.Add(KeyValuePair.Create(name, Encoding.UTF8.GetString(value)));
        }
        return Refuse("its last boundary is missing");
    }

    private static int IndexOfDelimiter(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter)
    {
        // A delimiter stands at the start of a line.
        for (var from = 0; ;)
        {
            var at = body[from..].IndexOf(delimiter);
            if (at < 0) return -1;
            at += from;
            if (at >= 2 && body[(at - 2)..at].SequenceEqual("\r\n"u8)) return at;
            from = at + 1;
        }
    }

    private static string? NameOf(string headers)
    {
        foreach (var line in headers.Split("\r\n"))
        {
            if (!line.StartsWith("Content-Disposition:", StringComparison.OrdinalIgnoreCase)) continue;
            return Parameter(line.AsSpan(line.IndexOf(';') + 1), "name");
        }
        return null;
    }

    private static string? Parameter(ReadOnlySpan<char> parameters, string name)
    {
        foreach (var range in parameters.Split(';'))
        {
            var parameter = parameters[range].Trim();
            var equals = parameter.IndexOf('=');
            if (equals < 0 || !parameter[..equals].Trim().Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            return parameter[(equals + 1)..].Trim().Trim('"').ToString();
        }
        return null;
    }

    private static ParsedForm Refuse(string why) =>
        ParsedForm.Refuse(TwilioError.BadRequest(20001, $"the multipart body cannot be read: {why}"));
}
