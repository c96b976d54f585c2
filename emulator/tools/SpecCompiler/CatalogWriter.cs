using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SpecCompiler;

/// <summary>Writes catalog files: one fact per line where people compare them, no prose.</summary>
internal static partial class CatalogWriter
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(CompiledDocument document, string file)
    {
        var text = new StringBuilder();
        text.Append("{\n");
        text.Append($"\"generated\": \"by SpecCompiler from twilio_{document.Name}.json, sha256 {document.InputHash}; not to be edited\",\n");
        text.Append($"\"document\": \"{document.Name}\",\n\"host\": \"{document.Host}\",\n\"shapes\": {{\n");
        text.AppendJoin(",\n", document.Shapes.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => Shape(s.Key, s.Value)));
        text.Append("\n},\n\"operations\": [\n");
        text.AppendJoin(",\n", document.Operations.Select(Operation));
        text.Append("\n]\n}\n");
        File.WriteAllText(file, text.ToString());
    }

    public static void WriteIndex(IEnumerable<CompiledDocument> documents, string file)
    {
        var text = new StringBuilder("{\n\"generated\": \"by SpecCompiler; not to be edited\",\n\"documents\": [\n");
        text.AppendJoin(",\n", documents.Select(d => Line(json =>
        {
            json.WriteString("name", d.Name);
            json.WriteString("host", d.Host);
            json.WriteStartArray("roots");
            foreach (var root in d.Operations.Select(o => o.Path.Split('/')[1]).Distinct()) json.WriteStringValue(root);
            json.WriteEndArray();
        })));
        text.Append("\n]\n}\n");
        File.WriteAllText(file, text.ToString());
    }

    /// <summary>The SID prefixes of a schema's pattern, joined by a bar: <c>^(SM|MM)[0-9a-fA-F]{32}$</c> is <c>SM|MM</c>.</summary>
    public static string? SidOf(JsonElement schema) =>
        schema.TryGetProperty("pattern", out var pattern) && SidPattern().Match(pattern.GetString()!) is { Success: true } match
            ? match.Groups[1].Value.Trim('(', ')')
            : null;

    private static string Shape(string name, CompiledShape shape)
    {
        var text = new StringBuilder($"\"{name}\": {{\n");
        if (shape.Sid is not null) text.Append($"  \"sid\": \"{shape.Sid}\",\n");
        if (shape.Links.Count > 0)
        {
            text.Append("  \"links\": ");
            text.Append(Line(json =>
            {
                foreach (var (link, url) in shape.Links) json.WriteString(link, url);
            }));
            text.Append(",\n");
        }
        text.Append("  \"properties\": [\n    ");
        text.AppendJoin(",\n    ", shape.Properties.Select(p => Line(json =>
        {
            json.WriteString("name", p.Key);
            WriteFacts(json, p.Value);
            if (p.Value.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean()) json.WriteBoolean("nullable", true);
        })));
        return text.Append("\n  ]}").ToString();
    }

    private static string Operation(CompiledOperation operation)
    {
        var head = Line(json =>
        {
            json.WriteString("id", operation.Id);
            json.WriteString("method", operation.Method);
            json.WriteString("path", operation.Path);
            json.WriteString("kind", operation.Kind);
            json.WriteNumber("status", operation.Status);
            if (operation.IsOpen) json.WriteBoolean("open", true);
            if (operation.Shape is not null) json.WriteString("shape", operation.Shape);
            if (operation.Body is not null) json.WriteString("body", operation.Body);
            if (operation.Page is not null) json.WriteString("page", operation.Page);
            if (operation.Key is not null) json.WriteString("key", operation.Key);
        });
        var parameters = operation.Parameters.Select(p => Line(json =>
        {
            json.WriteString("name", p.Name);
            json.WriteString("in", p.In);
            if (p.IsRequired && p.In != "path") json.WriteBoolean("required", true);
            WriteFacts(json, p.Facts);
        }));
        return head[..^1] + ",\"parameters\":[\n    " + string.Join(",\n    ", parameters) + "\n  ]}";
    }

    private static void WriteFacts(Utf8JsonWriter json, JsonElement schema)
    {
        var type = schema.TryGetProperty("type", out var t) ? t.GetString()! : "any";
        if (type == "array")
        {
            json.WriteBoolean("array", true);
            if (schema.TryGetProperty("items", out var items) && items.TryGetProperty("type", out var itemType)) type = itemType.GetString()!;
            else type = "string";
        }
        if (type != "string") json.WriteString("type", type);
        if (schema.TryGetProperty("format", out var format) && format.GetString() is not "int64") json.WriteString("format", format.GetString());
        if (SidOf(schema) is { } sid) json.WriteString("sid", sid);
        else if (schema.TryGetProperty("pattern", out var pattern)) json.WriteString("pattern", pattern.GetString());
        if (SidOf(schema) is null)
        {
            foreach (var bound in (ReadOnlySpan<string>)["minLength", "maxLength", "minimum", "maximum"])
            {
                if (schema.TryGetProperty(bound, out var value)) json.WriteNumber(bound, value.GetInt64());
            }
        }
        if (!schema.TryGetProperty("enum", out var words)) return;
        json.WriteStartArray("enum");
        foreach (var word in words.EnumerateArray()) json.WriteStringValue(word.GetString());
        json.WriteEndArray();
    }

    private static string Line(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Relaxed))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [GeneratedRegex(@"^\^(\([A-Z|]+\)|[A-Z]{2})\[0-9a-fA-F\]\{32\}\$$")]
    private static partial Regex SidPattern();
}
