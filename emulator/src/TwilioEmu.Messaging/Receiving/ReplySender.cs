using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Messaging.Services;
using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>Turns a <c>&lt;Message&gt;</c> into a message in its sender's queue, or says why not.</summary>
/// <remarks>Loop-confined.</remarks>
/// <param name="world">Names and dates the reply.</param>
/// <param name="outbox">Where it waits.</param>
/// <param name="senders">Who may send.</param>
/// <param name="services">A reply from a number in a service is the service's, and is told to its status callback (inferred).</param>
/// <param name="channels">Whose status callback a channel's reply is told to.</param>
/// <param name="rules">What keeps it from going.</param>
internal sealed class ReplySender(
    World world, Outbox outbox, SenderBook senders, ServiceBook services, ChannelSenderBook channels, ReplyRules rules)
{
    private readonly LoopGuard _guard = new();

    public (Message? Sent, TwimlReading.Faulty? Fault) Send(Message inbound, ReplyVerb.Message reply, long cause)
    {
        if (reply.Body.Length == 0 && reply.MediaUrls.IsEmpty) return Fail(14103, "a message needs a body or media");
        if (reply.Body.Length > MessageLimits.MaxBody)
        {
            return Fail(14103, $"the body has {reply.Body.Length} characters; at most {MessageLimits.MaxBody} are sent");
        }
        if (reply.MediaUrls.Length > MessageLimits.MaxMedia)
        {
            return Fail(21623, $"a message carries at most {MessageLimits.MaxMedia} media");
        }
        var to = inbound.From;
        if (reply.To is not null && !TryNormalize(reply.To, out to)) return Fail(14101, $"\"{reply.To}\" is no phone number");
        var from = inbound.To;
        if (reply.From is not null && !TryNormalize(reply.From, out from)) return Fail(14102, $"\"{reply.From}\" is no phone number");
        if (senders.Find(inbound.Account, from, to, !reply.MediaUrls.IsEmpty) is not { } sender)
        {
            return Fail(14108, $"{from} is not an SMS-capable number of this account");
        }
        if (ChannelAddress.ChannelOf(from) != ChannelAddress.ChannelOf(to))
        {
            return Fail(14101, $"{to} and {from} are of different channels");
        }
        if (to == from) return Fail(14101, "'To' and 'From' are the same number");
        if (reply.StatusCallback is { } told && !MessageLimits.IsCallbackUrl(told)) return Fail(14105, $"\"{told}\" is no URL to call");

        if (rules.Mark(inbound.Account, to, reply.Body) is not { } body)
        {
            return Fail(14111, $"Invalid To phone number for Trial mode: {to} is not verified");
        }
        var count = Weight.Of(from, body, !reply.MediaUrls.IsEmpty);
        var service = services.ServiceOf(inbound.Account, from);
        var callback = reply.StatusCallback ?? service?.StatusCallback ?? channels.Find(inbound.Account, from)?.StatusCallback;
        if (rules.IsOptedOut(inbound.Account, from, to)) return Fail(21610, $"Attempt to send to unsubscribed recipient {to}");
        if (!outbox.HasRoom(inbound.Account, sender, count)) return Fail(21611, $"the queue of {from} is full");
        var now = world.Clock.GetUtcNow();
        var message = new Message
        {
            Sid = world.Sids.New(reply.MediaUrls.IsEmpty ? "SM" : "MM"),
            Account = inbound.Account,
            From = from,
            To = to,
            Body = body,
            Direction = MessageDirection.OutboundReply,
            Status = MessageStatus.Queued,
            SegmentCount = count,
            Created = now,
            Updated = now,
            Extras = callback is null && service is null && reply.MediaUrls.IsEmpty
                ? MessageExtras.None
                : new MessageExtras
                {
                    StatusCallback = callback,
                    MessagingServiceSid = service?.Sid,
                    Media = [.. reply.MediaUrls.Select(url => new MediaItem(world.Sids.New("ME"), url, MediaItem.TypeOf(url)))],
                },
        };
        if (_guard.IsLooping(inbound.Account, from, to, now))
        {
            outbox.Refuse(message, DeliveryErrors.Loop, cause);
            return Fail(
                DeliveryErrors.Loop,
                $"more than {LoopGuard.MaxReplies} replies in a row to {to} from {from}, less than {LoopGuard.Gap.TotalSeconds} s apart");
        }
        outbox.Accept(message, sender, cause);
        return (message, null);
    }

    /// <summary>Completes when a reply has left, or never will.</summary>
    public Task<Message> WhenLeftAsync(Message reply) => outbox.WhenLeftAsync(reply);

    private static bool TryNormalize(string text, out string address)
    {
        if (ChannelAddress.ChannelOf(text) is not { } channel) return NumberShape.TryNormalize(text, out address);
        var isNumber = NumberShape.TryNormalize(ChannelAddress.Bare(text), out var number);
        address = isNumber ? ChannelAddress.On(channel, number) : text;
        return isNumber || channel != ChannelAddress.WhatsApp || BusinessScopedId.Is(text);
    }

    private static (Message? Sent, TwimlReading.Faulty? Fault) Fail(int code, string text) => (null, new TwimlReading.Faulty(code, text));
}
