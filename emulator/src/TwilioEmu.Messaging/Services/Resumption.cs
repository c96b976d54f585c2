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
    // Of many messages: what each needs to take its place, and not the message itself.
    private List<(DateTimeOffset Since, string Queue, QueuedMessage Place)> _queued = [];
    private readonly HashSet<string> _queues = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _firstKept = world.Journal.Find(world.Journal.FirstSeq)?.At ?? DateTimeOffset.MinValue;
    private bool _isInOrder = true;

    public void Run()
    {
        foreach (var account in world.Store.OwnersOf(Message.Table.Name).ToList())
        {
            foreach (var message in world.Store.Table(Message.Table, account).Unsettled())
            {
                switch (message.Status)
                {
                    case MessageStatus.Accepted: dispatch.Choose(message, CauseOf(message)); break;
                    case MessageStatus.Scheduled: schedule.Resume(message, CauseOf(message)); break;
                    case MessageStatus.Queued: Resume(message, CauseOf(message)); break;
                    case MessageStatus.Sending or MessageStatus.Sent:
                        outbox.ResumeUnderway(message, CauseOf(message with { Status = MessageStatus.Sending })); break;
                }
            }
        }
        if (!_isInOrder) _queued = [.. _queued.OrderBy(static q => q.Since)];
        foreach (var (_, queue, place) in _queued) outbox.Resume(queue, place);
    }

    private void Resume(Message message, long cause)
    {
        if (senders.OfQueued(message) is not { } sender)
        {
            outbox.Fail(message, DeliveryErrors.NoSender, cause);
            return;
        }
        // Each message has its sender's name as a text of its own.
        if (!_queues.TryGetValue(sender.Queue, out var queue)) _queues.Add(queue = sender.Queue);
        // Updated is when it was queued: nothing else happens to a message that waits, but for its media.
        _isInOrder &= _queued.Count == 0 || _queued[^1].Since <= message.Updated;
        _queued.Add((message.Updated, queue, Outbox.PlaceOf(message, sender, cause)));
        outbox.Await(message, cause);
    }

    /// <summary>Seq of the entry that brought a message to its status; 0 where the journal has let it go.</summary>
    private long CauseOf(Message message) => message.Updated < _firstKept ? 0
        : world.Journal.NewestFirst(new Selection(message.Status.Kind().Name, message.Sid)).FirstOrDefault()?.Seq ?? 0;
}
