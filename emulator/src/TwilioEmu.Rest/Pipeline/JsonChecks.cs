using System.Text.Json;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using ValueType = TwilioEmu.Rest.Catalog.ValueType;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Holds a JSON body against the shape that the document gives it. Pure.</summary>
internal static class JsonChecks
{
    /// <summary>The first fault, or null.</summary>
    public static TwilioError? Find(Operation operation, JsonElement body)
    {
        if (operation.BodyShape is not { } shape) return null;
        return body.ValueKind == JsonValueKind.Object ? Find(shape, body, "") : MissingIn(shape, "");
    }

    private static TwilioError? Find(Shape shape, JsonElement body, string path)
    {
        foreach (var property in shape.Properties)
        {
            var isThere = body.TryGetProperty(property.Name, out var value) && value.ValueKind != JsonValueKind.Null;
            if (isThere && Find(property, value, path + property.Name) is { } fault) return fault;
            if (!isThere && property.Facts.IsRequired) return Missing(path + property.Name);
        }
        return null;
    }

    private static TwilioError? Find(Property property, JsonElement value, string path)
    {
        if (!property.Facts.IsArray) return FindOne(property, value, path);
        if (value.ValueKind != JsonValueKind.Array) return Wrong(path, value, "an array");
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (FindOne(property, item, $"{path}[{index++}]") is { } fault) return fault;
        }
        return null;
    }

    private static TwilioError? FindOne(Property property, JsonElement value, string path)
    {
        var facts = property.Facts;
        var wanted = facts.Type switch
        {
            ValueType.String => value.ValueKind != JsonValueKind.String ? "a string" : Checks.Fault(facts, value.GetString()!),
            ValueType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "true or false",
            ValueType.Integer =>
                value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
                    ? Checks.Fault(facts, $"{number}")
                    : "an integer",
            ValueType.Number => value.ValueKind == JsonValueKind.Number ? null : "a number",
            ValueType.Object => value.ValueKind == JsonValueKind.Object ? null : "an object",
            _ => null,
        };
        if (wanted is not null) return Wrong(path, value, wanted);
        return property.Nested is { } nested && value.ValueKind == JsonValueKind.Object ? Find(nested, value, path + ".") : null;
    }

    private static TwilioError? MissingIn(Shape shape, string path)
    {
        foreach (var property in shape.Properties) if (property.Facts.IsRequired) return Missing(path + property.Name);
        return null;
    }

    private static TwilioError Missing(string path) => TwilioError.BadRequest(20001, $"Missing required parameter {path} in the post body");

    private static TwilioError Wrong(string path, JsonElement value, string wanted)
    {
        var seen = value.GetRawText();
        return TwilioError.BadRequest(20001, $"Invalid {path}: {(seen.Length > 100 ? seen[..100] + "..." : seen)} is not {wanted}");
    }
}
