using System.Collections.Frozen;
using System.Globalization;

namespace TwilioEmu.Accounts.Pricing;

/// <summary>The one table of prices.</summary>
/// <remarks>
/// The United States and Canada: twilio.com/en-us/sms/pricing/us and twilio.com/en-us/voice/pricing/us. The other rows have the size of
/// Twilio's list prices, not their last digit (inferred); what is not listed has the default of <see cref="CountryPrices"/>.
/// </remarks>
internal static class PriceTable
{
    /// <summary>A message by WhatsApp, in or out (twilio.com/en-us/whatsapp/pricing).</summary>
    public const decimal WhatsApp = 0.005m;

    /// <summary>A client or SIP leg, per started minute (twilio.com/en-us/voice/pricing/us).</summary>
    public const decimal SipMinute = 0.004m;

    /// <summary>A random short code, per month (twilio.com/docs/messaging/guides/best-practices-at-scale; inferred).</summary>
    public const decimal ShortCodeMonth = 1_000m;

    // Country; texts out, in; media out, in; minutes out, in, in toll-free; local, mobile, toll-free number a month.
    private const string Text = """
        US  0.0083 0.0083 0.0220 0.0165  0.0140 0.0085 0.0220  1.15 -    2.15
        CA  0.0083 0.0083 0.0220 0.0165  0.0140 0.0085 0.0220  1.15 -    2.15
        PR  0.0083 0.0083 0.0220 0.0165  0.0140 0.0085 0.0220  3.15 -    2.15
        GB  0.0524 0.0075 0.0524 0.0165  0.0158 0.0100 0.0600  1.15 1.15 2.15
        IE  0.0825 0.0075 0.0825 0.0165  0.0275 0.0100 0.0600  1.15 6.00 25.00
        DE  0.1118 0.0083 0.1118 0.0165  0.0248 0.0100 0.0850  1.15 15.0 25.00
        FR  0.0798 0.0083 0.0798 0.0165  0.0188 0.0100 0.0700  1.15 -    25.00
        ES  0.0733 0.0083 0.0733 0.0165  0.0166 0.0100 0.0700  1.15 -    25.00
        IT  0.0927 0.0083 0.0927 0.0165  0.0177 0.0100 0.0700  1.50 25.0 25.00
        NL  0.1052 0.0083 0.1052 0.0165  0.0190 0.0100 0.0700  4.00 6.00 25.00
        BE  0.1045 0.0083 0.1045 0.0165  0.0330 0.0100 0.0800  1.15 6.00 25.00
        AT  0.0996 0.0083 0.0996 0.0165  0.0258 0.0100 0.0800  1.15 6.00 25.00
        CH  0.0725 0.0083 0.0725 0.0165  0.0338 0.0100 0.0800  1.15 8.00 25.00
        SE  0.0523 0.0083 0.0523 0.0165  0.0170 0.0100 0.0600  1.15 3.00 25.00
        NO  0.0664 0.0083 0.0664 0.0165  0.0203 0.0100 0.0600  3.00 3.00 25.00
        DK  0.0505 0.0083 0.0505 0.0165  0.0214 0.0100 0.0600  8.00 10.0 25.00
        FI  0.0830 0.0083 0.0830 0.0165  0.0640 0.0100 0.0700  3.00 5.00 25.00
        PL  0.0420 0.0083 0.0420 0.0165  0.0196 0.0100 0.0700  1.15 6.00 25.00
        PT  0.0495 0.0083 0.0495 0.0165  0.0166 0.0100 0.0700  1.15 15.0 25.00
        CZ  0.0641 0.0083 0.0641 0.0165  0.0201 0.0100 0.0700  1.15 6.00 25.00
        AU  0.0515 0.0075 0.3500 0.0165  0.0252 0.0100 0.0600  3.00 6.50 16.00
        NZ  0.1050 0.0083 0.1050 0.0165  0.0267 0.0100 0.0600  3.15 -    25.00
        JP  0.0885 0.0083 0.0885 0.0165  0.0746 0.0100 0.1700  4.50 -    25.00
        HK  0.0753 0.0083 0.0753 0.0165  0.0282 0.0100 0.0700  6.00 6.00 25.00
        SG  0.0435 0.0083 0.0435 0.0165  0.0271 0.0100 0.0700  50.0 -    25.00
        IN  0.0832 0.0083 0.0832 0.0165  0.0496 0.0100 0.0700  -    -    -
        IL  0.1825 0.0083 0.1825 0.0165  0.0230 0.0100 0.0700  4.25 15.0 25.00
        ZA  0.0285 0.0083 0.0285 0.0165  0.0546 0.0100 0.0700  2.15 25.0 25.00
        MX  0.0672 0.0083 0.0672 0.0165  0.0133 0.0100 0.0700  6.25 30.0 30.00
        BR  0.0599 0.0083 0.0599 0.0165  0.0283 0.0100 0.1200  4.25 15.0 25.00
        """;

    private static readonly FrozenDictionary<string, CountryPrices> Rows =
        Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToFrozenDictionary(cells => cells[0], Read, StringComparer.Ordinal);

    private static readonly CountryPrices Default = new();

    /// <summary>The prices of a country, by its ISO 3166 code.</summary>
    public static CountryPrices Of(string country) => Rows.GetValueOrDefault(country, Default);

    private static CountryPrices Read(string[] cells) => new()
    {
        SmsOut = Number(cells[1])!.Value,
        SmsIn = Number(cells[2])!.Value,
        MmsOut = Number(cells[3])!.Value,
        MmsIn = Number(cells[4])!.Value,
        CallOut = Number(cells[5])!.Value,
        CallIn = Number(cells[6])!.Value,
        CallInTollFree = Number(cells[7])!.Value,
        Local = Number(cells[8]),
        Mobile = Number(cells[9]),
        TollFree = Number(cells[10]),
    };

    private static decimal? Number(string cell) => cell == "-" ? null : decimal.Parse(cell, CultureInfo.InvariantCulture);
}
