using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Pricing;
using TwilioEmu.Kernel;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Usage;

/// <summary>The books of one world: usage records, triggers and balances.</summary>
/// <remarks>Loop-confined. Build it before anything happens that costs: it reads the journal from there on.</remarks>
public sealed class UsageProduct
{
    /// <param name="world">Where it lives.</param>
    /// <param name="accounts">Whose usage, and who pays for it.</param>
    /// <param name="rents">What falls due by the month.</param>
    /// <param name="lanes">The way out for triggers.</param>
    public UsageProduct(World world, AccountBook accounts, NumberRents rents, CallbackLanes lanes)
    {
        var ledger = new UsageLedger(world);
        var watch = new TriggerWatch(world, accounts, ledger, lanes);
        Behaviours =
        [
            .. new UsageRecordOperations(world, accounts, ledger, rents).Behaviours,
            .. new UsageTriggerOperations(world, watch, rents).Behaviours,
            ("FetchBalance", new BalanceOperations(accounts, ledger, rents).Fetch),
        ];
    }

    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours { get; }
}
