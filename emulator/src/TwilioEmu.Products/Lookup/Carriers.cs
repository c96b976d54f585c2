namespace TwilioEmu.Products.Lookup;

/// <summary>A carrier and its mobile network.</summary>
/// <param name="CountryCode">MCC, or null for a fixed network.</param>
/// <param name="NetworkCode">MNC, or null.</param>
internal sealed record Carrier(string Name, string? CountryCode, string? NetworkCode);

/// <summary>Mobile networks by country, the larger ones.</summary>
/// <remarks>ITU-T E.212, the list of mobile network codes. Which of them a number belongs to is a matter of the world's seed.</remarks>
internal static class Carriers
{
    // As the live service names its own (twilio.com/docs/lookup/v2-api/line-type-intelligence).
    public static readonly Carrier Twilio = new("Twilio - SMS/MMS-SVR", "240", "38");

    private const string Text = """
        US|Verizon Wireless|311|480
        US|T-Mobile USA, Inc.|310|260
        US|AT&T Wireless|310|410
        CA|Rogers Wireless|302|720
        CA|Bell Mobility|302|610
        CA|Telus Mobility|302|220
        GB|O2 UK|234|10
        GB|Vodafone UK|234|15
        GB|EE|234|30
        GB|Three UK|234|20
        IE|Vodafone Ireland|272|01
        IE|Three Ireland|272|02
        DE|Telekom Deutschland|262|01
        DE|Vodafone Germany|262|02
        DE|O2 Germany|262|03
        FR|Orange France|208|01
        FR|SFR|208|10
        FR|Bouygues Telecom|208|20
        ES|Movistar|214|07
        ES|Vodafone Spain|214|01
        ES|Orange Spain|214|03
        IT|TIM|222|01
        IT|Vodafone Italy|222|10
        IT|WindTre|222|88
        NL|KPN|204|08
        NL|Odido|204|16
        BE|Proximus|206|01
        BE|Orange Belgium|206|10
        AT|A1 Telekom Austria|232|01
        CH|Swisscom|228|01
        CH|Sunrise|228|02
        PT|MEO|268|06
        SE|Telia Sweden|240|01
        SE|Tele2 Sweden|240|07
        NO|Telenor Norge|242|01
        DK|TDC|238|01
        FI|Elisa|244|05
        PL|Orange Polska|260|03
        CZ|T-Mobile Czech Republic|230|01
        AU|Telstra|505|01
        AU|Optus|505|02
        NZ|Spark New Zealand|530|05
        IN|Reliance Jio|405|857
        IN|Airtel|404|10
        JP|NTT Docomo|440|10
        JP|SoftBank|440|20
        KR|SK Telecom|450|05
        SG|Singtel|525|01
        HK|CSL|454|00
        IL|Partner|425|01
        ZA|Vodacom|655|01
        BR|Vivo|724|06
        BR|Claro Brasil|724|05
        MX|Telcel|334|020
        AR|Movistar Argentina|722|07
        """;

    private static readonly ILookup<string, Carrier> ByCountry = Text.Split('\n', StringSplitOptions.TrimEntries)
        .Select(line => line.Split('|'))
        .ToLookup(cells => cells[0], cells => new Carrier(cells[1], cells[2], cells[3]), StringComparer.Ordinal);

    public static IReadOnlyList<Carrier> In(string country) => [.. ByCountry[country]];
}
