using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Accounts.Numbers.Inventory;

/// <summary>A number that is for sale.</summary>
/// <param name="Number">E.164.</param>
/// <param name="AreaCode">What it begins with after the calling code.</param>
/// <param name="Offer">What it is sold as.</param>
/// <param name="City">Outside North America; null where its code has none.</param>
/// <param name="Area">In the United States and Canada, for local numbers.</param>
/// <param name="Place">Its place in the area.</param>
internal sealed record AvailableNumber(string Number, string AreaCode, Offer Offer, string? City, Area? Area, AreaPlace? Place) : IFace
{
    public string? Locality => Place?.City ?? City;

    /// <summary>Properties of twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource.</summary>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "phone_number": to.Write(Number); break;
            case "friendly_name": to.Write(E164.ToNational(Number)); break;
            case "lata": to.Write(Area?.Lata); break;
            case "locality": to.Write(Locality); break;
            case "rate_center": to.Write(Place?.RateCenter); break;
            case "latitude": WriteDegrees(Place?.Latitude, to); break;
            case "longitude": WriteDegrees(Place?.Longitude, to); break;
            case "region": to.Write(Place?.Region); break;
            case "postal_code": to.Write(Place?.PostalCode); break;
            case "iso_country": to.Write(Offer.Country); break;
            case "address_requirements": to.Write(Offer.Address.Wire()); break;
            case "beta": to.Write(false); break;
            case "capabilities": PhoneNumberFace.WriteCapabilities(Offer.Capabilities, to, withUpperCase: true); break;
        }
    }

    // The document's schema says number, its example shows a string; SDKs of all languages read the number.
    private static void WriteDegrees(double? value, FaceWriter to)
    {
        if (value is { } degrees) to.Json.WriteNumberValue(degrees);
    }
}
