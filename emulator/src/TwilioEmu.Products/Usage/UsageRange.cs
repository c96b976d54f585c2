using System.Globalization;

namespace TwilioEmu.Products.Usage;

/// <summary>Days, both ends inclusive.</summary>
internal readonly record struct UsageRange(DateOnly From, DateOnly Until)
{
    // More would leave the calendar; nobody asks for the usage of a thousand years.
    private const int MaxOffset = 100_000;

    public bool IsEmpty => From > Until;

    public UsageRange And(UsageRange other) => new(From > other.From ? From : other.From, Until < other.Until ? Until : other.Until);

    /// <summary>Reads <c>YYYY-MM-DD</c>, or an offset from today: <c>-30days</c>, <c>+1month</c>, <c>-1year</c>.</summary>
    /// <remarks>twilio.com/docs/usage/api/usage-record#read-multiple-usagerecord-resources.</remarks>
    public static bool TryParseDay(string text, DateOnly today, out DateOnly day)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)) return true;
        if (text is not (['+' or '-', ..])) return false;
        var digits = 1;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        if (!int.TryParse(text.AsSpan(1, digits - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > MaxOffset)
        {
            return false;
        }
        if (text[0] == '-') count = -count;
        try
        {
            switch (text[digits..])
            {
                case "day" or "days": day = today.AddDays(count); return true;
                case "week" or "weeks": day = today.AddDays(count * 7); return true;
                case "month" or "months": day = today.AddMonths(count); return true;
                case "year" or "years": day = today.AddYears(count); return true;
                default: return false;
            }
        }
        catch (ArgumentOutOfRangeException)
        {
            // Before the year 1 or after 9999.
            return false;
        }
    }
}
