using System.Globalization;
using System.Text.Json.Nodes;
using TwilioEmu.Rest.Catalog;
using ValueType = TwilioEmu.Rest.Catalog.ValueType;

namespace TwilioEmu.Tests.Conformance;

/// <summary>Makes values that a document allows, each one new.</summary>
internal sealed class Samples
{
    private int _count;

    /// <summary>Values of a required form parameter, as they travel.</summary>
    public string Text(string name, ValueFacts facts)
    {
        _count++;
        if (facts.Words.Count > 0) return facts.Words[0];
        if (facts.SidPrefixes.Count > 0) return Sid(facts.SidPrefixes[0]);
        if (facts.Pattern is { } pattern) return OfPattern(pattern);
        return facts.Type switch
        {
            ValueType.Boolean => "true",
            ValueType.Integer => (facts.Minimum ?? 1).ToString(CultureInfo.InvariantCulture),
            ValueType.Number => "1",
            ValueType.Object or ValueType.Any => "{}",
            _ => OfFormat(name, facts),
        };
    }

    /// <summary>The required members of a JSON body.</summary>
    public JsonObject Json(Shape shape)
    {
        var json = new JsonObject();
        foreach (var property in shape.Properties) if (property.Facts.IsRequired) json[property.Name] = Json(property);
        return json;
    }

    public string Sid(string prefix) => prefix + (++_count).ToString("x32", CultureInfo.InvariantCulture);

    private JsonNode? Json(Property property)
    {
        var one = property switch
        {
            { Nested: { } nested } => Json(nested),
            { Facts.Type: ValueType.Object or ValueType.Any } => new JsonObject(),
            { Facts.Type: ValueType.Boolean } => JsonValue.Create(true),
            { Facts.Type: ValueType.Integer or ValueType.Number } => JsonValue.Create(property.Facts.Minimum ?? 1),
            _ => (JsonNode?)JsonValue.Create(Text(property.Name, property.Facts)),
        };
        return property.Facts.IsArray ? new JsonArray(one) : one;
    }

    private string OfFormat(string name, ValueFacts facts) => facts.Format switch
    {
        "uri" => $"https://app.test/{_count}",
        "date-time" => "2026-01-05T09:00:00Z",
        "date" => "2026-01-05",
        "iso-country-code" => "US",
        "http-method" => "POST",
        "email" => $"a{_count}@app.test",
        "phone-number" or "endpoint" => Phone(),
        _ when name is "To" or "From" || name.EndsWith("PhoneNumber", StringComparison.Ordinal) || name is "phone_number" => Phone(),
        _ when name.EndsWith("Url", StringComparison.Ordinal) => $"https://app.test/{_count}",
        _ when name.Contains("Date", StringComparison.Ordinal) || name.EndsWith("Day", StringComparison.Ordinal) => "2026-01-05",
        _ when name.Contains("Country", StringComparison.Ordinal) => "US",
        // JSON travels as text in these.
        _ when name is "Attributes" or "Data" or "Definition" or "Configuration" or "Rules" or "Routing" => "{}",
        _ => $"x{_count}".PadRight((int)Math.Max(facts.MinLength ?? 0, 2), 'x'),
    };

    private string Phone() => $"+1415555{_count % 10_000:0000}";

    private string OfPattern(string pattern)
    {
        var text = pattern.TrimStart('^');
        var end = 0;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        return (end == 0 ? "ZZ" : text[..end]) + _count.ToString("x32", CultureInfo.InvariantCulture);
    }
}
