using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace TwilioEmu.Scenarios.Reading;

/// <summary>Writes nodes as JSON: single values as text, empty ones as null.</summary>
internal static class NodeJson
{
    /// <param name="node">What was read.</param>
    /// <param name="typed">True writes plain numbers and <c>true</c> and <c>false</c> as such, for what is JSON by its nature.</param>
    public static JsonElement ToElement(Node node, bool typed = false)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer)) Write(json, node, typed);
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter json, Node node, bool typed)
    {
        switch (node)
        {
            case Node.Scalar { Kind: ScalarKind.Null }:
                json.WriteNullValue();
                break;
            case Node.Scalar { Kind: not ScalarKind.Quoted, Text: "true" or "false" } flag when typed:
                json.WriteBooleanValue(flag.Text == "true");
                break;
            case Node.Scalar { Kind: not ScalarKind.Quoted } plain when typed
                && double.TryParse(plain.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case Node.Scalar scalar:
                json.WriteStringValue(scalar.Text);
                break;
            case Node.Sequence list:
                json.WriteStartArray();
                foreach (var item in list.Items) Write(json, item, typed);
                json.WriteEndArray();
                break;
            case Node.Mapping mapping:
                json.WriteStartObject();
                foreach (var member in mapping.Members)
                {
                    json.WritePropertyName(member.Key);
                    Write(json, member.Value, typed);
                }
                json.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException($"unknown node {node.GetType().Name}");
        }
    }
}
