using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Segments;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Messaging.Services;
using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>Turns a <c>&lt;Message&gt;</c> into a message in its sender's queue, or says why not.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class ReplySender(World world, Outbox outbox, SenderBook senders, ServiceBook services, ConsentBook consents)
{
    private readonly LoopGuard _guard = new();

    public (Message? Sent, TwimlReading.Faulty? Fault) Send(Message inbound, ReplyVerb.Message reply, long cause)
    {
        if (reply.Body.Length == 0 && reply.MediaUrls.IsEmpty) return Fail(14103, "a message needs a body or media");
        if (reply.Body.Length > MessageLimits.MaxBody) return Fail(14103, $"the body has {reply.Body.Length} characters; at most {MessageLimits.MaxBody} are sent");
        if (reply.MediaUrls.Length > MessageLimits.MaxMedia) return Fail(21623, $"a message carries at most {MessageLimits.MaxMedia} media");
        var to = inbound.From;
        if (reply.To is not null && !E164.TryNormalize(reply.To, out to)) return Fail(14101, $"\"{reply.To}\" is no phone number");
        var from = inbound.To;
        if (reply.From is not null && !E164.TryNormalize(reply.From, out from)) return Fail(14102, $"\"{reply.From}\" is no phone number");
        if (senders.Find(inbound.Account, from, to, !reply.MediaUrls.IsEmpty) is not { } sender) return Fail(14108, $"{from} is not an SMS-capable number of this account");
        if (to == from) return Fail(14101, "'To' and 'From' are the same number");
        if (reply.StatusCallback is { } callback && !MessageLimits.IsCallbackUrl(callback)) return Fail(14105, $"\"{callback}\" is no URL to call");

        var count = reply.MediaUrls.IsEmpty ? Segmentation.Of(reply.Body).Count : 1;
        if (consents.IsOptedOut(inbound.Account, services.ScopeOf(inbound.Account, from), to)) return Fail(21610, $"Attempt to send to unsubscribed recipient {to}");
        if (!outbox.HasRoom(inbound.Account, sender, count)) return Fail(21611, $"the queue of {from} is full");
        var now = world.Clock.GetUtcNow();
        var message = new Message
        {
            Sid = world.Sids.New(reply.MediaUrls.IsEmpty ? "SM" : "MM"),
            Account = inbound.Account,
            From = from,
            To = to,
            Body = reply.Body,
            Direction = MessageDirection.OutboundReply,
            Status = MessageStatus.Queued,
            SegmentCount = count,
            Created = now,
            Updated = now,
            Extras = reply.StatusCallback is null && reply.MediaUrls.IsEmpty
                ? MessageExtras.None
                : new MessageExtras
                {
                    StatusCallback = reply.StatusCallback,
                    Media = [.. reply.MediaUrls.Select(url => new MediaItem(world.Sids.New("ME"), url, MediaItem.TypeOf(url)))],
                },
        };
        if (_guard.IsLooping(inbound.Account, from, to, now))
        {
            outbox.Refuse(message, DeliveryErrors.Loop, cause);
            return Fail(DeliveryErrors.Loop, $"more than {LoopGuard.MaxReplies} replies in a row to {to} from {from}, less than {LoopGuard.Gap.TotalSeconds} s apart");
        }
        outbox.Accept(message, sender, cause);
        return (message, null);
    }

    private static (Message? Sent, TwimlReading.Faulty? Fault) Fail(int code, string text) => (null, new TwimlReading.Faulty(code, text));
}
