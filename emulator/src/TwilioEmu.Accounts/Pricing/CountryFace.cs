using System.Text.Json;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Accounts.Pricing;

/// <summary>A country as the pricing documents show it: in their lists by name, and alone with its prices.</summary>
/// <remarks>
/// twilio.com/docs/messaging/api/pricing, /voice/pricing, /phone-numbers/api/pricing, /sip-trunking/api/trunking-countries.
/// Prices are strings.
/// </remarks>
/// <param name="country">Which.</param>
/// <param name="prices">Its prices.</param>
/// <param name="path">The list's path: <c>/v1/Voice/Countries</c>.</param>
internal sealed class CountryFace(PlanCountry country, CountryPrices prices, string path) : IFace
{
    private bool IsSecond => path.StartsWith("/v2", StringComparison.Ordinal);

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "country": to.Write(country.Name); break;
            case "iso_country": to.Write(country.IsoCode); break;
            case "price_unit": to.Write("USD"); break;
            case "url": to.Write($"{to.BaseUrl}{path}/{country.IsoCode}"); break;
            case "outbound_sms_prices": WriteOutboundTexts(to.Json); break;
            case "inbound_sms_prices":
                WriteTypes(to.Json, ("local", prices.SmsIn), ("toll free", prices.SmsIn), ("shortcode", prices.SmsIn)); break;
            case "inbound_call_prices": WriteTypes(to.Json, ("local", prices.CallIn), ("toll free", prices.CallInTollFree)); break;
            case "originating_call_prices": WriteTypes(to.Json, ("local", prices.CallIn), ("toll free", prices.CallInTollFree)); break;
            case "phone_number_prices": WriteNumbers(to.Json); break;
            case "outbound_prefix_prices": WritePrefixes(to.Json, "Programmable Outbound Minute"); break;
            case "terminating_prefix_prices": WritePrefixes(to.Json, "Outbound Trunking Minute"); break;
        }
    }

    /// <summary>One row for all carriers: the emulated network has no others.</summary>
    private void WriteOutboundTexts(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("carrier", "All carriers");
        json.WriteString("mcc", "");
        json.WriteString("mnc", "");
        json.WritePropertyName("prices");
        WriteTypes(json, ("local", prices.SmsOut), ("mobile", prices.SmsOut), ("toll free", prices.SmsOut), ("shortcode", prices.SmsOut));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteNumbers(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        if (prices.Local is { } local) WriteType(json, "local", local);
        if (prices.Mobile is { } mobile) WriteType(json, "mobile", mobile);
        if (prices.TollFree is { } tollFree) WriteType(json, "toll free", tollFree);
        json.WriteEndArray();
    }

    private void WritePrefixes(Utf8JsonWriter json, string what)
    {
        json.WriteStartArray();
        foreach (var zone in Zones.In(country.IsoCode)) WritePrefix(json, $"{what} - {zone.Name}", zone.Prefixes, zone.Price);
        WritePrefix(json, $"{what} - {country.Name}", [country.CallingCode], prices.CallOut);
        json.WriteEndArray();
    }

    private void WritePrefix(Utf8JsonWriter json, string name, IReadOnlyList<string> prefixes, decimal price)
    {
        json.WriteStartObject();
        if (IsSecond)
        {
            Spelling.WriteList(json, "origination_prefixes", ["ALL"]);
            Spelling.WriteList(json, "destination_prefixes", prefixes);
        }
        else
        {
            Spelling.WriteList(json, "prefixes", prefixes);
        }
        Spelling.WritePrices(json, price);
        json.WriteString("friendly_name", name);
        json.WriteEndObject();
    }

    private static void WriteTypes(Utf8JsonWriter json, params ReadOnlySpan<(string Type, decimal Price)> types)
    {
        json.WriteStartArray();
        foreach (var (type, price) in types) WriteType(json, type, price);
        json.WriteEndArray();
    }

    private static void WriteType(Utf8JsonWriter json, string type, decimal price)
    {
        json.WriteStartObject();
        json.WriteString("number_type", type);
        Spelling.WritePrices(json, price);
        json.WriteEndObject();
    }
}
