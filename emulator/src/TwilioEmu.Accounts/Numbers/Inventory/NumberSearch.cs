using System.Globalization;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Numbers.Inventory;

/// <summary>The filters of one search for numbers, read once and held against each number. Pure.</summary>
/// <remarks>
/// twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource. The geographic ones but InLocality apply to the United States
/// and Canada only and are passed over elsewhere. Where a region, postal code, LATA, rate center or locality is wanted, a phone number
/// may stand for its own.
/// </remarks>
internal sealed class NumberSearch
{
    // twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource: 25 miles unless said otherwise, 500 at most.
    private const int DefaultMiles = 25;
    private const int MaxMiles = 500;

    private readonly List<Func<AvailableNumber, bool>> _filters = [];

    private NumberSearch()
    {
    }

    /// <summary>The only area code to look in; null for all.</summary>
    public string? AreaCode { get; private set; }

    /// <summary>Reads a query; null, and why, when a filter is none.</summary>
    public static NumberSearch? Read(FormValues query, Country country, out string? fault)
    {
        var search = new NumberSearch();
        fault = search.Traits(query) ?? (country.HasAreas ? search.Areas(query) : null);
        return fault is null ? search : null;
    }

    public bool Passes(AvailableNumber number)
    {
        foreach (var filter in _filters) if (!filter(number)) return false;
        return true;
    }

    private string? Traits(FormValues query)
    {
        if (query["Contains"] is { Length: > 0 } contains)
        {
            if (!NumberPattern.TryParse(contains, out var pattern))
            {
                return $"Invalid Contains: '{contains}' is not 2 to 16 digits, letters, * and %, two of them plain";
            }
            _filters.Add(n => pattern.Matches(n.Number));
        }
        foreach (var (name, flag) in new[]
        {
            ("VoiceEnabled", Capabilities.Voice), ("SmsEnabled", Capabilities.Sms), ("MmsEnabled", Capabilities.Mms),
            ("FaxEnabled", Capabilities.Fax),
        })
        {
            if (Flag(query, name) is { } wanted) _filters.Add(n => n.Offer.Capabilities.HasFlag(flag) == wanted);
        }
        if (Flag(query, "ExcludeAllAddressRequired") == true) _filters.Add(n => n.Offer.Address == AddressRequirement.None);
        if (Flag(query, "ExcludeLocalAddressRequired") == true) _filters.Add(n => n.Offer.Address != AddressRequirement.Local);
        if (Flag(query, "ExcludeForeignAddressRequired") == true) _filters.Add(n => n.Offer.Address != AddressRequirement.Foreign);
        // Beta=false leaves beta numbers out: there are none here.
        Text(query["InLocality"], n => n.Locality, p => p.City);
        return null;
    }

    private string? Areas(FormValues query)
    {
        if (query["AreaCode"] is { Length: > 0 } code)
        {
            if (code.Length != 3) return $"Invalid AreaCode: '{code}' is not three digits";
            AreaCode = code;
        }
        Text(query["InRegion"], n => n.Place?.Region, p => p.Region);
        Text(query["InPostalCode"], n => n.Place?.PostalCode, p => p.PostalCode);
        Text(query["InRateCenter"], n => n.Place?.RateCenter, p => p.RateCenter);
        if (query["InRateCenter"] is { Length: > 0 } && query["InLata"] is not { Length: > 0 }) return "InRateCenter requires InLata";
        if (query["InLata"] is { Length: > 0 } lata)
        {
            var wanted = AsNumber(lata) is { } number ? AreaPlan.Find(number.AsSpan(2, 3))?.Lata : lata;
            _filters.Add(n => n.Area?.Lata == wanted);
        }
        return Near(query);
    }

    private string? Near(FormValues query)
    {
        var miles = DefaultMiles;
        if (query["Distance"] is { Length: > 0 } distance
            && !(int.TryParse(distance, NumberStyles.None, CultureInfo.InvariantCulture, out miles) && miles is > 0 and <= MaxMiles))
        {
            return $"Invalid Distance: '{distance}' is not 1 to {MaxMiles} miles";
        }
        if (query["NearLatLong"] is { Length: > 0 } text)
        {
            if (text.Split(',') is not [var first, var second] || Degrees(first, 90) is not { } latitude
                || Degrees(second, 180) is not { } longitude)
            {
                return "Invalid NearLatLong: 'latitude,longitude' is wanted";
            }
            _filters.Add(n => IsWithin(n.Place, latitude, longitude, miles));
        }
        if (query["NearNumber"] is { Length: > 0 } near)
        {
            if (AsNumber(near) is not { } number) return $"Invalid NearNumber: '{near}' is no number of the United States or Canada";
            var centre = AreaPlan.PlaceOf(number);
            _filters.Add(n => centre is not null && IsWithin(n.Place, centre.Latitude, centre.Longitude, miles));
        }
        return null;
    }

    /// <summary>A text wanted, or the one of a number's place.</summary>
    private void Text(string? wanted, Func<AvailableNumber, string?> of, Func<AreaPlace, string> ofPlace)
    {
        if (string.IsNullOrEmpty(wanted)) return;
        var text = AsNumber(wanted) is { } number ? AreaPlan.PlaceOf(number) is { } place ? ofPlace(place) : null : wanted;
        _filters.Add(n => text is not null && string.Equals(of(n), text, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A number of +1, or null.</summary>
    private static string? AsNumber(string text) =>
        E164.TryNormalize(text, out var number) && number.StartsWith("+1", StringComparison.Ordinal) ? number : null;

    private static bool? Flag(FormValues query, string name) =>
        query[name] is { Length: > 0 } text ? text.Equals("true", StringComparison.OrdinalIgnoreCase) : null;

    private static double? Degrees(string text, double max) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= max ? value : null;

    /// <summary>By the haversine formula.</summary>
    private static bool IsWithin(AreaPlace? place, double latitude, double longitude, double miles)
    {
        const double earthMiles = 3958.8;
        if (place is null) return false;
        var (dLat, dLon) = (Radians(place.Latitude - latitude), Radians(place.Longitude - longitude));
        var h = Math.Pow(Math.Sin(dLat / 2), 2) + (Math.Cos(Radians(latitude)) * Math.Cos(
            Radians(place.Latitude)) * Math.Pow(Math.Sin(dLon / 2), 2));
        return 2 * earthMiles * Math.Asin(Math.Sqrt(h)) <= miles;
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
