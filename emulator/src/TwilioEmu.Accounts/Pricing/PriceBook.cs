using TwilioEmu.Accounts.Billing;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Accounts.Pricing;

/// <summary>What things cost: the table, and what the config says instead.</summary>
/// <remarks>
/// Pure once built. Prices of the config hold for a country, or for all of them under <see cref="Everywhere"/>; the country wins.
/// </remarks>
public sealed class PriceBook : IPriceBook
{
    /// <summary>The key of prices that hold in every country.</summary>
    public const string Everywhere = "default";

    /// <summary>Whose prices hold where no country is known.</summary>
    private const string Home = "US";

    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, decimal>> _own;
    private readonly Dictionary<string, CountryPrices> _byCountry = new(StringComparer.Ordinal);

    /// <param name="own">By country, or <see cref="Everywhere"/>: words of <see cref="CountryPrices.Words"/> and their prices.</param>
    public PriceBook(IReadOnlyDictionary<string, IReadOnlyDictionary<string, decimal>>? own = null) =>
        _own = own ?? new Dictionary<string, IReadOnlyDictionary<string, decimal>>();

    /// <summary>The prices of a country, by its ISO 3166 code.</summary>
    public CountryPrices Of(string country)
    {
        if (_byCountry.TryGetValue(country, out var prices)) return prices;
        prices = PriceTable.Of(country);
        foreach (var key in (string[])[Everywhere, country])
        {
            foreach (var (word, price) in _own.GetValueOrDefault(key) ?? None) prices = CountryPrices.Words[word](prices, price);
        }
        // Countries come from a table, so that strangers cannot fill this.
        if (NumberPlans.FindCountry(country) is not null) _byCountry.Add(country, prices);
        return prices;
    }

    /// <inheritdoc/>
    /// <remarks>By the country of the phone; a text to or from a short code by that of the phone as well.</remarks>
    public decimal OfMessage(string from, string to, bool isInbound, int segmentCount, bool isMms)
    {
        // WhatsApp costs Twilio's fee for each message, wherever it goes
        // (twilio.com/en-us/whatsapp/pricing; Meta's own fees are not counted); RCS as SMS does.
        if (ChannelAddress.ChannelOf(from) == ChannelAddress.WhatsApp) return PriceTable.WhatsApp;
        (from, to) = (ChannelAddress.Bare(from), ChannelAddress.Bare(to));
        var prices = Of(CountryOf(isInbound ? Phone(to, from) : Phone(from, to)));
        if (isMms) return isInbound ? prices.MmsIn : prices.MmsOut;
        return segmentCount * (isInbound ? prices.SmsIn : prices.SmsOut);
    }

    /// <inheritdoc/>
    /// <remarks>Outbound by the country dialled; inbound by the number that was called (twilio.com/en-us/voice/pricing/us).</remarks>
    public decimal OfCallMinute(string from, string to, bool isInbound)
    {
        var theirs = isInbound ? from : to;
        if (theirs.StartsWith("client:", StringComparison.Ordinal) || theirs.StartsWith("sip:", StringComparison.Ordinal))
        {
            return PriceTable.SipMinute;
        }
        if (!isInbound) return Outbound(to);
        var prices = Of(CountryOf(to));
        return NumberKinds.Of(to) == NumberKind.TollFree ? prices.CallInTollFree : prices.CallIn;
    }

    /// <summary>A minute to a number, by the longest prefix with a price of its own.</summary>
    public decimal Outbound(string to)
    {
        var country = CountryOf(to);
        return Zones.Of(to) is { } zone && !IsOwn(country, "call_out") ? zone.Price : Of(country).CallOut;
    }

    /// <summary>The monthly rent of a number; null where none is taken.</summary>
    public decimal? OfMonth(PhoneNumber number) => number.Kind switch
    {
        NumberKind.ShortCode => PriceTable.ShortCodeMonth,
        NumberKind.TollFree => Of(CountryOf(number.Number)).TollFree,
        _ => number.Type == "mobile" ? Of(CountryOf(number.Number)).Mobile : Of(CountryOf(number.Number)).Local,
    };

    /// <summary>The country of a number; the United States for what belongs to none.</summary>
    internal static string CountryOf(string address) => NumberPlans.CountryOf(address) is { Length: > 0 } country ? country : Home;

    internal bool IsOwn(string country, string word) =>
        (_own.GetValueOrDefault(country)?.ContainsKey(word) ?? false) || (_own.GetValueOrDefault(Everywhere)?.ContainsKey(word) ?? false);

    private static readonly Dictionary<string, decimal> None = [];

    /// <summary>Theirs, unless it is no phone number: then ours.</summary>
    private static string Phone(string ours, string theirs) => theirs is ['+', ..] ? theirs : ours;
}
