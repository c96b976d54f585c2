namespace NumberPlanCompiler;

/// <summary>An area code with its LATA and its largest places.</summary>
internal sealed record Area(string Code, string Country, string? Lata, IReadOnlyList<AreaPlace> Places);

/// <summary>A place, its postal code and coordinates, and some exchanges of its own.</summary>
internal sealed record AreaPlace(string City, string Region, string Postal, double Latitude, double Longitude, IReadOnlyList<string> Exchanges);

/// <summary>Puts the facts of an area code together.</summary>
internal static class AreaReader
{
    // Enough to search by; all 32,000 prefixes would be a phone book.
    private const int MaxPlaces = 3;
    private const int MaxExchanges = 6;

    public static List<Area> Read(IEnumerable<(string Code, string Country)> codes, CityBook cities, PostalBook postal)
    {
        var areas = new List<Area>();
        foreach (var (code, country) in codes.OrderBy(c => c.Code, StringComparer.Ordinal))
        {
            var lata = country == "CA" ? "888" : Latas.Of(code) ?? Latas.Of(Overlays.Of(code) ?? "");
            var places = Places(code, cities, postal);
            // A code laid over an older one serves the same cities, with exchanges of its own.
            if (places.Count == 0 && Overlays.Of(code) is { } older) places = [.. Places(older, cities, postal).Select(p => p with { Exchanges = [] })];
            areas.Add(new Area(code, country, lata, places));
        }
        return areas;
    }

    private static List<AreaPlace> Places(string code, CityBook cities, PostalBook postal)
    {
        var places = new List<AreaPlace>();
        if (cities.Whole(code) is { } whole && postal.Find(whole.City, whole.Region) is { } at)
        {
            places.Add(new AreaPlace(whole.City, whole.Region, at.Code, at.Latitude, at.Longitude, []));
        }
        foreach (var ((city, region), exchanges) in cities.Of(code))
        {
            if (places.Count == MaxPlaces) break;
            if (places.Any(p => p.City == city) || postal.Find(city, region) is not { } found) continue;
            var own = exchanges.Where(e => e[0] >= '2' && e[1..] != "11" && e != "555").ToList();
            places.Add(new AreaPlace(
                city, region, found.Code, found.Latitude, found.Longitude,
                [
                    .. Enumerable
                        .Range(0, Math.Min(MaxExchanges, own.Count))
                        .Select(i => own[i * own.Count / Math.Min(MaxExchanges, own.Count)]),
                ]));
        }
        return places;
    }
}
