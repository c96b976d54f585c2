using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Segments;
using TwilioEmu.Messaging.Sending;

namespace TwilioEmu.Messaging.Services;

/// <summary>Sends texts for other products: what is said in conversations, what masked sessions pass on.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class TextDesk(World world, SenderBook senders, ServiceBook services, ConsentBook consents, Outbox outbox)
{
    public Message? Send(AccountSid account, string from, string to, string body, IReadOnlyList<string> media, long cause)
    {
        if (senders.Find(account, from, to, media.Count > 0) is not { } sender || to == from) return null;
        // Who opted out is passed over without a word (measured).
        if (consents.IsOptedOut(account, services.ScopeOf(account, from), to)) return null;
        var count = media.Count == 0 ? Segmentation.Of(body).Count : 1;
        if (!outbox.HasRoom(account, sender, count)) return null;
        var now = world.Clock.GetUtcNow();
        var message = new Message
        {
            Sid = world.Sids.New(media.Count == 0 ? "SM" : "MM"),
            Account = account,
            From = from,
            To = to,
            Body = body,
            Direction = MessageDirection.OutboundApi,
            Status = MessageStatus.Queued,
            SegmentCount = count,
            Created = now,
            Updated = now,
            Extras = media.Count == 0 ? MessageExtras.None : new MessageExtras { Media = [.. media.Select(url => new MediaItem(world.Sids.New("ME"), url, MediaItem.TypeOf(url)))] },
        };
        outbox.Accept(message, sender, cause);
        return message;
    }
}
