using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.Monitor;

/// <summary>The forms of the records kept here.</summary>
public static class MonitorForms
{
    public static IReadOnlyList<RecordForm> All { get; } = [Alarm.Form];
}
