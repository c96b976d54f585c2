using System.Buffers;
using System.Text.Json;

namespace TwilioEmu.Scenarios.Reading;

/// <summary>Writes nodes as JSON: single values as text, empty ones as null.</summary>
internal static class NodeJson
{
    public static JsonElement ToElement(Node node)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer)) Write(json, node);
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter json, Node node)
    {
        switch (node)
        {
            case Node.Scalar { Kind: ScalarKind.Null }:
                json.WriteNullValue();
                break;
            case Node.Scalar scalar:
                json.WriteStringValue(scalar.Text);
                break;
            case Node.Sequence list:
                json.WriteStartArray();
                foreach (var item in list.Items) Write(json, item);
                json.WriteEndArray();
                break;
            case Node.Mapping mapping:
                json.WriteStartObject();
                foreach (var member in mapping.Members)
                {
                    json.WritePropertyName(member.Key);
                    Write(json, member.Value);
                }
                json.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException($"unknown node {node.GetType().Name}");
        }
    }
}
