namespace TwilioEmu.Accounts.Pricing;

/// <summary>What a country costs, in US dollars.</summary>
/// <remarks>Messages per segment (media: per message), calls per started minute, numbers per month. Null: not on sale there.</remarks>
public sealed record CountryPrices
{
    public decimal SmsOut { get; init; } = 0.05m;

    public decimal SmsIn { get; init; } = 0.0083m;

    public decimal MmsOut { get; init; } = 0.05m;

    public decimal MmsIn { get; init; } = 0.0165m;

    public decimal CallOut { get; init; } = 0.05m;

    public decimal CallIn { get; init; } = 0.01m;

    public decimal CallInTollFree { get; init; } = 0.05m;

    public decimal? Local { get; init; }

    public decimal? Mobile { get; init; }

    public decimal? TollFree { get; init; }

    /// <summary>The words of the config file, and the price each sets.</summary>
    public static IReadOnlyDictionary<string, Func<CountryPrices, decimal, CountryPrices>> Words { get; } =
        new Dictionary<string, Func<CountryPrices, decimal, CountryPrices>>(StringComparer.Ordinal)
        {
            ["sms_out"] = (prices, price) => prices with { SmsOut = price },
            ["sms_in"] = (prices, price) => prices with { SmsIn = price },
            ["mms_out"] = (prices, price) => prices with { MmsOut = price },
            ["mms_in"] = (prices, price) => prices with { MmsIn = price },
            ["call_out"] = (prices, price) => prices with { CallOut = price },
            ["call_in"] = (prices, price) => prices with { CallIn = price },
            ["call_in_toll_free"] = (prices, price) => prices with { CallInTollFree = price },
            ["local_number"] = (prices, price) => prices with { Local = price },
            ["mobile_number"] = (prices, price) => prices with { Mobile = price },
            ["toll_free_number"] = (prices, price) => prices with { TollFree = price },
        };
}
