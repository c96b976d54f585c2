using System.Globalization;
using TwilioEmu.Products.Numbers.Inventory;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Numbers;

/// <summary>Searches for numbers to buy (twilio.com/docs/phone-numbers/api/availablephonenumber-resource).</summary>
/// <remarks>Loop-confined. A country or type that is not sold is 404; a search without finds is an empty page.</remarks>
internal sealed class AvailableNumbersDesk(NumberBook book)
{
    // twilio.com/docs/usage/twilios-response: whatever PageSize says.
    private const int MaxResults = 30;

    private static readonly string[] Types = ["Local", "MachineToMachine", "Mobile", "National", "SharedCost", "TollFree", "Voip"];

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("ListAvailablePhoneNumberCountry", ListCountries),
        ("FetchAvailablePhoneNumberCountry", FetchCountry),
        .. Types.Select(type => ("ListAvailablePhoneNumber" + type, (Behaviour)(request => Search(request, type)))),
    ];

    private static Answer ListCountries(RestRequest request) =>
        new Answer.List(_ => NumberPlan.Countries.Select(c => (c.IsoCode, (IFace)new CountryFace(c, request))));

    private static Answer FetchCountry(RestRequest request) =>
        NumberPlan.Find(request.PathValues["CountryCode"]) is { } country ? Answer.Of(new CountryFace(country, request)) : Answer.NotFound(request);

    private Answer Search(RestRequest request, string type)
    {
        if (NumberPlan.Find(request.PathValues["CountryCode"]) is not { } country || country.Offers.All(o => o.Type != type)) return Answer.NotFound(request);
        NumberPattern? pattern = null;
        if (request.Query["Contains"] is { Length: > 0 } contains && !NumberPattern.TryParse(contains, out pattern))
        {
            return Answer.Refuse(20001, $"Invalid Contains: '{contains}' is not 2 to 16 digits, letters, * and %");
        }
        if (!TryReadNear(request.Query, out var near)) return Answer.Refuse(20001, "Invalid NearLatLong: 'latitude,longitude' is wanted");
        var found = book.Stock.Of(country, type)
            .Where(n => Passes(n, request.Query) && (pattern?.Matches(n.Number) ?? true) && (near?.Covers(n.Place) ?? true) && book.Find(n.Number) is null)
            .Take(MaxResults);
        return new Answer.List(_ => found.Select(n => (n.Number, (IFace)n)));
    }

    private static bool Passes(AvailableNumber number, FormValues query)
    {
        var (place, can) = (number.Place, number.Offer.Capabilities);
        return Is(query["AreaCode"], number.AreaCode)
            && Is(query["InRegion"], place.Region)
            && Is(query["InLocality"], place.Locality)
            && Is(query["InPostalCode"], place.PostalCode)
            && Is(query["InLata"], place.Lata)
            && Is(query["InRateCenter"], number.RateCenter)
            // A number nearby is one of the same area code: exchanges have no place of their own here.
            && (query["NearNumber"] is not { Length: > 0 } near || !E164.TryNormalize(near, out var e164)
                || e164.StartsWith($"+{number.Country.CallingCode}{number.AreaCode}", StringComparison.Ordinal))
            && Can(query["VoiceEnabled"], can, Capabilities.Voice)
            && Can(query["SmsEnabled"], can, Capabilities.Sms)
            && Can(query["MmsEnabled"], can, Capabilities.Mms)
            && Can(query["FaxEnabled"], can, Capabilities.Fax);
    }

    private static bool Is(string? wanted, string? actual) => string.IsNullOrEmpty(wanted) || string.Equals(wanted, actual, StringComparison.OrdinalIgnoreCase);

    private static bool Can(string? wanted, Capabilities actual, Capabilities flag) =>
        string.IsNullOrEmpty(wanted) || wanted.Equals("true", StringComparison.OrdinalIgnoreCase) == actual.HasFlag(flag);

    private static bool TryReadNear(FormValues query, out Circle? near)
    {
        // twilio.com/docs/phone-numbers/api/availablephonenumber-resource: 25 miles unless said otherwise, 500 at most.
        const int defaultMiles = 25;
        const int maxMiles = 500;
        near = null;
        if (query["NearLatLong"] is not { Length: > 0 } text) return true;
        if (text.Split(',') is not [var first, var second]
            || !double.TryParse(first, NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
            || !double.TryParse(second, NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude))
        {
            return false;
        }
        var miles = int.TryParse(query["Distance"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? Math.Min(given, maxMiles) : defaultMiles;
        near = new Circle(latitude, longitude, miles);
        return true;
    }

    private sealed record Circle(double Latitude, double Longitude, double Miles)
    {
        private const double EarthMiles = 3958.8;

        /// <summary>By the haversine formula.</summary>
        public bool Covers(Place place)
        {
            if (place is not { Latitude: { } latitude, Longitude: { } longitude }) return false;
            var (dLat, dLon) = (Radians(latitude - Latitude), Radians(longitude - Longitude));
            var h = Math.Pow(Math.Sin(dLat / 2), 2) + (Math.Cos(Radians(Latitude)) * Math.Cos(Radians(latitude)) * Math.Pow(Math.Sin(dLon / 2), 2));
            return 2 * EarthMiles * Math.Asin(Math.Sqrt(h)) <= Miles;
        }

        private static double Radians(double degrees) => degrees * Math.PI / 180;
    }

    private sealed class CountryFace(Country country, RestRequest request) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "country_code": to.Write(country.IsoCode); break;
                case "country": to.Write(country.Name); break;
                case "uri": to.Write(PathTo("") + ".json"); break;
                case "beta": to.Write(false); break;
                case "subresource_uris":
                    to.Json.WriteStartObject();
                    foreach (var offer in country.Offers)
                    {
                        var name = offer.Type == "TollFree" ? "toll_free" : offer.Word;
                        to.Json.WriteString(name, PathTo("/" + offer.Type) + ".json");
                    }
                    to.Json.WriteEndObject();
                    break;
            }
        }

        private string PathTo(string rest) => $"/2010-04-01/Accounts/{request.Account}/AvailablePhoneNumbers/{country.IsoCode}{rest}";
    }
}
