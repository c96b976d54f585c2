using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using ValueType = TwilioEmu.Rest.Catalog.ValueType;

namespace TwilioEmu.Rest.Resources;

/// <summary>
/// Puts a request's parameters into a document's values: forms by the documents' naming conventions, JSON member by member.
/// </summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class ParameterValues(World world, ResourceLocator places)
{
    private readonly ParameterTargets _targets = new();

    public ParameterTargets.Target? TargetOf(Shape shape, string name) => _targets.Of(shape, name);

    /// <summary>The defaults that the documents tell of a create's parameters.</summary>
    public void TakeDefaults(Operation operation, Dictionary<string, string> values)
    {
        foreach (var parameter in operation.Parameters)
        {
            if (parameter.Place == ParameterPlace.Form && parameter.Facts.Default is { } value
                && _targets.Of(operation.KeptShape!, parameter.Name) is { } target)
            {
                Put(values, target, parameter.Facts, [value]);
            }
        }
    }

    /// <summary>What was sent; an empty text sets to empty (twilio.com/docs/usage/requests-to-twilio).</summary>
    public void Take(RestRequest request, Dictionary<string, string> values)
    {
        if (request.Json.ValueKind == JsonValueKind.Object) TakeJson(request.Operation.KeptShape!, request.Json, values);
        var pairs = request.Form.Pairs;
        for (var i = 0; i < pairs.Count; i++)
        {
            var name = pairs[i].Key;
            if (request.Operation.Find(ParameterPlace.Form, name) is not { } parameter || IsAgain(pairs, i)) continue;
            if (name == "Ttl" && request.Operation.KeptShape!.Find("date_expires") is not null) TakeTtl(pairs[i].Value, values);
            if (_targets.Of(request.Operation.KeptShape!, name) is not { } target) continue;
            var isReference = target is { Members.Count: 0, Property.Facts: { SidPrefixes.Count: > 0, IsArray: false } }
                && pairs[i].Value.Length > 0;
            if (isReference && !SidMint.IsSid(pairs[i].Value, target.Property.Facts.SidPrefixes))
            {
                TakeReference(request, target.Property, pairs[i].Value, values);
            }
            else
            {
                Put(values, target, parameter.Facts, parameter.Facts.IsArray ? request.Form.All(name) : [pairs[i].Value]);
            }
        }
    }

    /// <summary>
    /// Some parameters take a unique name where the resource shows the SID (twilio.com/docs/iot/supersim/api/fleet-resource).
    /// </summary>
    private void TakeReference(RestRequest request, Property property, string name, Dictionary<string, string> values)
    {
        if (places.SidOf(request, property.Facts.SidPrefixes, name) is { } sid) values[property.Name] = sid;
    }

    private static bool IsAgain(IReadOnlyList<KeyValuePair<string, string>> pairs, int index)
    {
        for (var i = 0; i < index; i++) if (pairs[i].Key == pairs[index].Key) return true;
        return false;
    }

    /// <summary>twilio.com/docs/sync/api: seconds from now, 0 for ever.</summary>
    private void TakeTtl(string seconds, Dictionary<string, string> values)
    {
        if (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return;
        if (count == 0) values.Remove("date_expires");
        else values["date_expires"] = TwilioDates.ToIso8601(world.Clock.GetUtcNow().AddSeconds(count));
    }

    private void TakeJson(Shape shape, JsonElement body, Dictionary<string, string> values)
    {
        foreach (var member in body.EnumerateObject())
        {
            if (_targets.Of(shape, member.Name) is not { Members.Count: 0, Property: var property }) continue;
            var isJson = property.Facts.IsArray || property.Facts.Type is ValueType.Object or ValueType.Any;
            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                values.Remove(property.Name);
            }
            else
            {
                values[property.Name] = isJson || member.Value.ValueKind != JsonValueKind.String
                    ? member.Value.GetRawText()
                    : member.Value.GetString()!;
            }
        }
    }

    private static void Put(Dictionary<string, string> values, ParameterTargets.Target target, ValueFacts sent, IReadOnlyList<string> texts)
    {
        var property = target.Property;
        if (target.Members.Count > 0)
        {
            values[property.Name] = Inside(values.GetValueOrDefault(property.Name), target.Members, JsonOf(sent, texts)).ToJsonString();
            return;
        }
        values[property.Name] = property.Facts switch
        {
            { IsArray: true } => ArrayOf(sent, texts).ToJsonString(),
            { Type: ValueType.Object or ValueType.Any } => JsonOf(sent, texts)?.ToJsonString() ?? "null",
            { Type: ValueType.Boolean } => texts[0].ToLowerInvariant(),
            { Format: "http-method" } => texts[0].ToUpperInvariant(),
            _ => texts.Count == 1 ? texts[0] : string.Join(',', texts),
        };
    }

    private static JsonObject Inside(string? json, IReadOnlyList<string> members, JsonNode? value)
    {
        var outer = Parse(json) as JsonObject ?? [];
        var at = outer;
        for (var i = 0; i < members.Count - 1; i++)
        {
            if (at[members[i]] is not JsonObject next) at[members[i]] = next = [];
            at = next;
        }
        at[members[^1]] = value;
        return outer;
    }

    private static JsonArray ArrayOf(ValueFacts sent, IReadOnlyList<string> texts)
    {
        if (texts is [{ } only] && Parse(only) is JsonArray given) return given;
        var array = new JsonArray();
        foreach (var text in texts)
        {
            if (!sent.IsArray && text.Length == 0) continue;
            array.Add(OneOf(sent, text));
        }
        return array;
    }

    private static JsonNode? JsonOf(ValueFacts sent, IReadOnlyList<string> texts) =>
        sent.IsArray ? ArrayOf(sent, texts) : OneOf(sent, texts[0]);

    private static JsonNode? OneOf(ValueFacts sent, string text) => sent.Type switch
    {
        ValueType.Boolean => JsonValue.Create(text.Equals("true", StringComparison.OrdinalIgnoreCase)),
        ValueType.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
            JsonValue.Create(number),
        ValueType.Number when double.TryParse(
            text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) =>
            JsonValue.Create(number),
        // Objects travel as JSON text (twilio.com/docs/sync/api/document-resource: Data).
        ValueType.Object or ValueType.Any when text.Length > 0 => Parse(text) ?? JsonValue.Create(text),
        _ => Parse(text) is JsonObject or JsonArray ? Parse(text) : JsonValue.Create(text),
    };

    private static JsonNode? Parse(string? json)
    {
        if (string.IsNullOrEmpty(json)) return null;
        try
        {
            return JsonText.ParseNode(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
