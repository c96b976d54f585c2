using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Verify.Services;

/// <summary>A service as it is shown: its groups of settings are objects whether anything in them is set or not.</summary>
/// <remarks>twilio.com/docs/verify/api/service; what is not set is null within its group, but for the flags.</remarks>
internal sealed class ServiceFace(IFace inner) : IFace
{
    private const string Subscription = "verify_event_subscription_enabled";

    private static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["push"] = """{"include_date":false,"apn_credential_sid":null,"fcm_credential_sid":null}""",
        ["totp"] = """{"issuer":null,"time_step":null,"code_length":null,"skew":null}""",
        ["whatsapp"] = """{"msg_service_sid":null,"from":null}""",
        ["passkeys"] = """{"relying_party":{"id":null,"name":null,"origins":null},"authenticator_attachment":"""
            + """null,"discoverable_credentials":null,"user_verification":null}""",
    };

    /// <summary>Shows one, or a list of them.</summary>
    public static Answer Show(RestRequest request, Behaviour stored) => stored(request) switch
    {
        Answer.Resource resource => resource with { Face = new ServiceFace(resource.Face) },
        Answer.List list => new Answer.List(after => list.Walk(after).Select(i => (i.Key, (IFace)new ServiceFace(i.Face)))),
        var other => other,
    };

    public void WriteProperty(string property, FaceWriter to)
    {
        if (property != Subscription && !Groups.ContainsKey(property))
        {
            inner.WriteProperty(property, to);
            return;
        }
        var set = Set(property, to);
        if (property == Subscription)
        {
            to.Write(set is JsonValue flag && flag.GetValueKind() == JsonValueKind.True);
            return;
        }
        var group = JsonNode.Parse(Groups[property])!.AsObject();
        Lay(set as JsonObject, group);
        group.WriteTo(to.Json);
    }

    private static void Lay(JsonObject? set, JsonObject over)
    {
        if (set is null) return;
        foreach (var (name, value) in set)
        {
            if (value is JsonObject inner && over[name] is JsonObject below) Lay(inner, below);
            else over[name] = value?.DeepClone();
        }
    }

    private JsonNode? Set(string property, FaceWriter to)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) inner.WriteProperty(property, new FaceWriter(json, usesRfc2822: false, to.BaseUrl));
        return buffer.WrittenCount == 0 ? null : JsonNode.Parse(buffer.WrittenSpan);
    }
}
