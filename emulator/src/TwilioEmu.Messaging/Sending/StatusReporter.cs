using TwilioEmu.Carrier.Switching;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Sending;

/// <summary>Tells a message's callback of its changes.</summary>
/// <remarks>
/// twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks: every change after the first status, <c>sending</c> too
/// (it lasts no time, and the guide does not list it). Where the phone's receipts come reversed, <c>sent</c> is held back until the end was
/// told; where they come in copies, the end is told again. Loop-confined.
/// </remarks>
/// <param name="lanes">Keep the callbacks of a message in order.</param>
/// <param name="exchange">Knows the manner of receipts.</param>
/// <param name="parametersOf">What is told of a message.</param>
internal sealed class StatusReporter(
    CallbackLanes lanes, Exchange exchange, Func<Message, IReadOnlyList<KeyValuePair<string, string>>> parametersOf)
{
    private readonly Dictionary<string, WebhookRequest> _heldBack = [];

    /// <summary>A message has changed.</summary>
    /// <param name="message">As it is now.</param>
    /// <param name="change">Seq of the entry that says so.</param>
    public void Tell(Message message, long change)
    {
        if (message.Extras.StatusCallback is not { } url) return;
        var request = new WebhookRequest
        {
            Account = message.Account,
            Url = url,
            Method = "POST",
            Parameters = parametersOf(message),
            Subject = message.Sid,
            Purpose = WebhookPurpose.StatusCallback,
            Cause = change,
        };
        var isReceipt = message.Status is MessageStatus.Delivered or MessageStatus.Undelivered;
        // A number whose end was forgotten is nobody's.
        var manner = !message.Extras.ObfuscatesAddress && (isReceipt || message.Status == MessageStatus.Sent)
            ? exchange.MessageLine(BusinessScopedId.WithNumber(message.Account, message.To)!).Manner
            : default;
        if (message.Status == MessageStatus.Sent && manner.IsReversed)
        {
            _heldBack[message.Sid] = request;
            return;
        }
        lanes.Enqueue(message.Sid, request);
        if (!isReceipt) return;
        if (_heldBack.Remove(message.Sid, out var earlier)) lanes.Enqueue(message.Sid, earlier);
        for (var i = 0; i < manner.Copies; i++) lanes.Enqueue(message.Sid, request);
    }
}
