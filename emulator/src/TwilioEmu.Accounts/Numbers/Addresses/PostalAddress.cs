using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Accounts.Numbers.Addresses;

/// <summary>Where an owner of numbers lives, as regulators and emergency services want to know it: an Address resource.</summary>
/// <remarks>twilio.com/docs/usage/api/address.</remarks>
internal sealed record PostalAddress : IRecord, IFace
{
    public static readonly TableKey<PostalAddress> Table = new("addresses");

    public required string Sid { get; init; }

    public required AccountSid Account { get; init; }

    public required DateTimeOffset DateCreated { get; init; }

    public DateTimeOffset DateUpdated { get; init; }

    public required string CustomerName { get; init; }

    public required string Street { get; init; }

    public string? StreetSecondary { get; init; }

    public required string City { get; init; }

    public required string Region { get; init; }

    public required string PostalCode { get; init; }

    /// <summary>ISO 3166-1, two capitals; it does not change.</summary>
    public required string IsoCountry { get; init; }

    public string? FriendlyName { get; init; }

    public bool IsEmergencyEnabled { get; init; }

    /// <summary>True where addresses of the country are checked, and this one passed.</summary>
    public bool IsValidated { get; init; }

    public string Key => Sid;

    public bool IsSettled => false;

    public string Path => $"/2010-04-01/Accounts/{Account}/Addresses/{Sid}";

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sid", Sid);
        json.WriteString("friendly_name", FriendlyName);
        json.WriteString("iso_country", IsoCountry);
        json.WriteBoolean("emergency_enabled", IsEmergencyEnabled);
    }

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(Sid); break;
            case "account_sid": to.Write(Account.Value); break;
            case "date_created": to.Write(DateCreated); break;
            case "date_updated": to.Write(DateUpdated); break;
            case "customer_name": to.Write(CustomerName); break;
            case "street": to.Write(Street); break;
            case "street_secondary": to.Write(StreetSecondary); break;
            case "city": to.Write(City); break;
            case "region": to.Write(Region); break;
            case "postal_code": to.Write(PostalCode); break;
            case "iso_country": to.Write(IsoCountry); break;
            case "friendly_name": to.Write(FriendlyName); break;
            case "emergency_enabled": to.Write(IsEmergencyEnabled); break;
            case "validated": to.Write(IsValidated); break;
            // Verified by documents: nobody looks at documents here.
            case "verified": to.Write(false); break;
            case "uri": to.Write(Path + ".json"); break;
        }
    }
}
