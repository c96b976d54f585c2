using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Products.Usage;

/// <summary>How usage records cut time: the subresources of Usage/Records.</summary>
internal enum UsagePeriod
{
    /// <summary>One record for the whole range.</summary>
    Whole,
    Daily,
    Monthly,
    Yearly,
    AllTime,
    Today,
    Yesterday,
    ThisMonth,
    LastMonth,
}

/// <summary>Which days a period means.</summary>
internal static class UsagePeriods
{
    private static readonly Words<UsagePeriod> Paths = new(
        (UsagePeriod.Whole, ""), (UsagePeriod.Daily, "Daily"), (UsagePeriod.Monthly, "Monthly"), (UsagePeriod.Yearly, "Yearly"),
        (UsagePeriod.AllTime, "AllTime"),
        (UsagePeriod.Today, "Today"), (UsagePeriod.Yesterday, "Yesterday"), (UsagePeriod.ThisMonth, "ThisMonth"),
        (UsagePeriod.LastMonth, "LastMonth"));

    /// <summary>The last part of the list path; empty for Usage/Records itself.</summary>
    public static string Path(this UsagePeriod period) => Paths.Spell(period);

    /// <summary>True where the period itself says which days.</summary>
    public static bool IsFixed(this UsagePeriod period) =>
        period is UsagePeriod.Today or UsagePeriod.Yesterday or UsagePeriod.ThisMonth or UsagePeriod.LastMonth;

    /// <summary>The days meant when none are asked for.</summary>
    /// <param name="period">Which.</param>
    /// <param name="opened">The day the account was opened.</param>
    /// <param name="today">The present day, UTC.</param>
    public static UsageRange Range(this UsagePeriod period, DateOnly opened, DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        return period switch
        {
            UsagePeriod.Today => new(today, today),
            UsagePeriod.Yesterday => new(today.AddDays(-1), today.AddDays(-1)),
            UsagePeriod.ThisMonth => new(month, today),
            UsagePeriod.LastMonth => new(month.AddMonths(-1), month.AddDays(-1)),
            _ => new(opened, today),
        };
    }

    /// <summary>The slice that a day lies in, of a range.</summary>
    public static UsageRange SliceAt(this UsagePeriod period, DateOnly day, UsageRange range) => range.And(period switch
    {
        UsagePeriod.Daily => new(day, day),
        UsagePeriod.Monthly =>
            new(new DateOnly(day.Year, day.Month, 1), new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month))),
        UsagePeriod.Yearly => new(new DateOnly(day.Year, 1, 1), new DateOnly(day.Year, 12, 31)),
        _ => range,
    });
}
