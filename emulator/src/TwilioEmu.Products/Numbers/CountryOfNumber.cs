namespace TwilioEmu.Products.Numbers;

/// <summary>The country of a number by its calling code, for <c>FromCountry</c> and kin.</summary>
/// <remarks>ITU-T E.164 list of assigned country codes, the commoner ones; +1 counts as the United States. Empty where not listed.</remarks>
internal static class CountryOfNumber
{
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["1"] = "US",
        ["7"] = "RU",
        ["20"] = "EG",
        ["27"] = "ZA",
        ["30"] = "GR",
        ["31"] = "NL",
        ["32"] = "BE",
        ["33"] = "FR",
        ["34"] = "ES",
        ["36"] = "HU",
        ["39"] = "IT",
        ["40"] = "RO",
        ["41"] = "CH",
        ["43"] = "AT",
        ["44"] = "GB",
        ["45"] = "DK",
        ["46"] = "SE",
        ["47"] = "NO",
        ["48"] = "PL",
        ["49"] = "DE",
        ["51"] = "PE",
        ["52"] = "MX",
        ["54"] = "AR",
        ["55"] = "BR",
        ["56"] = "CL",
        ["57"] = "CO",
        ["60"] = "MY",
        ["61"] = "AU",
        ["62"] = "ID",
        ["63"] = "PH",
        ["64"] = "NZ",
        ["65"] = "SG",
        ["66"] = "TH",
        ["81"] = "JP",
        ["82"] = "KR",
        ["84"] = "VN",
        ["86"] = "CN",
        ["90"] = "TR",
        ["91"] = "IN",
        ["92"] = "PK",
        ["212"] = "MA",
        ["234"] = "NG",
        ["254"] = "KE",
        ["351"] = "PT",
        ["352"] = "LU",
        ["353"] = "IE",
        ["354"] = "IS",
        ["358"] = "FI",
        ["359"] = "BG",
        ["370"] = "LT",
        ["371"] = "LV",
        ["372"] = "EE",
        ["380"] = "UA",
        ["385"] = "HR",
        ["386"] = "SI",
        ["420"] = "CZ",
        ["421"] = "SK",
        ["852"] = "HK",
        ["886"] = "TW",
        ["966"] = "SA",
        ["971"] = "AE",
        ["972"] = "IL",
    };

    public static string Of(string number)
    {
        if (number is not ['+', ..]) return "";
        for (var length = 1; length <= 3 && length < number.Length; length++)
        {
            if (Codes.TryGetValue(number[1..(1 + length)], out var country)) return country;
        }
        return "";
    }
}
