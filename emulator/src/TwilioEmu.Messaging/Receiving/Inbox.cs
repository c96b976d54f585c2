using TwilioEmu.Accounts.Billing;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Segments;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>Takes the texts that come to emulator numbers, and tells the app of them.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class Inbox(
    World world, NumberBook numbers, MessagingApps apps, ILetterbox letterbox, Outbox outbox, ReplySender replies, IPriceBook prices, Func<AccountSid, string> tokenOf,
    Func<Message, MediaItem, string> mediaUrl, Func<Message, long, bool> isTaken)
    : IInboundTexts
{
    /// <inheritdoc/>
    public string Receive(TextMessage message)
    {
        var number = numbers.Find(message.To) ?? throw new InvalidOperationException($"{message.To} is attached to the exchange but owned by nobody");
        var now = world.Clock.GetUtcNow();
        // Of a text with media the number of media (observed: turt2live/matrix-appservice-twilio#14).
        var segmentCount = message.MediaUrls.Count == 0 ? Segmentation.Of(message.Body).Count : message.MediaUrls.Count;
        var inbound = new Message
        {
            Sid = world.Sids.New(message.MediaUrls.Count == 0 ? "SM" : "MM"),
            Account = number.Account,
            From = message.From,
            To = message.To,
            Body = message.Body,
            Direction = MessageDirection.Inbound,
            Status = MessageStatus.Received,
            SegmentCount = segmentCount,
            Created = now,
            Updated = now,
            Sent = now,
            Price = Price.Of(prices.OfMessage(message.From, message.To, isInbound: true, segmentCount, message.MediaUrls.Count)),
            Extras = message.MediaUrls.Count == 0
                ? MessageExtras.None
                : new MessageExtras { Media = [.. message.MediaUrls.Select(url => new MediaItem(world.Sids.New("ME"), url, MediaItem.TypeOf(url)))] },
        };
        var received = world.Store.Put(Message.Table, number.Account, inbound, MessageStatus.Received.Kind(), message.Cause);
        if (isTaken(inbound, received.Seq)) return inbound.Sid;
        var route = number.SmsApplicationSid.Length > 0
            ? apps.RouteOf(number.Account, number.SmsApplicationSid)
            : new InboundRoute(number.Account, number.SmsUrl, number.SmsMethod, number.SmsFallbackUrl, number.SmsFallbackMethod);
        if (route is null || route.Url.Length == 0)
        {
            world.Journal.Warn(
                number.Account, inbound.Sid, received.Seq,
                $"{message.To} was texted and has no sms_url, so no app is told: set SmsUrl by the API, or sms_url under numbers:");
            return inbound.Sid;
        }

        var parameters = InboundParameters.Of(inbound, item => mediaUrl(inbound, item));
        var conversation = new ReplyConversation(world, letterbox, replies, outbox, tokenOf(number.Account), route, inbound, parameters);
        world.Loop.Start(() => conversation.RunAsync(received.Seq, world.Ending));
        return inbound.Sid;
    }
}
