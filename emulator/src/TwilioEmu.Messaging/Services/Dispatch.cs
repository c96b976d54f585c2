using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Sending;

namespace TwilioEmu.Messaging.Services;

/// <summary>Takes messages from acceptance by a service to the queue of the sender it chooses.</summary>
/// <remarks>
/// twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks: accepted, then queued once the sender is known. What
/// depends on the sender is found out here, and is the message's failure then. Loop-confined.
/// </remarks>
internal sealed class Dispatch(World world, ServiceBook services, ConsentBook consents, FinalForm form, SenderChoice choice, Outbox outbox)
{
    /// <summary>How long the choice of a sender takes; Twilio's is 50 to 300 ms (inferred).</summary>
    public static readonly TimeSpan ChoiceDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>A new message whose status is <see cref="MessageStatus.Accepted"/>.</summary>
    public void Accept(Message message, long cause)
    {
        var entry = outbox.Enter(message, cause);
        Choose(message, entry.Seq);
    }

    /// <summary>Its sender is chosen after a moment.</summary>
    public void Choose(Message message, long cause)
    {
        world.Clock.CreateTimer(
            MessageEntries.Queued.Name,
            static state =>
            {
                var (dispatch, account, sid, cause) = ((Dispatch, AccountSid, string, long))state!;
                dispatch.Assign(account, sid, cause);
            },
            (this, message.Account, message.Sid, cause), ChoiceDelay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Chooses the sender of a message that waits for one, and queues it, or fails it with the code that says why not.</summary>
    public void Assign(AccountSid account, string sid, long cause)
    {
        // Gone when it was cancelled, deleted, or its account closed meanwhile.
        if (world.Store.Table(Message.Table, account).Find(sid) is not { } message
            || message.Status is not (MessageStatus.Accepted or MessageStatus.Scheduled))
        {
            return;
        }
        if (services.Find(account, message.Extras.MessagingServiceSid!) is not { } service)
        {
            outbox.Fail(message, DeliveryErrors.NoService, cause);
            return;
        }
        if (consents.IsOptedOut(account, service.Sid, message.To))
        {
            outbox.Fail(message, DeliveryErrors.OptedOut, cause);
            return;
        }
        (message, var channel, var count, var unfit) = form.Of(service, message, cause);
        if (unfit != 0)
        {
            outbox.Fail(message, unfit, cause);
            return;
        }
        var (sender, errorCode) = choice.Of(service, message, channel, count, cause);
        message = message with { From = sender?.Address ?? message.From, SegmentCount = sender is null ? message.SegmentCount : count };
        if (sender is null) outbox.Fail(message, errorCode, cause);
        else if (!outbox.HasRoom(account, sender, count)) outbox.Fail(message, DeliveryErrors.QueueOverflow, cause);
        else outbox.Queue(message, sender, cause);
    }
}
