using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Products.Usage;

/// <summary>Triggers of usage.</summary>
public static class UsageEntries
{
    private static readonly string[] Record =
    [
        "category", "trigger_by", "trigger_value", "recurring", "callback_url", "callback_method", "friendly_name", "date_fired",
    ];

    public static readonly EntryKind TriggerCreated = new("usage_trigger.created", "a usage trigger was set", Record);
    public static readonly EntryKind TriggerUpdated = new("usage_trigger.updated", "a usage trigger was changed", Record)
    { KeepsPrevious = true };
    public static readonly EntryKind TriggerFired = new("usage_trigger.fired", "usage reached what a trigger waits for", Record);
    public static readonly EntryKind TriggerDeleted = new("usage_trigger.deleted", "a usage trigger was deleted", Record);

    public static IReadOnlyList<EntryKind> All { get; } = [TriggerCreated, TriggerUpdated, TriggerFired, TriggerDeleted];
}
