using System.Globalization;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.Numbers.Inventory;

/// <summary>A number that is for sale.</summary>
internal sealed record AvailableNumber(string Number, string AreaCode, Country Country, Offer Offer, Place Place) : IFace
{
    public string? RateCenter => Place.Locality?.ToUpperInvariant() is { } city ? city[..Math.Min(10, city.Length)] : null;

    /// <summary>Properties of twilio.com/docs/phone-numbers/api/availablephonenumber-resource: what looks like a number is a string.</summary>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "phone_number": to.Write(Number); break;
            case "friendly_name": to.Write(E164.ToNational(Number)); break;
            case "lata": to.Write(Place.Lata); break;
            case "locality": to.Write(Place.Locality); break;
            case "rate_center": to.Write(Country.CallingCode == "1" ? RateCenter : null); break;
            case "latitude": to.Write(Degrees(Place.Latitude)); break;
            case "longitude": to.Write(Degrees(Place.Longitude)); break;
            case "region": to.Write(Place.Region); break;
            case "postal_code": to.Write(Place.PostalCode); break;
            case "iso_country": to.Write(Country.IsoCode); break;
            case "address_requirements": to.Write("none"); break;
            case "beta": to.Write(false); break;
            case "capabilities": PhoneNumberFace.WriteCapabilities(Offer.Capabilities, to, withUpperCase: true); break;
        }
    }

    private static string? Degrees(double? value) => value?.ToString("0.000000", CultureInfo.InvariantCulture);
}
