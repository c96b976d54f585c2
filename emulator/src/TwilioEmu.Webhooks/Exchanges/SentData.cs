using System.Text;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Webhooks.Delivery;
using TwilioEmu.Webhooks.Signing;

namespace TwilioEmu.Webhooks.Exchanges;

/// <summary>What <c>webhook.sent</c> says: the request as it left.</summary>
/// <remarks>Keeps what is needed to send it again; never shows the token that signed.</remarks>
internal sealed class SentData(WebhookRequest request, Outgoing outgoing, string? idempotencyToken, string homeRegion) : IEntryData
{
    private static readonly DataForm<SentData> Form = new((d, m) =>
    {
        var request = WebhookRequest.Walk(d?.Request, m);
        var outgoing = Outgoing.Walk(d?.Outgoing, request, m);
        return new SentData(request, outgoing, m.TextOrNull("idempotency_token", d?.Token), m.Text("home_region", d?.HomeRegion));
    });

    /// <inheritdoc/>
    public DataForm Packing => Form;

    public WebhookRequest Request => request;

    public Outgoing Outgoing => outgoing;

    private string? Token => idempotencyToken;

    private string HomeRegion => homeRegion;

    public int Weight => 2
        * (outgoing.Url.Shown.Length + outgoing.Parameters.Sum(p => p.Key.Length + p.Value.Length) + (request.Json?.Length ?? 0));

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("purpose", request.Purpose.Word);
        json.WriteString("method", outgoing.Method);
        json.WriteString("url", outgoing.Url.Shown);
        JsonPairs.Write(json, "parameters", outgoing.Parameters);
        json.WriteString("signature", outgoing.Signature);
        json.WriteString(
            "signed", outgoing.Signature is null ? null : TwilioSignature.TextOf(outgoing.Url.Signed(request.IsVoice), outgoing.Form));
        JsonPairs.Write(json, "headers", OutgoingHeaders.For(outgoing, idempotencyToken, homeRegion));
        json.WriteString("body", outgoing.Body is { } body ? Encoding.UTF8.GetString(body) : "");
        if (outgoing.Url.Overrides.Ignored.Length == 0) return;
        json.WriteStartArray("ignored_overrides");
        foreach (var ignored in outgoing.Url.Overrides.Ignored) json.WriteStringValue(ignored);
        json.WriteEndArray();
    }
}
