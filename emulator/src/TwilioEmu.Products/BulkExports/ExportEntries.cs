using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Products.BulkExports;

/// <summary>Exports of a day's records.</summary>
public static class ExportEntries
{
    private static readonly string[] Record =
    [
        "job_sid", "resource_type", "friendly_name", "start_day", "end_day", "status",
    ];

    public static readonly EntryKind ConfigurationUpdated = new(
        "export_configuration.updated", "what is exported, and who is told, changed",
        "resource_type", "enabled", "webhook_url", "webhook_method")
    { KeepsPrevious = true };
    public static readonly EntryKind JobCreated = new("export_job.created", "days were asked for", Record);
    public static readonly EntryKind JobCompleted = new("export_job.completed", "the days' files are there", Record);
    public static readonly EntryKind JobDeleted = new("export_job.deleted", "an export was called off", Record);

    public static IReadOnlyList<EntryKind> All { get; } = [ConfigurationUpdated, JobCreated, JobCompleted, JobDeleted];
}
