using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace TwilioEmu.Accounts.Numbers.Plans;

/// <summary>The area codes of the United States and Canada with the places they serve. Pure.</summary>
/// <remarks>Written by NumberPlanCompiler; read when first asked for. Safe from any thread.</remarks>
public static class AreaPlan
{
    private static readonly Lazy<FrozenDictionary<string, Area>> Loaded = new(Load);

    /// <summary>Every area code, in order.</summary>
    public static IEnumerable<Area> All => Loaded.Value.Values.OrderBy(a => a.Code, StringComparer.Ordinal);

    /// <summary>An area code, <c>415</c>; null for one that no place has, toll-free codes among them.</summary>
    public static Area? Find(ReadOnlySpan<char> code) =>
        Loaded.Value.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(code, out var area) ? area : null;

    /// <summary>Where a number of +1 belongs: the place of its exchange, else the largest of its area code; null elsewhere.</summary>
    public static AreaPlace? PlaceOf(string e164)
    {
        if (e164.Length != 12 || !e164.StartsWith("+1", StringComparison.Ordinal)
            || Find(e164.AsSpan(2, 3)) is not { Places.Count: > 0 } area)
        {
            return null;
        }
        var exchange = e164.Substring(5, 3);
        foreach (var place in area.Places) if (place.Exchanges.Contains(exchange)) return place;
        return area.Places[0];
    }

    private static FrozenDictionary<string, Area> Load()
    {
        using var stream = typeof(AreaPlan).Assembly.GetManifestResourceStream("Numbers/areas.json")
            ?? throw new InvalidOperationException("areas.json is not in the assembly");
        using var json = JsonDocument.Parse(stream);
        var areas = new List<Area>();
        foreach (var entry in json.RootElement.GetProperty("areas").EnumerateArray())
        {
            var places = entry.GetProperty("places").EnumerateArray().Select(p => new AreaPlace(
                p[0].GetString()!, p[1].GetString()!, p[2].GetString()!, p[3].GetDouble(), p[4].GetDouble(),
                p[5].GetString() is { Length: > 0 } exchanges ? exchanges.Split(' ') : []));
            areas.Add(new Area(
                entry.GetProperty("code").GetString()!, entry.GetProperty("country").GetString()!,
                entry.TryGetProperty("lata", out var lata) ? lata.GetString() : null, [.. places]));
        }
        return areas.ToFrozenDictionary(a => a.Code, StringComparer.Ordinal);
    }
}

/// <summary>An area code.</summary>
/// <param name="Code">Three digits.</param>
/// <param name="Country"><c>US</c> or <c>CA</c>.</param>
/// <param name="Lata">The local access and transport area most of it lies in; 888 in Canada.</param>
/// <param name="Places">The largest first.</param>
public sealed record Area(string Code, string Country, string? Lata, IReadOnlyList<AreaPlace> Places)
{
    public string City => Places.Count > 0 ? Places[0].City : "";

    /// <summary>The state or province, two letters.</summary>
    public string Region => Places.Count > 0 ? Places[0].Region : "";

    public string PostalCode => Places.Count > 0 ? Places[0].PostalCode : "";

    public double? Latitude => Places.Count > 0 ? Places[0].Latitude : null;

    public double? Longitude => Places.Count > 0 ? Places[0].Longitude : null;
}

/// <summary>A city or town of an area code.</summary>
/// <param name="City">In English.</param>
/// <param name="Region">The state or province, two letters.</param>
/// <param name="PostalCode">A ZIP code; in Canada the first half of a postal code.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="Exchanges">Some of its own: the three digits behind the area code. Others belong to the area's first place here.</param>
public sealed record AreaPlace(
    string City, string Region, string PostalCode, double Latitude, double Longitude, IReadOnlyList<string> Exchanges)
{
    /// <summary>The name as exchanges are billed by: ten capitals (inferred from the abbreviations in live answers).</summary>
    public string RateCenter
    {
        get
        {
            var name = City.ToUpper(CultureInfo.InvariantCulture)
                .Replace(".", "", StringComparison.Ordinal)
                .Replace("'", "", StringComparison.Ordinal);
            return name[..Math.Min(10, name.Length)].TrimEnd();
        }
    }
}
