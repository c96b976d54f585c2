using TwilioEmu.Accounts.Numbers.Inventory;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Numbers;

/// <summary>Searches for numbers to buy (twilio.com/docs/phone-numbers/api/availablephonenumber-resource).</summary>
/// <remarks>Loop-confined. A country or type that is not sold is 404; a search without finds is an empty page.</remarks>
internal sealed class AvailableNumberOperations(NumberBook book)
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
        new Answer.List(_ => Market.Countries.Select(c => (c.IsoCode, (IFace)new CountryFace(c, request))));

    private static Answer FetchCountry(RestRequest request) =>
        Market.Find(request.PathValues["CountryCode"]) is { } country
            ? Answer.Of(new CountryFace(country, request))
            : Answer.NotFound(request);

    private Answer Search(RestRequest request, string type)
    {
        if (Market.Find(request.PathValues["CountryCode"]) is not { } country
            || country.Offers.FirstOrDefault(o => o.Type == type) is not { } offer)
        {
            return Answer.NotFound(request);
        }
        if (NumberSearch.Read(request.Query, country, out var fault) is not { } search)
        {
            return new Answer.Refusal(ErrorCodes.Error(20001, fault));
        }
        var found = book.Stock.Of(offer, search.AreaCode)
            .Where(n => search.Passes(n) && book.Find(n.Number) is null)
            .Take(MaxResults);
        return new Answer.List(_ => found.Select(n => (n.Number, (IFace)n)));
    }

    private sealed class CountryFace(Country country, RestRequest request) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "country_code": to.Write(country.IsoCode); break;
                case "country": to.Write(country.Plan.Name); break;
                case "uri": to.Write(PathTo("") + ".json"); break;
                case "beta": to.Write(false); break;
                case "subresource_uris":
                    to.Json.WriteStartObject();
                    foreach (var offer in country.Offers) to.Json.WriteString(offer.Name, PathTo("/" + offer.Type) + ".json");
                    to.Json.WriteEndObject();
                    break;
            }
        }

        private string PathTo(string rest) => $"/2010-04-01/Accounts/{request.Account}/AvailablePhoneNumbers/{country.IsoCode}{rest}";
    }
}
