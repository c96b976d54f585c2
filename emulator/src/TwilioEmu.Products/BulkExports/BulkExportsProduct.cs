using TwilioEmu.Accounts.Attaching;

namespace TwilioEmu.Products.BulkExports;

/// <summary>Bulk export of one world: daily files of what happened, and jobs for more of them.</summary>
/// <remarks>Loop-confined.</remarks>
/// <param name="sources">What can be exported; null for messages, calls, conferences and participants.</param>
public sealed class BulkExportsProduct(IReadOnlyList<ExportSource>? sources = null) : IProduct
{
    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        var book = new ExportBook(floor.World, sources ?? ExportSources.Of(floor.World, floor.Catalog));
        var jobs = new ExportJobOperations(book, floor.NewLanes());
        jobs.KeepAppointments();
        floor.Hang([.. new ExportDayOperations(book).Behaviours, .. jobs.Behaviours]);
    }
}
