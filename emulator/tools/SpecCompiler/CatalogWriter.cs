using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SpecCompiler;

/// <summary>Writes catalog files: a line a fact, fields apart by tabs, no prose. The grammar stands in TwilioEmu.Rest's README.</summary>
internal static partial class CatalogWriter
{
    public static void Write(CompiledDocument document, string file)
    {
        var text = new StringBuilder();
        text.Append($"# by SpecCompiler from twilio_{document.Name}.json, sha256 {document.InputHash}; not to be edited\n");
        text.Append($"document\t{document.Name}\t{document.Host}\n");
        foreach (var (name, shape) in document.Shapes.OrderBy(s => s.Key, StringComparer.Ordinal)) Append(text, name, shape);
        foreach (var operation in document.Operations) Append(text, operation);
        File.WriteAllText(file, text.ToString());
    }

    public static void WriteIndex(IEnumerable<CompiledDocument> documents, string file)
    {
        var text = new StringBuilder("# by SpecCompiler; not to be edited\n");
        foreach (var d in documents)
        {
            text.Append($"{d.Name}\t{d.Host}\t{string.Join('|', d.Operations.Select(o => o.Path.Split('/')[1]).Distinct())}\n");
        }
        File.WriteAllText(file, text.ToString());
    }

    /// <summary>The SID prefixes of a schema's pattern, joined by a bar: <c>^(SM|MM)[0-9a-fA-F]{32}$</c> is <c>SM|MM</c>.</summary>
    public static string? SidOf(JsonElement schema) =>
        schema.TryGetProperty("pattern", out var pattern) && SidPattern().Match(pattern.GetString()!) is { Success: true } match
            ? match.Groups[1].Value.Trim('(', ')')
            : null;

    private static void Append(StringBuilder text, string name, CompiledShape shape)
    {
        text.Append($"shape\t{name}");
        if (shape.Sid is not null) text.Append($"\tsid={shape.Sid}");
        text.Append('\n');
        foreach (var (link, path) in shape.Links) text.Append($"l\t{link}\t{path}\n");
        foreach (var property in shape.Properties)
        {
            text.Append($".\t{property.Name}\t{TypeOf(property.Facts, property.Nested)}");
            if (property.IsRequired) text.Append('!');
            if (property.Facts.Schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean()) text.Append('?');
            AppendFacts(text, property.Facts);
            text.Append('\n');
        }
    }

    private static void Append(StringBuilder text, CompiledOperation operation)
    {
        text.Append($"op\t{operation.Id}\t{operation.Method}\t{operation.Path}\t{operation.Kind}\t{operation.Status}");
        if (operation.IsOpen) text.Append("\topen");
        if (operation.Shape is not null) text.Append($"\tshape={operation.Shape}");
        if (operation.Body is not null) text.Append($"\tbody={operation.Body}");
        if (operation.BodyShape is not null) text.Append($"\tjson={operation.BodyShape}");
        if (operation.ContentType is not null) text.Append($"\ttype={operation.ContentType}");
        if (operation.Page is not null) text.Append($"\tpage={operation.Page}\tkey={operation.ListKey}");
        text.Append('\n');
        foreach (var parameter in operation.Parameters)
        {
            text.Append($"{parameter.In[0]}\t{parameter.Name}\t{TypeOf(parameter.Facts, null)}");
            if (parameter.IsRequired && parameter.In != "path") text.Append('!');
            AppendFacts(text, parameter.Facts);
            if (parameter.MaxLength is { } length) text.Append($"\tlen=..{length}");
            if (parameter.Default is { } value) text.Append($"\tdef={value}");
            text.Append('\n');
        }
    }

    /// <summary>s, b, i, n, o or a (string, boolean, integer, number, object, anything) or <c>@shape</c>; an array has <c>[]</c> behind.</summary>
    private static string TypeOf(CompiledFacts facts, string? nested)
    {
        var single = facts.Single;
        var letter = nested is not null ? "@" + nested
            : single.ValueKind == JsonValueKind.Object && single.TryGetProperty("type", out var type) ? type.GetString()![..1]
            : "a";
        return facts.IsArray ? letter + "[]" : letter;
    }

    private static void AppendFacts(StringBuilder text, CompiledFacts facts)
    {
        var schema = facts.Single;
        if (schema.ValueKind != JsonValueKind.Object) return;
        if (schema.TryGetProperty("format", out var format) && format.GetString() is not ("int64" or "int32" or "float"))
        {
            text.Append($"\tfmt={format.GetString()}");
        }
        if (SidOf(schema) is { } sid)
        {
            text.Append($"\tsid={sid}");
        }
        else
        {
            if (schema.TryGetProperty("pattern", out var pattern)) text.Append($"\tre={pattern.GetString()}");
            AppendRange(text, "len", schema, "minLength", "maxLength");
            AppendRange(text, "num", schema, "minimum", "maximum");
        }
        if (schema.TryGetProperty("enum", out var words)) text.Append("\tin=").AppendJoin('|', words.EnumerateArray().Select(w => w.ToString()));
    }

    private static void AppendRange(StringBuilder text, string name, JsonElement schema, string least, string most)
    {
        var min = schema.TryGetProperty(least, out var a) ? a.GetRawText() : "";
        var max = schema.TryGetProperty(most, out var b) ? b.GetRawText() : "";
        if (min.Length + max.Length > 0) text.Append($"\t{name}={min}..{max}");
    }

    [GeneratedRegex(@"^\^?(\([A-Z|]+\)|[A-Z]{2})\[0-9a-f(?:A-F)?\]\{32\}\$?$")]
    private static partial Regex SidPattern();
}
