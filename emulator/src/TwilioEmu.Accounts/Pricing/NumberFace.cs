using System.Text.Json;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Accounts.Pricing;

/// <summary>What calls to and from one number cost.</summary>
/// <remarks>
/// twilio.com/docs/voice/pricing, twilio.com/docs/sip-trunking/api/trunking-numbers. Only numbers of Twilio's own have an inbound price.
/// </remarks>
/// <param name="number">E.164.</param>
/// <param name="origination">E.164, or null.</param>
/// <param name="country">The number's.</param>
/// <param name="outbound">A minute to it.</param>
/// <param name="inbound">A minute it takes, with its type; null when it is not a number of Twilio's.</param>
/// <param name="path">Of the resource, without the number.</param>
internal sealed class NumberFace(
    string number, string? origination, PlanCountry country, decimal outbound, (string Type, decimal Price)? inbound, string path) : IFace
{
    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "number" or "destination_number": to.Write(number); break;
            case "origination_number": to.Write(origination); break;
            case "country": to.Write(country.Name); break;
            case "iso_country": to.Write(country.IsoCode); break;
            case "price_unit": to.Write("USD"); break;
            case "url": to.Write($"{to.BaseUrl}{path}/{number}"); break;
            case "outbound_call_price":
                to.Json.WriteStartObject();
                Spelling.WritePrices(to.Json, outbound);
                to.Json.WriteEndObject();
                break;
            case "outbound_call_prices": WritePrefixes(to.Json, isTrunk: false); break;
            case "terminating_prefix_prices": WritePrefixes(to.Json, isTrunk: true); break;
            case "inbound_call_price" or "originating_call_price":
                to.Json.WriteStartObject();
                Spelling.WritePrices(to.Json, inbound?.Price);
                to.Json.WriteString("number_type", inbound?.Type);
                to.Json.WriteEndObject();
                break;
        }
    }

    private void WritePrefixes(Utf8JsonWriter json, bool isTrunk)
    {
        var zone = Zones.Of(number);
        json.WriteStartArray();
        json.WriteStartObject();
        Spelling.WritePrices(json, outbound);
        Spelling.WriteList(json, "origination_prefixes", ["ALL"]);
        if (isTrunk)
        {
            Spelling.WriteList(json, "destination_prefixes", zone?.Prefixes ?? [country.CallingCode]);
            json.WriteString("friendly_name", $"Outbound Trunking Minute - {zone?.Name ?? country.Name}");
        }
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
