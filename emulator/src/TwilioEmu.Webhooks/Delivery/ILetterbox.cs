namespace TwilioEmu.Webhooks.Delivery;

/// <summary>The only way out: sends signed requests to the app and records every attempt.</summary>
/// <remarks>
/// Loop-confined: call it from a turn, and the await resumes on the loop. Holds virtual time while a request is in flight.
/// Never throws for what the app does; only cancellation ends it early.
/// </remarks>
public interface ILetterbox
{
    Task<WebhookAnswer> SendAsync(WebhookRequest request, CancellationToken cancellation);
}
