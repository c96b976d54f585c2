using System.Globalization;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Pricing;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Usage;

/// <summary>Usage/Records and its subresources.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/usage/api/usage-record. A record for every category, used or not, newest period first (order inferred);
/// of a recurring period only days on which the account existed.
/// </remarks>
internal sealed class UsageRecordOperations(World world, AccountBook accounts, UsageLedger ledger, NumberRents rents)
{
    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours => Enum.GetValues<UsagePeriod>()
        .Select(period => ("ListUsageRecord" + period.Path(), (Behaviour)(request => List(request, period))));

    private Answer List(RestRequest request, UsagePeriod period)
    {
        var today = DateOnly.FromDateTime(world.Clock.GetUtcNow().UtcDateTime);
        var account = accounts.Find(request.Account)!;
        var range = period.Range(DateOnly.FromDateTime(account.DateCreated.UtcDateTime), today);
        var query = request.Query;
        if (!TryDay(query, "StartDate", today, out var start, out var refusal)
            || !TryDay(query, "EndDate", today, out var end, out refusal))
        {
            return refusal!;
        }
        if (start > end) return Answer.Refuse(20001, $"StartDate {query["StartDate"]} is after EndDate {query["EndDate"]}");
        if (query["Category"] is { Length: > 0 } name && UsageCategory.Find(name) is null)
        {
            return Answer.Refuse(20001, $"Invalid Category: '{name}' is not a usage category");
        }
        if (query["IncludeSubaccounts"] is { Length: > 0 } flag && !bool.TryParse(flag, out _))
        {
            return Answer.Refuse(20001, $"Invalid IncludeSubaccounts: '{flag}' is not true or false");
        }

        var asked = new UsageRange(
            start ?? (period.IsFixed() ? DateOnly.MinValue : range.From), end ?? (period.IsFixed() ? DateOnly.MaxValue : range.Until));
        // One record may cover any days; a row of them must end somewhere, and fixed periods are only narrowed.
        range = period is UsagePeriod.Whole or UsagePeriod.AllTime ? asked : range.And(asked);
        rents.CatchUp();
        IReadOnlyList<UsageCategory> categories = query["Category"] is { Length: > 0 } one ? [UsageCategory.Find(one)!] : UsageCategory.All;
        AccountSid[] family = query["IncludeSubaccounts"] is { Length: > 0 } without && !bool.Parse(without)
            ? [account.Sid]
            : [account.Sid, .. accounts.NewestFirst.Where(a => a.Owner == account.Sid && a.IsSubaccount).Select(a => a.Sid)];
        var asOf = world.Clock.GetUtcNow();
        return new Answer.List(after => Walk(period, range, categories, after).Select(at => (
            Key(at.Range, at.Category),
            (IFace)new UsageRecordFace(account.Sid, period, at.Category, at.Range, Sum(family, at.Category, at.Range), asOf))));
    }

    private Tally Sum(AccountSid[] family, UsageCategory category, UsageRange range)
    {
        var sum = default(Tally);
        foreach (var member in family) sum += ledger.Sum(member, category.Name, range.From, range.Until);
        return sum;
    }

    /// <summary>From the slice and category after a key, found without walking there.</summary>
    private static IEnumerable<(UsageRange Range, UsageCategory Category)> Walk(
        UsagePeriod period, UsageRange range, IReadOnlyList<UsageCategory> categories, string? after)
    {
        if (range.IsEmpty) yield break;
        var (day, skip) = (range.Until, 0);
        if (after is not null)
        {
            if (!TryKey(after, categories, out day, out skip) || day < range.From || day > range.Until) yield break;
        }
        while (true)
        {
            var slice = period.SliceAt(day, range);
            for (; skip < categories.Count; skip++) yield return (slice, categories[skip]);
            skip = 0;
            if (slice.From <= range.From) yield break;
            day = slice.From.AddDays(-1);
        }
    }

    // Page tokens name the slice's last day and the category: 20260105-sms.
    private static string Key(UsageRange slice, UsageCategory category) =>
        $"{slice.Until.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}-{category.Name}";

    private static bool TryKey(string key, IReadOnlyList<UsageCategory> categories, out DateOnly day, out int next)
    {
        (day, next) = (default, 0);
        if (key.Length < 10 || key[8] != '-'
            || !DateOnly.TryParseExact(key[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
        {
            return false;
        }
        while (next < categories.Count && categories[next].Name != key[9..]) next++;
        return next++ < categories.Count;
    }

    private static bool TryDay(FormValues query, string name, DateOnly today, out DateOnly? day, out Answer? refusal)
    {
        (day, refusal) = (null, null);
        if (query[name] is not { Length: > 0 } text) return true;
        if (UsageRange.TryParseDay(text, today, out var parsed))
        {
            day = parsed;
            return true;
        }
        refusal = new Answer.Refusal(ErrorCodes.Error(
            20001, $"Invalid {name}: '{text}' is neither a date (YYYY-MM-DD) nor an offset from today (-30days)"));
        return false;
    }
}
