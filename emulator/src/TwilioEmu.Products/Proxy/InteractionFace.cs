using System.Buffers;
using System.Text.Json;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Proxy;

/// <summary>An interaction as it is shown: a leg that is not there has no state (twilio.com/docs/proxy/api/interaction).</summary>
internal sealed class InteractionFace(IFace inner) : IFace
{
    private const string Status = "_resource_status";

    /// <summary>Shows one, or a list of them.</summary>
    public static Answer Show(RestRequest request, Behaviour stored) => stored(request) switch
    {
        Answer.Resource resource => resource with { Face = new InteractionFace(resource.Face) },
        Answer.List list => new Answer.List(after => list.Walk(after).Select(i => (i.Key, (IFace)new InteractionFace(i.Face)))),
        var other => other,
    };

    public void WriteProperty(string property, FaceWriter to)
    {
        if (property.EndsWith(Status, StringComparison.Ordinal) && !Has($"{property[..^Status.Length]}_resource_sid", to)) return;
        inner.WriteProperty(property, to);
    }

    private bool Has(string property, FaceWriter to)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) inner.WriteProperty(property, new FaceWriter(json, usesRfc2822: false, to.BaseUrl));
        return buffer.WrittenCount > 0 && !buffer.WrittenSpan.SequenceEqual("null"u8);
    }
}
