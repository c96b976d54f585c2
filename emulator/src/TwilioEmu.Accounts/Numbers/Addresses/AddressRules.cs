using System.Text.RegularExpressions;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Accounts.Numbers.Addresses;

/// <summary>Validates the addresses of countries that have theirs validated: the United States and Canada. Pure.</summary>
/// <remarks>
/// twilio.com/docs/usage/api/address: what does not pass is refused with 21628; what is nearly right is put right, unless
/// <c>AutoCorrectAddress=false</c>: then 21629 suggests it. Known here is how regions and postal codes are spelt, not every street.
/// </remarks>
internal static partial class AddressRules
{
    // States and provinces come with the area codes; these have none of the US or Canada (usps.com, publication 28, appendix B).
    private static readonly string[] MoreRegions =
    [
        "US PR", "US GU", "US VI", "US AS", "US MP", "US AA", "US AE", "US AP", "CA NU", "CA NT", "CA YT", "CA PE",
    ];

    private static readonly Lazy<HashSet<string>> Regions = new(() =>
        [.. MoreRegions, .. AreaPlan.All.SelectMany(a => a.Places, (a, p) => $"{a.Country} {p.Region}")]);

    /// <summary>The address as it is to be kept, or the refusal.</summary>
    public static PostalAddress? Judge(PostalAddress address, bool mayCorrect, out TwilioError? refusal)
    {
        refusal = null;
        if (address.IsoCountry is not ("US" or "CA")) return address with { IsValidated = false };
        var region = address.Region.Trim().ToUpperInvariant();
        var postal = address.PostalCode.Trim().ToUpperInvariant();
        if (address.IsoCountry == "CA" && postal.Length == 6) postal = $"{postal[..3]} {postal[3..]}";
        if (!Regions.Value.Contains($"{address.IsoCountry} {region}"))
        {
            refusal = ErrorCodes.Error(21628, $"Address Validation Error: {address.Region} is no region of {address.IsoCountry}");
        }
        else if (!(address.IsoCountry == "US" ? ZipPattern() : CanadianPattern()).IsMatch(postal))
        {
            refusal = ErrorCodes.Error(21628, $"Address Validation Error: {address.PostalCode} is no postal code of {address.IsoCountry}");
        }
        if (refusal is not null) return null;
        var corrected = address with { Region = region, PostalCode = postal, IsValidated = true };
        if (mayCorrect || (region == address.Region && postal == address.PostalCode)) return corrected;
        refusal = ErrorCodes.Error(
            21629,
            $"Address Validation Error - Check Suggested Address: {corrected.Street}, {corrected.City}, {corrected.Region} "
                + $"{corrected.PostalCode}, {corrected.IsoCountry}");
        return null;
    }

    [GeneratedRegex(@"^\d{5}(-\d{4})?$", RegexOptions.CultureInvariant)]
    private static partial Regex ZipPattern();

    // Canada Post addressing guidelines: letter, digit, letter, space, digit, letter, digit; no D, F, I, O, Q, U.
    [GeneratedRegex(@"^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d$", RegexOptions.CultureInvariant)]
    private static partial Regex CanadianPattern();
}
