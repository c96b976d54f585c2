using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Accounts.Numbers.Addresses;

/// <summary>Where an owner of numbers lives, as regulators and emergency services want to know it: an Address resource.</summary>
/// <remarks>twilio.com/docs/usage/api/address.</remarks>
internal sealed record PostalAddress : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<PostalAddress> Form = new("address", static (r, m) => new PostalAddress
    {
        Sid = m.Text("sid", r?.Sid),
        Account = m.Account("account_sid", r?.Account),
        DateCreated = m.Instant("date_created", r?.DateCreated),
        DateUpdated = m.Instant("date_updated", r?.DateUpdated),
        CustomerName = m.Text("customer_name", r?.CustomerName),
        Street = m.Text("street", r?.Street),
        StreetSecondary = m.TextOrNull("street_secondary", r?.StreetSecondary),
        City = m.Text("city", r?.City),
        Region = m.Text("region", r?.Region),
        PostalCode = m.Text("postal_code", r?.PostalCode),
        IsoCountry = m.Text("iso_country", r?.IsoCountry),
        FriendlyName = m.TextOrNull("friendly_name", r?.FriendlyName),
        IsEmergencyEnabled = m.Flag("emergency_enabled", r?.IsEmergencyEnabled),
        IsValidated = m.Flag("validated", r?.IsValidated),
    });

    public static readonly TableKey<PostalAddress> Table = new("addresses", Form);

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
