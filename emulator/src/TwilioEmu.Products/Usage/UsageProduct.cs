using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Accounts.Pricing;

namespace TwilioEmu.Products.Usage;

/// <summary>The books of one world: usage records, triggers and balances.</summary>
/// <remarks>Loop-confined. Build it before anything happens that costs: it reads the journal from there on.</remarks>
public sealed class UsageProduct : IProduct
{
    private Action? _resume;

    /// <inheritdoc/>
    public void Resume() => _resume?.Invoke();

    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        // Dates of records may be offsets from today (twilio.com/docs/usage/api/usage-record).
        floor.Door.Declare(new("api_v2010")
        {
            OwnChecks =
            [
                "ListUsageRecord", "ListUsageRecordAllTime", "ListUsageRecordDaily", "ListUsageRecordLastMonth", "ListUsageRecordMonthly",
                "ListUsageRecordThisMonth", "ListUsageRecordToday", "ListUsageRecordYearly", "ListUsageRecordYesterday",
            ],
            Parameters = [new(20002, "usage_trigger", "FriendlyName")],
        });
        var (world, accounts) = (floor.World, floor.Accounts);
        var rents = new NumberRents(world, floor.Prices);
        var ledger = new UsageLedger(world);
        var watch = new TriggerWatch(world, accounts, ledger, floor.NewLanes());
        _resume = watch.Resume;
        floor.Hang(
        [
            .. new UsageRecordOperations(world, accounts, ledger, rents).Behaviours,
            .. new UsageTriggerOperations(world, watch, rents).Behaviours,
            ("FetchBalance", new BalanceOperations(accounts, ledger, rents).Fetch),
        ]);
    }
}
