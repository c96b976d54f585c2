using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Accounts.Pricing;

namespace TwilioEmu.Products.Usage;

/// <summary>The books of one world: usage records, triggers and balances.</summary>
/// <remarks>Loop-confined. Build it before anything happens that costs: it reads the journal from there on.</remarks>
public sealed class UsageProduct : IProduct
{
    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        var (world, accounts) = (floor.World, floor.Accounts);
        var rents = new NumberRents(world, floor.Prices);
        var ledger = new UsageLedger(world);
        var watch = new TriggerWatch(world, accounts, ledger, floor.NewLanes());
        floor.Hang(
        [
            .. new UsageRecordOperations(world, accounts, ledger, rents).Behaviours,
            .. new UsageTriggerOperations(world, watch, rents).Behaviours,
            ("FetchBalance", new BalanceOperations(accounts, ledger, rents).Fetch),
        ]);
    }
}
