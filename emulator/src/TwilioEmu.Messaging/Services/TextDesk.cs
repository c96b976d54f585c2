using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Sending;

namespace TwilioEmu.Messaging.Services;

/// <summary>Sends texts for other products: what is said in conversations, what masked sessions pass on.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class TextDesk(
    World world, SenderBook senders, ServiceBook services, ConsentBook consents, ContentRendering rendering, Outbox outbox)
{
    /// <summary>Sends a text for a call (<c>&lt;Sms&gt;</c> in its document).</summary>
    /// <returns>The message, queued; or Twilio's code for why there is none
    /// (twilio.com/docs/api/errors/14101 and on), with words.</returns>
    public (Message? Message, int Code, string Why) SendInCall(
        AccountSid account, string from, string to, string body, string? statusCallback, long cause)
    {
        if (to == from) return (null, 14101, "'To' and 'From' are the same number");
        if (senders.Find(account, from, to, false) is not { } sender)
        {
            return (null, 14108, $"{from} is not an SMS-capable number of this account");
        }
        if (statusCallback is not null && !MessageLimits.IsCallbackUrl(statusCallback))
        {
            return (null, 14105, $"\"{statusCallback}\" is no URL to call");
        }
        if (consents.IsOptedOut(account, services.ScopeOf(account, from), to))
        {
            return (null, 21610, $"Attempt to send to unsubscribed recipient {to}");
        }
        var count = Weight.Of(from, body, isMms: false);
        if (!outbox.HasRoom(account, sender, count)) return (null, 21611, $"the queue of {from} is full");
        var now = world.Clock.GetUtcNow();
        var message = new Message
        {
            Sid = world.Sids.New("SM"),
            Account = account,
            From = from,
            To = to,
            Body = body,
            Direction = MessageDirection.OutboundCall,
            Status = MessageStatus.Queued,
            SegmentCount = count,
            Created = now,
            Updated = now,
            Extras = statusCallback is null ? MessageExtras.None : new MessageExtras { StatusCallback = statusCallback },
        };
        outbox.Accept(message, sender, cause);
        return (message, 0, "");
    }

    /// <summary>Sends a text; what is kept of the media is not asked for again, whoever carried it before.</summary>
    public Message? Send(
        AccountSid account, string from, string to, string body, IReadOnlyList<MediaItem> media, ContentOrder? content, long cause)
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
                : new MessageExtras { Content = content, Media = [.. media.Select(item => item with { Sid = world.Sids.New("ME") })] },
        };
        (message, var unshown) = rendering.Render(message, ChannelAddress.ChannelOf(from));
        message = message with { SegmentCount = Weight.Of(from, message.Body, message.Extras.IsMms) };
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
