namespace TwilioEmu.Accounts.Pricing;

/// <summary>A part of a country that costs more, or less, to call than the rest of it.</summary>
/// <param name="Country">ISO 3166.</param>
/// <param name="Name">As in <c>friendly_name</c>.</param>
/// <param name="Prefixes">Digits after the plus.</param>
/// <param name="Price">US dollars per started minute.</param>
internal sealed record Zone(string Country, string Name, IReadOnlyList<string> Prefixes, decimal Price);

/// <summary>The zones there are (twilio.com/en-us/voice/pricing/us).</summary>
internal static class Zones
{
    private static readonly Zone[] All =
    [
        new("US", "United States - Alaska", ["1907"], 0.09m),
        new("US", "United States - Hawaii", ["1808"], 0.014m),
        new("US", "United States & Canada - Toll Free", ["1800", "1833", "1844", "1855", "1866", "1877", "1888"], 0.014m),
    ];

    public static IEnumerable<Zone> In(string country) => All.Where(z => z.Country == country);

    /// <summary>The zone of a number in E.164, or null.</summary>
    public static Zone? Of(string number)
    {
        if (number is not ['+', ..]) return null;
        foreach (var zone in All)
        {
            foreach (var prefix in zone.Prefixes) if (number.AsSpan(1).StartsWith(prefix, StringComparison.Ordinal)) return zone;
        }
        return null;
    }
}
