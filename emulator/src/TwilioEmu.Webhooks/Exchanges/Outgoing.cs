using System.Text;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Webhooks.Addresses;
using TwilioEmu.Webhooks.Delivery;
using TwilioEmu.Webhooks.Signing;

namespace TwilioEmu.Webhooks.Exchanges;

/// <summary>One request as it leaves: method, URL and parameters of this hop, signed.</summary>
/// <param name="Method"><c>GET</c> or <c>POST</c>; <c>HEAD</c> of a file.</param>
/// <param name="Url">With the parameters in its query, for GET.</param>
/// <param name="Form">The parameters of the body; none for GET.</param>
/// <param name="Parameters">What the app will read: of the body, or all of the query for GET.</param>
/// <param name="Signature">Null for fetches that carry none.</param>
internal sealed record Outgoing(
    string Method,
    WebhookUrl Url,
    IReadOnlyList<KeyValuePair<string, string>> Form,
    IReadOnlyList<KeyValuePair<string, string>> Parameters,
    string? Signature)
{
    /// <summary>The body where it is JSON; null for a form.</summary>
    public string? Json { get; private init; }

    /// <summary>What goes out behind the headers; null for what has none.</summary>
    public byte[]? Body => Method != "POST" ? null : Json is { } json ? Encoding.UTF8.GetBytes(json) : FormEncoding.Encode(Form);

    /// <summary>The token that signs this hop and those a redirect leads to; null for fetches.</summary>
    private string? Key { get; init; }

    /// <summary>Along the members of one that a request began with, as the journal keeps it: without the token that signs.</summary>
    public static Outgoing Walk(Outgoing? o, WebhookRequest request, Members m)
    {
        var signature = m.TextOrNull("signature", o?.Signature);
        if (o is not null) return o;
        var url = WebhookUrl.TryParse(request.Url, out _) ?? throw new InvalidDataException($"{request.Url} is no URL");
        return First(request, url, null) with { Signature = signature };
    }

    /// <summary>The request as configured: GET carries the parameters in the query.</summary>
    public static Outgoing First(WebhookRequest request, WebhookUrl url, string? key)
    {
        if (request.Json is { } json)
        {
            // twilio.com/docs/usage/webhooks/webhooks-security.
            var hash = TwilioSignature.HashOf(Encoding.UTF8.GetBytes(json));
            return Sign(request, key, "POST", url.WithQuery([hash]), [], request.Parameters) with { Json = json };
        }
        if (request.Method == "POST") return Sign(request, key, "POST", url, request.Parameters, request.Parameters);
        IReadOnlyList<KeyValuePair<string, string>> all = url.Query.Length == 0
            ? request.Parameters
            : [.. FormEncoding.Decode(url.Query), .. request.Parameters];
        return Sign(request, key, request.Method, url.WithQuery(request.Parameters), [], all);
    }

    /// <summary>
    /// The request a redirect leads to: 307 repeats it, the others fetch the new
    /// URL as it is (twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
    /// </summary>
    public Outgoing Redirected(WebhookRequest request, int status, WebhookUrl location) => Method == "POST" && status == 307
        ? Sign(request, Key, "POST", location, Form, Parameters) with { Json = Json }
        : Sign(request, Key, Method == "HEAD" ? Method : "GET", location, [], FormEncoding.Decode(location.Query));

    private static Outgoing Sign(
        WebhookRequest request, string? key, string method, WebhookUrl url,
        IReadOnlyList<KeyValuePair<string, string>> form, IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        new(method, url, form, parameters, key is null ? null : TwilioSignature.Compute(key, url.Signed(request.IsVoice), form))
        {
            Key = key,
        };
}
