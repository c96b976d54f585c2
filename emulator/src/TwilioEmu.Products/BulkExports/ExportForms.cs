using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.BulkExports;

/// <summary>The forms of the records kept here.</summary>
public static class ExportForms
{
    public static IReadOnlyList<RecordForm> All { get; } = [ExportConfiguration.Form, ExportJob.Form];
}
