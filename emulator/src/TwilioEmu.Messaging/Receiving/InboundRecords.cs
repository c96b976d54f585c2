using TwilioEmu.Accounts.Billing;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Mms;
using TwilioEmu.Messaging.Sending;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>Makes the record of a text that came in, keeps what it carries, and says where that is served.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class InboundRecords(World world, IPriceBook prices, MediaShelf shelf, ContactBook contacts, string publicUrl)
{
    public Message Make(TextMessage text, Addressee addressee)
    {
        var now = world.Clock.GetUtcNow();
        // Of a text with media the number of media (observed: turt2live/matrix-appservice-twilio#14).
        var segmentCount = text.MediaUrls.Count == 0 || addressee.Sender is not null
            ? Weight.Of(text.To, text.Body, isMms: false)
            : text.MediaUrls.Count;
        return new Message
        {
            Sid = world.Sids.New(text.MediaUrls.Count == 0 ? "SM" : "MM"),
            Account = addressee.Account,
            From = contacts.FromOf(addressee.Account, text),
            To = text.To,
            Body = text.Body,
            Direction = MessageDirection.Inbound,
            Status = MessageStatus.Received,
            SegmentCount = segmentCount,
            Created = now,
            Updated = now,
            Sent = now,
            Price = Price.Of(prices.OfMessage(text.From, text.To, isInbound: true, segmentCount, text.MediaUrls.Count > 0)),
            Extras = text.MediaUrls.Count == 0 && addressee.Service is null
                ? MessageExtras.None
                : new MessageExtras { MessagingServiceSid = addressee.Service?.Sid, Media = [.. text.MediaUrls.Select(Keep)] },
        };
    }

    /// <summary>Where the app fetches what a message carries.</summary>
    public string UrlOf(Message message, MediaItem item) =>
        $"{publicUrl}/2010-04-01/Accounts/{message.Account.Value}/Messages/{message.Sid}/Media/{item.Sid}";

    /// <summary>A picture that is written out in its URL is kept here; any other is where the phone says.</summary>
    private MediaItem Keep(string url)
    {
        var sid = world.Sids.New("ME");
        return DataUrl.Read(url) is var (type, content)
            ? new MediaItem(sid, $"data:{type}", type) { Hash = shelf.Put(content), ByteCount = content.Length }
            : new MediaItem(sid, url, MediaItem.TypeOf(url));
    }
}
