using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace TwilioEmu.Kernel.Text;

/// <summary>Reads JSON that came from outside, and takes only what can be kept, searched and written again.</summary>
/// <remarks>
/// .NET's readers look at a string only when it is asked for, and throw then. Here every name and value is looked at once, when bytes
/// become values (RFC 8259 8: UTF-8, 8.2: no lone surrogate, 4: names that stand once). Pure.
/// </remarks>
public static class JsonText
{
    /// <summary>Levels of nesting taken where nobody says otherwise.</summary>
    public const int UsualDepth = 64;

    private const int EscapeLength = 6;

    /// <summary>Reads a document; the caller disposes it.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="maxDepth">Levels of nesting taken.</param>
    /// <param name="mayRepeat">True for a caller that looks for names that stand twice itself, and tells where.</param>
    /// <exception cref="JsonException">It is no JSON, too deep, not Unicode, or names something twice.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8, int maxDepth = UsualDepth, bool mayRepeat = false)
    {
        if (!Utf8.IsValid(utf8.Span)) throw new JsonException("the text is not UTF-8");
        RefuseLoneSurrogates(utf8.Span, maxDepth);
        return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = mayRepeat });
    }

    /// <summary>The same of a parameter's value.</summary>
    /// <exception cref="JsonException">As above.</exception>
    public static JsonDocument Parse(string text, int maxDepth = UsualDepth) => Parse(Encoding.UTF8.GetBytes(text), maxDepth);

    /// <summary>The same as nodes that can be changed.</summary>
    /// <exception cref="JsonException">As above.</exception>
    public static JsonNode? ParseNode(string text)
    {
        using var document = Parse(text);
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(document.RootElement.Clone()),
            JsonValueKind.Array => JsonArray.Create(document.RootElement.Clone()),
            JsonValueKind.Null => null,
            _ => JsonValue.Create(document.RootElement.Clone()),
        };
    }

    /// <summary>Nodes of our own making as an element that outlives them.</summary>
    public static JsonElement ElementOf(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }

    /// <summary>A member of an object as text, whatever it is; null where there is none, or nothing.</summary>
    public static string? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member.ToString()
            : null;

    private static void RefuseLoneSurrogates(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        if (utf8.IndexOf("\\u"u8) < 0) return;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
        string? name = null;
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.String or JsonTokenType.PropertyName, ValueIsEscaped: true }
                && HasLoneSurrogate(reader.ValueSpan))
            {
                var where = name is null || reader.TokenType == JsonTokenType.PropertyName ? "" : $" (\"{name}\")";
                throw new JsonException($"a \\u escape is half a character: a surrogate without its other half{where}");
            }
            if (reader.TokenType == JsonTokenType.PropertyName) name = reader.GetString();
        }
    }

    /// <summary>RFC 8259 7: <c>%x5C ( one character / %x75 4HEXDIG )</c>. The reader has seen to it that escapes are whole.</summary>
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        for (int at; (at = escaped.IndexOf((byte)'\\')) >= 0;)
        {
            escaped = escaped[at..];
            if (Unit(escaped) is not { } unit) escaped = escaped[2..];
            else if (char.IsLowSurrogate(unit)) return true;
            else if (!char.IsHighSurrogate(unit)) escaped = escaped[EscapeLength..];
            else if (Unit(escaped[EscapeLength..]) is not { } second || !char.IsLowSurrogate(second)) return true;
            else escaped = escaped[(2 * EscapeLength)..];
        }
        return false;
    }

    private static char? Unit(ReadOnlySpan<byte> text) =>
        text.Length >= EscapeLength && text[0] == '\\' && text[1] == 'u'
            && Utf8Parser.TryParse(text[2..EscapeLength], out ushort unit, out var length, 'x') && length == 4
            ? (char)unit
            : null;
}
