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
    private readonly DateTimeOffset _firstKept = world.Journal.Find(world.Journal.FirstSeq)?.At ?? DateTimeOffset.MinValue;

    public void Run()
    {
        // Of many messages: what each needs to take its place, and not the message itself.
        var queued = new List<(DateTimeOffset Since, string Queue, QueuedMessage Place)>();
        var queues = new HashSet<string>(StringComparer.Ordinal);
        foreach (var account in world.Store.OwnersOf(Message.Table.Name).ToList())
        {
            var messages = world.Store.Table(Message.Table, account);
            // A list that grows by copies touches three times the memory, and of a million that is what takes long.
            queued.EnsureCapacity(queued.Count + messages.UnsettledCount);
            foreach (var message in messages.Unsettled())
            {
                var cause = CauseOf(message);
                switch (message.Status)
                {
                    case MessageStatus.Accepted: dispatch.Choose(message, cause); break;
                    case MessageStatus.Scheduled: schedule.Resume(message, cause); break;
                    case MessageStatus.Queued when senders.OfQueued(message) is { } sender:
                        // Each message has its sender's name as a text of its own.
                        if (!queues.TryGetValue(sender.Queue, out var queue)) queues.Add(queue = sender.Queue);
                        // Updated is when it was queued: nothing else happens to a message that waits, but for its media.
                        queued.Add((message.Updated, queue, Outbox.PlaceOf(message, sender, cause)));
                        outbox.Await(message, cause);
                        break;
                    case MessageStatus.Queued: outbox.Fail(message, DeliveryErrors.NoSender, cause); break;
                    case MessageStatus.Sending or MessageStatus.Sent: outbox.ResumeUnderway(message, cause); break;
                }
            }
        }
        var isInOrder = true;
        for (var i = 1; i < queued.Count && isInOrder; i++) isInOrder = queued[i].Since >= queued[i - 1].Since;
        foreach (var (_, queue, place) in isInOrder ? queued : [.. queued.OrderBy(static q => q.Since)]) outbox.Resume(queue, place);
    }

    /// <summary>Seq of the entry by which a message stands where it does, or left; 0 where the journal has let it go.</summary>
    private long CauseOf(Message message)
    {
        if (message.Updated < _firstKept) return 0;
        var kind = (message.Status is MessageStatus.Sent ? MessageStatus.Sending : message.Status).Kind();
        return world.Journal.NewestFirst(new Selection(kind.Name, message.Sid)).FirstOrDefault()?.Seq ?? 0;
    }
}
