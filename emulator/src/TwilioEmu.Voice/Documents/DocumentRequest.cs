using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Documents;

/// <summary>A document to be run next: to be fetched from the app, or at hand.</summary>
internal abstract record DocumentRequest
{
    /// <param name="Url">Absolute, as the app wrote it.</param>
    /// <param name="Method"><c>GET</c> or <c>POST</c>.</param>
    /// <param name="Purpose">As the journal shows it: <c>voice</c>, <c>action</c>,
    /// <c>redirect</c>, <c>fallback</c>, <c>whisper</c>.</param>
    /// <param name="Extra">Parameters besides the standard ones.</param>
    public sealed record Fetch(
        string Url, string Method, WebhookPurpose Purpose, IReadOnlyList<KeyValuePair<string, string>> Extra) : DocumentRequest;

    /// <summary>The <c>Twiml</c> parameter of create and update.</summary>
    public sealed record Inline(string Twiml) : DocumentRequest;

    /// <summary>A document that was fetched already, from that verb on.</summary>
    public sealed record Ready(VoiceDocument Document, int From) : DocumentRequest;

    private DocumentRequest() { }

    public static DocumentRequest Voice(string url, string method) => new Fetch(url, method, WebhookPurpose.Voice, []);
}
