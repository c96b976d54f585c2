using System.Text.Json;
using TwilioEmu.Kernel;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using ValueType = TwilioEmu.Rest.Catalog.ValueType;

namespace TwilioEmu.Rest.Resources;

/// <summary>Fills a document from a create's parameters, its path, the clock and the mint; merges an update into one.</summary>
/// <remarks>Loop-confined: it mints.</remarks>
internal static class NewDocument
{
    /// <summary>The document of a create (or of an action's answer, which is not kept).</summary>
    /// <param name="world">Clock and mint.</param>
    /// <param name="request">The create.</param>
    /// <param name="listPath">Concrete path of the collection, without extension.</param>
    public static Document Make(World world, RestRequest request, string listPath)
    {
        var (operation, shape) = (request.Operation, request.Operation.Shape!);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in shape.Properties)
        {
            if (DefaultOf(property) is { } value) values[property.Name] = value;
        }
        var now = TwilioDates.ToIso8601(world.Clock.GetUtcNow());
        Set(shape, values, "account_sid", request.Account.Value);
        Set(shape, values, "date_created", now);
        Set(shape, values, "date_updated", now);
        Set(shape, values, "api_version", operation.IsClassic ? "2010-04-01" : null);
        foreach (var (name, value) in request.PathValues) Set(shape, values, SnakeCase.Of(name), value);
        TakeParameters(request, values);
        Set(shape, values, "secret", shape.Find("secret") is null ? null : world.Sids.NewSecret());
        var key = KeyOf(world, request, values);
        Set(shape, values, "sid", shape.SidPrefixes.Count > 0 ? key : null);
        var path = operation.Collection.KeyName is null ? listPath : $"{listPath}/{key}";
        Set(shape, values, "uri", operation.IsClassic ? path + ".json" : path);
        Set(shape, values, "url", path);
        return new Document(key, values);
    }

    /// <summary>A document with an update's parameters in it.</summary>
    public static Document Merge(World world, RestRequest request, Document document)
    {
        var values = new Dictionary<string, string>(document.Values, StringComparer.Ordinal);
        TakeParameters(request, values);
        if (values.ContainsKey("date_updated")) values["date_updated"] = TwilioDates.ToIso8601(world.Clock.GetUtcNow());
        return document with { Values = values };
    }

    private static void TakeParameters(RestRequest request, Dictionary<string, string> values)
    {
        var shape = request.Operation.Shape!;
        foreach (var (name, value) in request.Form.Pairs)
        {
            if (request.Operation.Find(ParameterPlace.Form, name) is not { } parameter || shape.Find(parameter.Property) is not { } property) continue;
            values[property.Name] = property.Facts switch
            {
                { IsArray: true } => ToJsonArray(request.Form.All(name)),
                { Type: ValueType.Boolean } => value.ToLowerInvariant(),
                { Format: "http-method" } => value.ToUpperInvariant(),
                _ => value,
            };
        }
    }

    private static string KeyOf(World world, RestRequest request, Dictionary<string, string> values)
    {
        var (operation, shape) = (request.Operation, request.Operation.Shape!);
        if (shape.SidPrefixes.Count > 0)
        {
            // A mapping has the SID of what it maps: the required SID parameter of the same kind.
            foreach (var parameter in operation.Parameters)
            {
                if (parameter is { IsRequired: true, Place: ParameterPlace.Form } && parameter.Facts.SidPrefixes.Contains(shape.SidPrefixes[0])
                    && request.Form[parameter.Name] is { } mapped)
                {
                    return mapped;
                }
            }
            return world.Sids.New(shape.SidPrefixes[0]);
        }
        if (operation.Collection.KeyName is not { } keyName) return world.Sids.New("ZZ");
        var property = SnakeCase.Of(keyName);
        if (values.TryGetValue(property, out var key)) return key;
        var prefixes = shape.Find(property)?.Facts.SidPrefixes;
        key = world.Sids.New(prefixes is { Count: > 0 } ? prefixes[0] : "ZZ");
        Set(shape, values, property, key);
        return key;
    }

    private static string? DefaultOf(Property property) => property.Facts switch
    {
        // Methods default to POST throughout (twilio.com/docs/phone-numbers/api/incomingphonenumber-resource and the documents' own words).
        { Format: "http-method" } => "POST",
        { IsNullable: true } => null,
        { Words.Count: > 0 } => property.Facts.Words[0],
        { Type: ValueType.Integer or ValueType.Number } => "0",
        _ => null,
    };

    private static void Set(Shape shape, Dictionary<string, string> values, string property, string? value)
    {
        if (value is not null && shape.Find(property) is not null) values[property] = value;
    }

    private static string ToJsonArray(IReadOnlyList<string> items)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var item in items) json.WriteStringValue(item);
            json.WriteEndArray();
        }
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
