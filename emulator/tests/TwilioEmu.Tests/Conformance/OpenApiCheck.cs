using System.Text.Json;
using System.Text.RegularExpressions;
using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Tests.Conformance;

/// <summary>
/// Holds an answer's body against the OpenAPI document itself, where the documents are at hand: <c>TWILIO_OAI</c> names their folder.
/// </summary>
/// <remarks>The documents stay out of the repository; without them the catalog's facts must do (<see cref="ShapeCheck"/>).</remarks>
internal sealed class OpenApiCheck
{
    private readonly JsonElement _root;

    private OpenApiCheck(JsonElement root)
    {
        _root = root;
    }

    /// <summary>Null where the documents are not at hand.</summary>
    public static OpenApiCheck? Open(string document)
    {
        if (Environment.GetEnvironmentVariable("TWILIO_OAI") is not { Length: > 0 } folder) return null;
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, $"twilio_{document}.json")));
        return new OpenApiCheck(json.RootElement.Clone());
    }

    public IEnumerable<string> Faults(Operation operation, JsonElement body)
    {
        var answers = _root.GetProperty("paths").GetProperty(operation.Path).GetProperty(
            operation.Method.ToLowerInvariant()).GetProperty("responses");
        if (!answers.GetProperty($"{operation.Status}").TryGetProperty("content", out var content)) return [];
        var promise = content.EnumerateObject().First().Value;
        var shown = new HashSet<string>();
        if (promise.TryGetProperty("examples", out var examples))
        {
            foreach (var example in examples.EnumerateObject().Where(e => e.Value.TryGetProperty("value", out _)))
            {
                Show(example.Value.GetProperty("value"), "", shown);
            }
        }
        return Faults(promise.GetProperty("schema"), body, "", isTop: true).Where(f => !IsShown(f, shown)).Select(f => f.Text);
    }

    /// <summary>
    /// The schemas are stricter than the documents' own examples: decimals as
    /// strings, nulls, envelopes left out. What an example does is no fault.
    /// </summary>
    private static bool IsShown(Fault fault, HashSet<string> shown)
    {
        return fault.Kind is { } kind
            ? shown.Contains($"{fault.Path} {kind}")
            : shown.Count > 0 && !shown.Any(s => s.StartsWith(fault.Path + " ", StringComparison.Ordinal));
    }

    private static void Show(JsonElement value, string path, HashSet<string> shown)
    {
        shown.Add($"{path} {value.ValueKind}");
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject()) Show(member.Value, $"{path}.{member.Name}", shown);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) Show(item, path + "[]", shown);
        }
    }

    private IEnumerable<Fault> Faults(JsonElement schema, JsonElement value, string path, bool isTop = false)
    {
        schema = Resolve(schema);
        if (schema.TryGetProperty("oneOf", out var alternatives))
        {
            var all = alternatives.EnumerateArray().Select(a => Faults(a, value, path, isTop).ToList()).ToList();
            return all.Any(f => f.Count == 0) ? [] : all[0];
        }
        var type = schema.TryGetProperty("x-twilio", out var overrides)
            && overrides.TryGetProperty("overrideType", out var meant) ? meant.GetString()
            : schema.TryGetProperty("type", out var t) ? t.GetString() : null;
        if (value.ValueKind == JsonValueKind.Null)
        {
            return type is null || (schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean())
                ? []
                : [new Fault(path, value.ValueKind, $"{path} is null")];
        }
        var isRight = type switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            _ => true,
        };
        if (!isRight) return [new Fault(path, value.ValueKind, $"{path} is no {type}: {value}")];
        return type switch
        {
            "object" => ObjectFaults(schema, value, path, isTop),
            "array" when schema.TryGetProperty("items", out var items) =>
                value.EnumerateArray().Take(3).SelectMany(v => Faults(items, v, path + "[]")),
            "string" => TextFaults(schema, value.GetString()!, path),
            _ => [],
        };
    }

    private IEnumerable<Fault> ObjectFaults(JsonElement schema, JsonElement value, string path, bool isTop)
    {
        if (!schema.TryGetProperty("properties", out var properties)) return [];
        string[] required = schema.TryGetProperty("required", out var names) ? [.. names.EnumerateArray().Select(n => n.GetString()!)] : [];
        return properties.EnumerateObject().SelectMany(p =>
            value.TryGetProperty(p.Name, out var member) ? Faults(p.Value, member, $"{path}.{p.Name}")
            : isTop || required.Contains(p.Name) ? [new Fault($"{path}.{p.Name}", null, $"{path}.{p.Name} is missing")]
            : []);
    }

    private static IEnumerable<Fault> TextFaults(JsonElement schema, string text, string path)
    {
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(w => w.GetString() == text))
        {
            yield return new Fault(path, JsonValueKind.Undefined, $"{path} is '{text}', which is none of the enum");
        }
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!))
        {
            yield return new Fault(path, JsonValueKind.Undefined, $"{path} is '{text}', which is not {pattern}");
        }
        if (schema.TryGetProperty("format", out var format) && format.GetString() == "date-time" && !DateTimeOffset.TryParse(text, out _))
        {
            yield return new Fault(path, JsonValueKind.Undefined, $"{path} is '{text}', which is no instant");
        }
    }

    private JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()!.Split('/')[1..].Aggregate(_root, (at, name) => at.GetProperty(name));
        }
        return schema;
    }

    /// <param name="Path">Where in the body: <c>.usage_records[].price</c>.</param>
    /// <param name="Kind">What stands there; null where nothing does.</param>
    private sealed record Fault(string Path, JsonValueKind? Kind, string Text);
}
