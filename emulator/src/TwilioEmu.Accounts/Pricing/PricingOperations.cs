using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Pricing;

/// <summary>The pricing documents, v1 and v2: countries and numbers.</summary>
/// <remarks>Loop-confined. twilio.com/docs/voice/pricing and its neighbours.</remarks>
public sealed class PricingOperations
{
    private readonly PriceBook _prices;
    private readonly NumberBook _numbers;

    public PricingOperations(PriceBook prices, NumberBook numbers)
    {
        (_prices, _numbers) = (prices, numbers);
        Behaviours =
        [
            ("pricing_v1/ListMessagingCountry", List("/v1/Messaging/Countries")),
            ("pricing_v1/FetchMessagingCountry", Fetch("/v1/Messaging/Countries")),
            ("pricing_v1/ListPhoneNumberCountry", List("/v1/PhoneNumbers/Countries", sellsNumbers: true)),
            ("pricing_v1/FetchPhoneNumberCountry", Fetch("/v1/PhoneNumbers/Countries", sellsNumbers: true)),
            ("pricing_v1/ListVoiceCountry", List("/v1/Voice/Countries")),
            ("pricing_v1/FetchVoiceCountry", Fetch("/v1/Voice/Countries")),
            ("pricing_v1/FetchVoiceNumber", FetchNumber("Number", "/v1/Voice/Numbers")),
            ("pricing_v2/ListTrunkingCountry", List("/v2/Trunking/Countries")),
            ("pricing_v2/FetchTrunkingCountry", Fetch("/v2/Trunking/Countries")),
            ("pricing_v2/FetchTrunkingNumber", FetchNumber("DestinationNumber", "/v2/Trunking/Numbers")),
            ("pricing_v2/ListVoiceCountry", List("/v2/Voice/Countries")),
            ("pricing_v2/FetchVoiceCountry", Fetch("/v2/Voice/Countries")),
            ("pricing_v2/FetchVoiceNumber", FetchNumber("DestinationNumber", "/v2/Voice/Numbers")),
        ];
    }

    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours { get; }

    private Behaviour List(string path, bool sellsNumbers = false) => _ => new Answer.List(
        after => (after is null ? NumberPlans.Countries : NumberPlans.Countries.SkipWhile(c => c.IsoCode != after).Skip(1))
            .Where(c => !sellsNumbers || SellsNumbers(c))
            .Select(c => (c.IsoCode, (IFace)new CountryFace(c, _prices.Of(c.IsoCode), path))));

    // The code in lower case is taken as well (inferred).
    private Behaviour Fetch(string path, bool sellsNumbers = false) => request =>
        NumberPlans.FindCountry(request.PathValues["IsoCountry"]) is { } country && (!sellsNumbers || SellsNumbers(country))
            ? Answer.Of(new CountryFace(country, _prices.Of(country.IsoCode), path))
            : Answer.NotFound(request);

    private bool SellsNumbers(PlanCountry country) =>
        _prices.Of(country.IsoCode) is { Local: not null } or { Mobile: not null } or { TollFree: not null };

    private Behaviour FetchNumber(string name, string path) => request =>
    {
        if (!E164.TryNormalize(request.PathValues[name], out var number)
            || NumberPlans.FindCountry(NumberPlans.CountryOf(number)) is not { } country)
        {
            return Answer.NotFound(request);
        }
        string? origination = null;
        if (request.Query["OriginationNumber"] is { Length: > 0 } from)
        {
            if (!E164.TryNormalize(from, out var normal))
            {
                return Answer.Refuse(20001, $"Invalid OriginationNumber: '{from}' is not a phone number");
            }
            origination = normal;
        }
        var inbound = _numbers.Find(number) is { } ours
            ? ((string, decimal)?)(
                ours.Kind == NumberKind.TollFree ? "toll free" : ours.Type, _prices.OfCallMinute("", number, isInbound: true))
            : null;
        return Answer.Of(new NumberFace(number, origination, country, _prices.Outbound(number), inbound, path));
    };
}
