using System.Globalization;

namespace TwilioEmu.Products.BulkExports;

/// <summary>How days are spelt here: yyyy-mm-dd, UTC (twilio.com/docs/usage/bulkexport/day).</summary>
internal static class ExportDays
{
    private const string Form = "yyyy-MM-dd";

    public static string Spell(DateOnly day) => day.ToString(Form, CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>Every day from the first to the last, both included.</summary>
    public static IEnumerable<DateOnly> Between(DateOnly first, DateOnly last)
    {
        for (var day = first; day <= last; day = day.AddDays(1)) yield return day;
    }
}
