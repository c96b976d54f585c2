using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Products.Monitor;

/// <summary>Alarms of the Console.</summary>
public static class AlarmEntries
{
    private static readonly string[] Record =
    [
        "friendlyName", "enabled", "queryType", "triggerValue", "query", "timeWindow", "webhook",
    ];

    public static readonly EntryKind Created = new("alarm.created", "an alarm was set", Record);
    public static readonly EntryKind Updated = new("alarm.updated", "an alarm was changed", Record) { KeepsPrevious = true };
    public static readonly EntryKind Deleted = new("alarm.deleted", "an alarm was deleted", Record);

    public static IReadOnlyList<EntryKind> All { get; } = [Created, Updated, Deleted];
}
