using System.Text.Json;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Lookup;

/// <summary>Lookup v1: carrier and caller name.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/lookup/v1-api: a number that is none is 404; what is out of coverage has error_code 60600.
/// </remarks>
internal sealed class LookupV1Operations(World world, FactBook facts)
{
    private const string Carrier = "carrier";
    private const string CallerName = "caller-name";

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours => [("lookups_v1/FetchPhoneNumber", Fetch)];

    private Answer Fetch(RestRequest request)
    {
        var types = request.Query.All("Type")
            .SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .ToHashSet(StringComparer.Ordinal);
        if (types.FirstOrDefault(t => t is not (Carrier or CallerName)) is { } stranger)
        {
            return Answer.Refuse(20001, $"Invalid Type: '{stranger}' is neither carrier nor caller-name");
        }
        var country = request.Query["CountryCode"] is { Length: > 0 } code ? code.ToUpperInvariant() : null;
        if (country is not null && NumberPlans.FindCountry(country) is null)
        {
            return Answer.Refuse(20001, $"Invalid CountryCode: '{country}' is not an ISO 3166-1 code");
        }
        var number = NumberPlans.Parse(request.PathValues["PhoneNumber"], country);
        if (!number.IsValid && !facts.IsHere(number.E164)) return Answer.NotFound(request);
        var addOns = request.Query.All("AddOns").Where(a => a.Length > 0).ToList();
        if (addOns.Count > 0)
        {
            world.Journal.Warn(request.Account, request.Path, request.Cause, "add-ons are not emulated: their results are empty", addOns);
        }
        var face = new Face(number, facts.Of(number), types.Contains(Carrier), types.Contains(CallerName), addOns.Count > 0);
        // twilio.com/en-us/user-authentication-identity/pricing/lookup.
        if (face.HasCarrier)
        {
            LookupOperations.Charge(world, request.Account, number.E164, request.Cause, Carrier, new("carrier-lookups", 1, 1, 0.005m));
        }
        if (face.HasCallerName && face.IsNamed)
        {
            LookupOperations.Charge(world, request.Account, number.E164, request.Cause, CallerName, new("calleridlookups", 1, 1, 0.01m));
        }
        return Answer.Of(face);
    }

    private sealed class Face(ParsedNumber number, NumberFacts known, bool hasCarrier, bool hasCallerName, bool hasAddOns) : IFace
    {
        public bool HasCarrier => hasCarrier;

        public bool HasCallerName => hasCallerName;

        /// <summary>Caller names are those of the United States only.</summary>
        public bool IsNamed => number.Country == "US";

        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "country_code": to.Write(number.Country); break;
                case "phone_number": to.Write(number.E164); break;
                case "national_format": to.Write(number.NationalFormat); break;
                case "caller_name": if (hasCallerName) WriteCallerName(to.Json); break;
                case "carrier": if (hasCarrier) WriteCarrier(to.Json); break;
                case "add_ons": if (hasAddOns) WriteAddOns(to.Json); break;
                case "url": to.Write($"{to.BaseUrl}/v1/PhoneNumbers/{number.E164}"); break;
            }
        }

        private void WriteCallerName(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("caller_name", IsNamed ? known.CallerName : null);
            json.WriteString("caller_type", IsNamed ? known.CallerType : null);
            if (IsNamed) json.WriteNull("error_code");
            else json.WriteNumber("error_code", LookupFinding.OutOfCoverage);
            json.WriteEndObject();
        }

        private void WriteCarrier(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("mobile_country_code", known.MobileCountryCode);
            json.WriteString("mobile_network_code", known.MobileNetworkCode);
            json.WriteString("name", known.Carrier);
            json.WriteString("type", LineTypes.First(known.LineType!));
            json.WriteNull("error_code");
            json.WriteEndObject();
        }

        private static void WriteAddOns(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("status", "successful");
            json.WriteNull("message");
            json.WriteNull("code");
            json.WriteStartObject("results");
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
