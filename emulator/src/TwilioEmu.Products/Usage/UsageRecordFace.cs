using System.Globalization;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.Usage;

/// <summary>One usage record: a category over some days.</summary>
/// <remarks>twilio.com/docs/usage/api/usage-record. Numbers are strings, prices positive, <c>usd</c> in lower case.</remarks>
internal sealed class UsageRecordFace(
    AccountSid account, UsagePeriod period, UsageCategory category, UsageRange range, Tally tally, DateTimeOffset asOf) : IFace
{
    private static readonly (string Name, UsagePeriod Period)[] Subresources =
    [
        ("all_time", UsagePeriod.AllTime), ("daily", UsagePeriod.Daily), ("last_month", UsagePeriod.LastMonth),
        ("monthly", UsagePeriod.Monthly),
        ("this_month", UsagePeriod.ThisMonth), ("today", UsagePeriod.Today), ("yearly", UsagePeriod.Yearly),
        ("yesterday", UsagePeriod.Yesterday),
    ];

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "account_sid": to.Write(account.Value); break;
            case "api_version": to.Write("2010-04-01"); break;
            case "as_of": to.Write(asOf.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture)); break;
            case "category": to.Write(category.Name); break;
            // Money is not counted: the total has no count (observed in the documents' example).
            case "count": to.Write(category.Name == UsageCategory.Total ? null : Spell(tally.Count)); break;
            case "count_unit": to.Write(category.CountUnit); break;
            case "description": to.Write(category.Description); break;
            case "end_date": to.Write(Spell(range.Until)); break;
            case "price": to.Write(Spell(tally.Price)); break;
            case "price_unit": to.Write("usd"); break;
            case "start_date": to.Write(Spell(range.From)); break;
            case "subresource_uris": WriteSubresources(to); break;
            case "uri":
                to.Write($"{Path(period)}?Category={category.Name}&StartDate={Spell(range.From)}&EndDate={Spell(range.Until)}"); break;
            case "usage": to.Write(Spell(tally.Usage)); break;
            case "usage_unit": to.Write(category.UsageUnit); break;
        }
    }

    private void WriteSubresources(FaceWriter to)
    {
        to.Json.WriteStartObject();
        foreach (var (name, other) in Subresources) to.Json.WriteString(name, $"{Path(other)}?Category={category.Name}");
        to.Json.WriteEndObject();
    }

    private string Path(UsagePeriod of) =>
        $"/2010-04-01/Accounts/{account.Value}/Usage/Records{(of == UsagePeriod.Whole ? "" : "/" + of.Path())}.json";

    private static string Spell(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Without trailing zeros: <c>0</c>, <c>0.0083</c>.</summary>
    internal static string Spell(decimal value) => value.ToString("0.##########", CultureInfo.InvariantCulture);
}
