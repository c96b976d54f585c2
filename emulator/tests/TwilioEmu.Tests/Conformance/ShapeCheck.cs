using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TwilioEmu.Rest.Catalog;
using ValueType = TwilioEmu.Rest.Catalog.ValueType;

namespace TwilioEmu.Tests.Conformance;

/// <summary>
/// Holds an answer's body against its shape in the catalog: every property there, of its type, null only where that is allowed.
/// </summary>
internal static class ShapeCheck
{
    public static IEnumerable<string> Faults(Operation operation, JsonElement body)
    {
        if (operation.Shape is not { } shape) return [];
        if (operation.Kind != OperationKind.List) return Faults(shape, body, "");
        if (!body.TryGetProperty(operation.ListKey!, out var items) || items.ValueKind != JsonValueKind.Array)
        {
            return [$"no list {operation.ListKey}"];
        }
        return items.EnumerateArray().Take(3).SelectMany((item, i) => Faults(shape, item, $"[{i}]"));
    }

    private static IEnumerable<string> Faults(Shape shape, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object) return [$"{path} is no object"];
        return shape.Properties.SelectMany(p =>
            value.TryGetProperty(p.Name, out var member) ? Faults(p, member, $"{path}.{p.Name}")
                : path.Contains('.', StringComparison.Ordinal) ? []
                : [$"{path}.{p.Name} is missing"]);
    }

    private static IEnumerable<string> Faults(Property property, JsonElement value, string path)
    {
        var facts = property.Facts;
        if (value.ValueKind == JsonValueKind.Null)
        {
            // Of what lies in objects the documents do not tell what may be null: their examples have nulls there.
            if (!facts.IsNullable && facts.Type != ValueType.Any && path.LastIndexOf('.') <= 0) yield return $"{path} is null";
            yield break;
        }
        if (facts.IsArray)
        {
            if (value.ValueKind != JsonValueKind.Array) yield return $"{path} is no array: {value}";
            else
            {
                foreach (var fault in value.EnumerateArray().Take(3).SelectMany(item => OneFaults(property, item, path + "[]")))
                {
                    yield return fault;
                }
            }
            yield break;
        }
        foreach (var fault in OneFaults(property, value, path)) yield return fault;
    }

    private static IEnumerable<string> OneFaults(Property property, JsonElement value, string path)
    {
        var facts = property.Facts;
        var isRight = facts.Type switch
        {
            ValueType.String => value.ValueKind == JsonValueKind.String,
            ValueType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            ValueType.Integer => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            // Prices are numbers by type and text in the documents' own examples, as in the live service's answers.
            ValueType.Number =>
                value.ValueKind
                    == JsonValueKind.Number
                        || (value.ValueKind == JsonValueKind.String
                            && decimal.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _)),
            ValueType.Object => value.ValueKind == JsonValueKind.Object,
            _ => true,
        };
        if (!isRight) return [$"{path} is no {facts.Type}: {value}"];
        if (facts.Type == ValueType.Object && property.Nested is { } nested) return Faults(nested, value, path);
        if (facts.Type != ValueType.String || value.GetString() is not { } text) return [];
        if (facts.Words.Count > 0 && !facts.Words.Contains(text))
        {
            return [$"{path} is '{text}', which is none of {string.Join(", ", facts.Words)}"];
        }
        if (facts.SidPrefixes.Count > 0 && !facts.SidPrefixes.Any(p => Kernel.Ids.SidMint.IsSid(text, p)))
        {
            return [$"{path} is '{text}', which is no {string.Join(" or ", facts.SidPrefixes)}"];
        }
        if (facts.Pattern is { } pattern && !Regex.IsMatch(text, pattern)) return [$"{path} is '{text}', which is not {pattern}"];
        if (facts.Format == "date-time" && !DateTimeOffset.TryParse(text, out _)) return [$"{path} is '{text}', which is no instant"];
        return [];
    }
}
