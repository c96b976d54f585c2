using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Products.Events;

/// <summary>Entries of Event Streams.</summary>
public static class EventEntries
{
    public static readonly EntryKind Dropped = new(
        "event.dropped", "an event reaches its sink never: refused, too old, or too many wait", "sink_sid", "events", "code", "why");

    public static readonly EntryKind Tested = new("event.tested", "a sink was sent a test event", "sink_sid", "test_id");

    public static IReadOnlyList<EntryKind> All { get; } = [Dropped, Tested];
}
