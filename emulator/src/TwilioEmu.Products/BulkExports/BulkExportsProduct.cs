using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.BulkExports;

/// <summary>Bulk export of one world: daily files of what happened, and jobs for more of them.</summary>
/// <remarks>Loop-confined. It knows no room: what can be exported is handed down.</remarks>
public sealed class BulkExportsProduct
{
    /// <param name="world">Where it lives.</param>
    /// <param name="sources">What can be exported.</param>
    /// <param name="tokenOf">The token that signs an account's webhooks.</param>
    /// <param name="lanes">The way out.</param>
    public BulkExportsProduct(World world, IReadOnlyList<ExportSource> sources, Func<AccountSid, string> tokenOf, CallbackLanes lanes)
    {
        var book = new ExportBook(world, sources);
        Behaviours = [.. new ExportDayOperations(book).Behaviours, .. new ExportJobOperations(book, tokenOf, lanes).Behaviours];
    }

    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours { get; }
}
