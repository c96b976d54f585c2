using System.Text.Json;

namespace NumberPlanCompiler;

/// <summary>Coordinates and a postal code for a city: of all its codes the first near their middle.</summary>
internal sealed class PostalBook
{
    private static readonly Dictionary<string, string> Provinces = new()
    {
        ["Alberta"] = "AB",
        ["British Columbia"] = "BC",
        ["Manitoba"] = "MB",
        ["New Brunswick"] = "NB",
        ["Newfoundland"] = "NL",
        ["Newfoundland and Labrador"] = "NL",
        ["Newfoundland And Labrador"] = "NL",
        ["Nova Scotia"] = "NS",
        ["Northwest Territories"] = "NT",
        ["Northwest Territory"] = "NT",
        ["Nunavut"] = "NU",
        ["Nunavut Territory"] = "NU",
        ["Ontario"] = "ON",
        ["Prince Edward Island"] = "PE",
        ["Quebec"] = "QC",
        ["Saskatchewan"] = "SK",
        ["Yukon"] = "YT",
        ["Yukon Territory"] = "YT",
    };

    private static readonly string[] Centres = ["downtown ", "central ", "old "];

    private const double DowntownDegrees = 0.03;

    private readonly Dictionary<(string City, string Region), List<(string Code, double Latitude, double Longitude)>> _byCity = [];

    public static PostalBook Read(string folder)
    {
        var book = new PostalBook();
        foreach (var file in new[] { "codes.js", "codesCanada.js" })
        {
            // exports.codes = {...}; and what follows the object does not matter here.
            var text = File.ReadAllText(Path.Combine(folder, file));
            var start = text.IndexOf("exports.codes", StringComparison.Ordinal);
            text = text[text.IndexOf('{', start)..];
            var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text));
            using var codes = JsonDocument.ParseValue(ref reader);
            foreach (var entry in codes.RootElement.EnumerateObject()) book.Add(entry.Value);
        }
        return book;
    }

    public (string Code, double Latitude, double Longitude)? Find(string city, string region)
    {
        if (!_byCity.TryGetValue((Plain(city), region), out var all)) return null;
        var (latitude, longitude) = (Median(all.Select(c => c.Latitude)), Median(all.Select(c => c.Longitude)));
        // Of those downtown the lowest code: post office boxes and single buildings come later in the row.
        double Distance((string, double Latitude, double Longitude) c) => Math.Max(Math.Abs(c.Latitude - latitude), Math.Abs(c.Longitude - longitude));
        var nearest = all.Min(Distance);
        return all.Where(c => Distance(c) <= Math.Max(nearest, DowntownDegrees)).MinBy(c => c.Code, StringComparer.Ordinal);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private void Add(JsonElement entry)
    {
        if (!entry.TryGetProperty("latitude", out var latitude) || latitude.ValueKind != JsonValueKind.Number
            || entry.GetProperty("longitude").ValueKind != JsonValueKind.Number)
        {
            return;
        }
        var state = entry.GetProperty("state").GetString()!;
        var region = Provinces.GetValueOrDefault(state, state);
        // Canadian cities carry a part of town: "Toronto (downtown Core)", "Calgary (Northwest)".
        var city = Plain(entry.GetProperty("city").GetString()!.Split('(')[0]);
        foreach (var part in Centres) if (city.StartsWith(part, StringComparison.Ordinal)) city = city[part.Length..];
        if (!_byCity.TryGetValue((city, region), out var all)) _byCity[(city, region)] = all = [];
        all.Add((entry.GetProperty("zip").GetString()!, latitude.GetDouble(), entry.GetProperty("longitude").GetDouble()));
    }

    private static string Plain(string city)
    {
        var plain = city.Trim().ToLowerInvariant().Replace("é", "e").Replace("è", "e").Replace("ô", "o").Replace('-', ' ').Replace("'", "");
        if (plain.StartsWith("st. ", StringComparison.Ordinal)) plain = "saint " + plain[4..];
        if (plain.StartsWith("ft. ", StringComparison.Ordinal)) plain = "fort " + plain[4..];
        foreach (var suffix in new[] { " township", " charter", " city" })
        {
            if (plain.EndsWith(suffix, StringComparison.Ordinal) && plain.Length > suffix.Length + 6 && suffix != " city") plain = plain[..^suffix.Length];
        }
        return plain;
    }
}
