using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.Events;

/// <summary>The forms of the records kept here.</summary>
public static class EventForms
{
    public static IReadOnlyList<RecordForm> All { get; } = [SinkTest.Form];
}
