using TwilioEmu.Accounts.Billing;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Mms;
using TwilioEmu.Messaging.Segments;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Messaging.Services;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>Takes the texts that come to emulator numbers, and tells the app of them.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class Inbox(
    World world, NumberBook numbers, ServiceBook services, InboundRoutes routes, KeywordDesk keywords, MediaShelf shelf, ILetterbox letterbox, Outbox outbox, ReplySender replies, IPriceBook prices,
    Func<AccountSid, string> tokenOf,
    Func<Message, MediaItem, string> mediaUrl, Func<Message, long, bool> isTaken)
    : IInboundTexts
{
    /// <inheritdoc/>
    public string Receive(TextMessage message)
    {
        var number = numbers.Find(message.To) ?? throw new InvalidOperationException($"{message.To} is attached to the exchange but owned by nobody");
        var service = services.ServiceOf(number.Account, number.Number);
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
            Extras = message.MediaUrls.Count == 0 && service is null
                ? MessageExtras.None
                : new MessageExtras { MessagingServiceSid = service?.Sid, Media = [.. message.MediaUrls.Select(Keep)] },
        };
        var received = world.Store.Put(Message.Table, number.Account, inbound, MessageStatus.Received.Kind(), message.Cause);
        var optOutType = keywords.Take(inbound, number, service, received.Seq);
        if (isTaken(inbound, received.Seq)) return inbound.Sid;
        if (routes.Of(number, service) is not { Url.Length: > 0 } route)
        {
            world.Journal.Warn(number.Account, inbound.Sid, received.Seq, InboundRoutes.Silence(number, service));
            return inbound.Sid;
        }
        var parameters = InboundParameters.Of(inbound, optOutType, item => mediaUrl(inbound, item));
        var conversation = new ReplyConversation(world, letterbox, replies, outbox, tokenOf(number.Account), route, inbound, parameters);
        world.Loop.Start(() => conversation.RunAsync(received.Seq, world.Ending));
        return inbound.Sid;
    }

    /// <summary>A picture that is written out in its URL is kept here; any other is where the phone says.</summary>
    private MediaItem Keep(string url)
    {
        var sid = world.Sids.New("ME");
        return DataUrl.Read(url) is var (type, content)
            ? new MediaItem(sid, $"data:{type}", type) { Hash = shelf.Put(content), ByteCount = content.Length }
            : new MediaItem(sid, url, MediaItem.TypeOf(url));
    }
}
