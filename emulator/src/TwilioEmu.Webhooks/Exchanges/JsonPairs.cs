using System.Text.Json;

namespace TwilioEmu.Webhooks.Exchanges;

/// <summary>Writes ordered pairs as a JSON object: a name that repeats gets an array of its values.</summary>
internal static class JsonPairs
{
    public static void Write(Utf8JsonWriter json, string member, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject(member);
        foreach (var group in pairs.GroupBy(p => p.Key, p => p.Value, StringComparer.Ordinal))
        {
            json.WritePropertyName(group.Key);
            var values = group.ToList();
            if (values.Count > 1) json.WriteStartArray();
            foreach (var value in values) json.WriteStringValue(value);
            if (values.Count > 1) json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
