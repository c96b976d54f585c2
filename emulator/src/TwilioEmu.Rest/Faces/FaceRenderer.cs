using System.Text.Json;
using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Rest.Faces;

/// <summary>Writes a resource as its shape has it: every property, in order; what the face leaves unsaid is null.</summary>
internal static class FaceRenderer
{
    public static void Write(Utf8JsonWriter json, Shape shape, IFace face, FaceWriter writer)
    {
        json.WriteStartObject();
        var properties = shape.Properties;
        for (var i = 0; i < properties.Count; i++)
        {
            json.WritePropertyName(properties[i].EncodedName);
            var written = json.BytesCommitted + json.BytesPending;
            face.WriteProperty(properties[i].Name, writer);
            if (json.BytesCommitted + json.BytesPending == written) json.WriteNullValue();
        }
        json.WriteEndObject();
    }
}
