using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Documents;

/// <summary>A document to be asked of the app.</summary>
/// <param name="Url">Absolute, as configured or as the app wrote it.</param>
/// <param name="Method"><c>GET</c> or <c>POST</c>.</param>
/// <param name="Purpose">Why.</param>
/// <param name="Extra">Parameters besides those that every request about the same call or text has.</param>
public sealed record DocumentOrder(string Url, string Method, WebhookPurpose Purpose, IReadOnlyList<KeyValuePair<string, string>> Extra);
