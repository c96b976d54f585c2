using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Sending;

namespace TwilioEmu.Messaging.Services;

/// <summary>Takes up the messages that an earlier process had not done with, each where it stood.</summary>
/// <remarks>
/// Loop-confined; once, when all that knows senders is attached. What waited in a queue waits there again, in the order it was queued; what
/// waited for its sender or its time waits on; of what the carrier had taken the receipt comes when it would have. Where the sender is gone
/// the message fails as one for which none was found.
/// </remarks>
internal sealed class Resumption(World world, Outbox outbox, SenderBook senders, Dispatch dispatch, Schedule schedule)
{
    public void Run()
    {
        var queued = new List<Message>();
        foreach (var account in world.Store.OwnersOf(Message.Table.Name).ToList())
        {
            foreach (var message in world.Store.Table(Message.Table, account).Unsettled().ToList())
            {
                switch (message.Status)
                {
                    case MessageStatus.Accepted: dispatch.Choose(message, CauseOf(message)); break;
                    case MessageStatus.Scheduled: schedule.Resume(message, CauseOf(message)); break;
                    case MessageStatus.Queued: queued.Add(message); break;
                    case MessageStatus.Sending or MessageStatus.Sent:
                        outbox.ResumeUnderway(message, CauseOf(message with { Status = MessageStatus.Sending })); break;
                }
            }
        }
        // Updated is when it was queued: nothing else happens to a message that waits, but for its media.
        foreach (var message in queued.OrderBy(m => m.Updated))
        {
            if (senders.OfQueued(message) is { } sender) outbox.Resume(message, sender, CauseOf(message));
            else outbox.Fail(message, DeliveryErrors.NoSender, CauseOf(message));
        }
    }

    /// <summary>Seq of the entry that brought a message to its status; 0 where the journal has let it go.</summary>
    private long CauseOf(Message message) =>
        world.Journal.NewestFirst(new Selection(message.Status.Kind().Name, message.Sid)).FirstOrDefault()?.Seq ?? 0;
}
