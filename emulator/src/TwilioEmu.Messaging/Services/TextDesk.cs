using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Sending;

namespace TwilioEmu.Messaging.Services;

/// <summary>Sends texts for other products: what is said in conversations, what masked sessions pass on.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class TextDesk(World world, SenderBook senders, ServiceBook services, ConsentBook consents, ContentRendering rendering, Outbox outbox)
{
    public Message? Send(AccountSid account, string from, string to, string body, IReadOnlyList<string> media, ContentOrder? content, long cause)
    {
        if (senders.Find(account, from, to, media.Count > 0) is not { } sender || to == from) return null;
        // Who opted out is passed over without a word (measured).
        if (consents.IsOptedOut(account, services.ScopeOf(account, from), to)) return null;
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
            SegmentCount = 0,
            Created = now,
            Updated = now,
            Extras = media.Count == 0 && content is null
                ? MessageExtras.None
                : new MessageExtras { Content = content, Media = [.. media.Select(url => new MediaItem(world.Sids.New("ME"), url, MediaItem.TypeOf(url)))] },
        };
        (message, var unshown) = rendering.Render(message, ChannelAddress.ChannelOf(from));
        message = message with { SegmentCount = Weight.Of(from, message.Body, message.Extras.Media.Count) };
        if (unshown != 0)
        {
            outbox.Refuse(message, unshown, cause);
            return null;
        }
        if (!outbox.HasRoom(account, sender, message.SegmentCount)) return null;
        outbox.Accept(message, sender, cause);
        return message;
    }
}
