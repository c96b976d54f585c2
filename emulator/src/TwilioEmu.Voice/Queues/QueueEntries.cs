using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Voice.Queues;

/// <summary>Queues of calls, and who waits in them.</summary>
public static class QueueEntries
{
    private static readonly string[] Record = ["friendly_name", "max_size"];

    public static readonly EntryKind Created = new(
        "queue.created", "a queue was made, by REST or by the first call that waits in it", Record);
    public static readonly EntryKind Updated = new("queue.updated", "a queue was changed", Record) { KeepsPrevious = true };
    public static readonly EntryKind Deleted = new("queue.deleted", "an empty queue was removed", Record);
    public static readonly EntryKind Joined = new("call.enqueued", "a call waits in a queue", "queue", "queue_sid", "position");
    public static readonly EntryKind Taken = new(
        "call.dequeued", "a call was taken from the front of its queue, or picked out of it", "queue", "queue_sid", "by", "waited");
    public static readonly EntryKind Left = new(
        "call.left_queue", "a call is done with its queue", "queue", "queue_sid", "result", "waited");
    public static readonly EntryKind Unknown = new(
        "call.queue_unknown", "a call was to take the front of a queue that is not there", "queue");

    public static IReadOnlyList<EntryKind> All { get; } = [Created, Updated, Deleted, Joined, Taken, Left, Unknown];
}
