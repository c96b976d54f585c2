using System.Globalization;
using TwilioEmu.Accounts.Billing;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.Usage;

/// <summary>What was used and what it cost: per account, category and UTC day.</summary>
/// <remarks>
/// Loop-confined. A running fold of the journal: it reads each entry once and outlives what is trimmed. An event costs as many additions
/// as its category has ancestors, a sum as many as its range has days with usage.
/// </remarks>
internal sealed class UsageLedger
{
    private const string Prefix = "usage/";

    private readonly Dictionary<(AccountSid Account, string Category), SortedList<DateOnly, UsageDay>> _days = [];

    private readonly World _world;

    // Charges come in bursts: of one account and category, on one day. A day that is there stays.
    private (AccountSid Account, UsageCategory? Category, DateOnly Day, UsageDay[] Line) _lately = (default, null, default, []);

    public UsageLedger(World world)
    {
        _world = world;
        foreach (var (name, part) in world.Parts.TakeAll(Prefix))
        {
            if (name[Prefix.Length..].Split('/') is not [var account, var category, var day]) continue;
            var tally = new Tally(part.Long("count", null), part.Money("usage", null), part.Money("price", null));
            Add(DayOf(new AccountSid(account), category, DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture)), tally);
        }
        world.Journal.Subscribe(Read);
    }

    /// <summary>Told of every charge, after it was added: whose it is, and on which day it fell.</summary>
    public event Action<AccountSid, DateOnly>? Charged;

    /// <summary>The sum of a category over days, both inclusive.</summary>
    public Tally Sum(AccountSid account, string category, DateOnly from, DateOnly until)
    {
        var sum = default(Tally);
        if (!_days.TryGetValue((account, category), out var days)) return sum;
        for (var i = FirstFrom(days, from); i < days.Count && days.GetKeyAtIndex(i) <= until; i++) sum += days.GetValueAtIndex(i).Tally;
        return sum;
    }

    /// <summary>All a number of accounts ever spent, in US dollars.</summary>
    public decimal Spent(IEnumerable<AccountSid> accounts) =>
        accounts.Sum(a => Sum(a, UsageCategory.Total, DateOnly.MinValue, DateOnly.MaxValue).Price);

    private void Read(Entry entry)
    {
        var billable = entry.Data is RecordChange { IsRemoval: false } change ? change.Record as IBillable : entry.Data as IBillable;
        if (billable?.ChargeFor(entry.Kind) is not { } charge) return;
        if (UsageCategory.Find(charge.Category) is not { } category)
        {
            throw new InvalidOperationException($"there is no usage category {charge.Category}");
        }
        var day = DateOnly.FromDateTime((charge.At ?? entry.At).UtcDateTime);
        var line = category.WithAncestors();
        var days = LineOf(entry.Account, category, day);
        for (var i = 0; i < line.Count; i++)
        {
            Add(
                days[i],
                line[i].Name == UsageCategory.Total
                    ? new Tally(0, charge.Price, charge.Price)
                    : new Tally(charge.Count, charge.Usage, charge.Price));
        }
        Charged?.Invoke(entry.Account, day);
    }

    private void Add(UsageDay day, Tally tally)
    {
        day.Tally += tally;
        _world.Parts.Put(day.Part, day.Write);
    }

    /// <summary>The days of a category and of its ancestors, in their order.</summary>
    private UsageDay[] LineOf(AccountSid account, UsageCategory category, DateOnly day)
    {
        if (_lately.Category != category || _lately.Day != day || _lately.Account != account)
        {
            _lately = (account, category, day, [.. category.WithAncestors().Select(each => DayOf(account, each.Name, day))]);
        }
        return _lately.Line;
    }

    private UsageDay DayOf(AccountSid account, string category, DateOnly day)
    {
        if (!_days.TryGetValue((account, category), out var days)) _days.Add((account, category), days = []);
        if (!days.TryGetValue(day, out var there)) days.Add(day, there = new UsageDay($"{Prefix}{account}/{category}/{day:O}"));
        return there;
    }

    /// <summary>The index of the first day that is not before another.</summary>
    private static int FirstFrom(SortedList<DateOnly, UsageDay> days, DateOnly from)
    {
        var (low, high) = (0, days.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (days.GetKeyAtIndex(middle) < from) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
