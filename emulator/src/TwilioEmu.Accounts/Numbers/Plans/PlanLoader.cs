using System.Text.Json;

namespace TwilioEmu.Accounts.Numbers.Plans;

/// <summary>Reads <c>plans.json</c>, written by NumberPlanCompiler.</summary>
internal static class PlanLoader
{
    private static readonly Dictionary<string, LineType> Types = new(StringComparer.Ordinal)
    {
        ["fixed"] = LineType.FixedLine,
        ["mobile"] = LineType.Mobile,
        ["toll_free"] = LineType.TollFree,
        ["premium"] = LineType.PremiumRate,
        ["shared_cost"] = LineType.SharedCost,
        ["voip"] = LineType.Voip,
        ["personal"] = LineType.PersonalNumber,
        ["pager"] = LineType.Pager,
        ["uan"] = LineType.Uan,
        ["voicemail"] = LineType.Voicemail,
    };

    // libphonenumber asks in this order: the first range that holds a number decides.
    private static readonly LineType[] Order =
    [
        LineType.FixedLine, LineType.Mobile, LineType.PremiumRate, LineType.TollFree, LineType.SharedCost, LineType.Voip,
        LineType.PersonalNumber, LineType.Pager, LineType.Uan, LineType.Voicemail,
    ];

    public static List<CountryPlan> Load()
    {
        using var stream = typeof(PlanLoader).Assembly.GetManifestResourceStream("Numbers/plans.json")
            ?? throw new InvalidOperationException("plans.json is not in the assembly");
        using var json = JsonDocument.Parse(stream);
        var plans = new List<CountryPlan>();
        foreach (var entry in json.RootElement.GetProperty("countries").EnumerateArray()) plans.Add(Read(entry));
        return plans;
    }

    private static CountryPlan Read(JsonElement entry)
    {
        var country = new PlanCountry(
            entry.GetProperty("iso").GetString()!, entry.GetProperty("name").GetString()!, entry.GetProperty("code").GetString()!);
        var rule = Text(entry, "rule");
        var ranges = new List<LineRange>();
        foreach (var type in entry.GetProperty("types").EnumerateObject())
        {
            ranges.Add(new LineRange(
                Types[type.Name], type.Value[0].GetString()!, type.Value.GetArrayLength() > 1 ? Numbers(type.Value[1]) : null));
        }
        var formats = new List<NationalFormat>();
        if (entry.TryGetProperty("formats", out var written))
        {
            foreach (var format in written.EnumerateArray())
            {
                var own = format.GetArrayLength() > 3 ? format[3].GetString() : rule;
                formats.Add(new NationalFormat(format[0].GetString()!, format[1].GetString()!, format[2].GetString()!, own));
            }
        }
        return new CountryPlan(
            country, entry.GetProperty("general").GetString()!, Text(entry, "strip") ?? Text(entry, "national"), Text(entry, "leading"),
            Text(entry, "abroad"))
        {
            IsMain = entry.TryGetProperty("main", out _),
            Lengths = Numbers(entry.GetProperty("lengths")),
            Ranges = [.. ranges.OrderBy(r => Array.IndexOf(Order, r.Type))],
            Formats = formats,
            Transform = Text(entry, "transform"),
        };
    }

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetInt32())];
}
