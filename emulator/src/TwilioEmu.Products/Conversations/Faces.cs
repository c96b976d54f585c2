using System.Buffers;
using System.Text;
using System.Text.Json;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.Conversations;

/// <summary>A resource of the default service as it is shown where no service is named: its links name none.</summary>
internal sealed class ServicelessFace(IFace inner, string service) : IFace
{
    public void WriteProperty(string property, FaceWriter to)
    {
        if (property is not ("url" or "links"))
        {
            inner.WriteProperty(property, to);
            return;
        }
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, to.Json.Options))
        {
            inner.WriteProperty(property, new FaceWriter(json, usesRfc2822: false, to.BaseUrl));
        }
        if (buffer.WrittenCount > 0)
        {
            to.Json.WriteRawValue(Encoding.UTF8.GetString(buffer.WrittenSpan)
                .Replace($"/v1/Services/{service}/", "/v1/", StringComparison.Ordinal));
        }
    }
}

/// <summary>A resource with one property that it may not know itself.</summary>
internal sealed class SetFace(IFace inner, string name, string value) : IFace
{
    public void WriteProperty(string property, FaceWriter to)
    {
        if (property == name) to.Write(value);
        else inner.WriteProperty(property, to);
    }
}
