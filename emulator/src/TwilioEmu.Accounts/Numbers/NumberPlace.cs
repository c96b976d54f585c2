using System.Globalization;
using TwilioEmu.Accounts.Numbers.Plans;

namespace TwilioEmu.Accounts.Numbers;

/// <summary>
/// Where a party's number is registered, as webhooks tell it: <c>FromCity</c>, <c>FromState</c>, <c>FromZip</c>, <c>FromCountry</c>.
/// </summary>
/// <remarks>
/// twilio.com/docs/messaging/guides/webhook-request: geographic data is looked up where it can be. City and below are known for the
/// United States and Canada, in capitals as on the wire; elsewhere they are empty, as are all four where the country is not known.
/// </remarks>
public readonly record struct NumberPlace(string City, string State, string Zip, string Country)
{
    /// <summary>True in the United States and where their carriers serve as well (inferred).</summary>
    public bool IsOfUnitedStates => Country is "US" or "PR" or "VI" or "GU" or "AS" or "MP";

    public static NumberPlace Of(string address)
    {
        // Short codes count as the United States' (inferred).
        if (address is not ['+', ..]) return new NumberPlace("", "", "", E164.IsShortCode(address) ? "US" : "");
        var country = NumberPlans.CountryOf(address);
        return AreaPlan.PlaceOf(address) is { } place
            ? new NumberPlace(place.City.ToUpper(CultureInfo.InvariantCulture), place.Region, place.PostalCode, country)
            : new NumberPlace("", "", "", country);
    }
}
