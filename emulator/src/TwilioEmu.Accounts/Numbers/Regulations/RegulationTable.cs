using System.Collections.Immutable;
using TwilioEmu.Accounts.Numbers.Inventory;

namespace TwilioEmu.Accounts.Numbers.Regulations;

/// <summary>What regulators ask of owners of numbers: a small believable table (inferred; the live one changes with the laws).</summary>
/// <remarks>
/// twilio.com/docs/phone-numbers/regulatory/api: end-user types, supporting document types, and one regulation per country,
/// number type and kind of owner.
/// </remarks>
internal static class RegulationTable
{
    /// <summary>The kinds of owner, with what they tell of themselves.</summary>
    public static ImmutableArray<RegulatoryType> EndUsers { get; } =
    [
        new(
            "individual", "Individual",
            [
                "first_name=First Name", "last_name=Last Name", "birth_date=Birth Date", "nationality=Nationality", "email=Email",
                "phone_number=Phone Number",
            ]),
        new(
            "business", "Business",
            [
                "business_name=Business Name", "business_registration_number=Business Registration Number",
                "business_website=Business Website", "first_name=First Name", "last_name=Last Name", "email=Email",
                "phone_number=Phone Number",
            ]),
    ];

    /// <summary>The papers, with what is to be told of them.</summary>
    public static ImmutableArray<RegulatoryType> Documents { get; } =
    [
        new("address", "Address Validation", ["address_sids=Address sid(s)"]),
        new(
            "passport", "Passport",
            ["document_number=Document Number", "first_name=First Name", "last_name=Last Name", "birth_date=Birth Date"]),
        new(
            "government_issued_document", "Government Issued Document",
            ["document_number=Document Number", "first_name=First Name", "last_name=Last Name"]),
        new("utility_bill", "Utility Bill", ["address_sids=Address sid(s)"]),
        new("business_registration", "Business Registration", ["document_number=Document Number", "business_name=Business Name"]),
        new(
            "tax_document", "Tax Document",
            ["document_number=Document Number", "business_name=Business Name", "address_sids=Address sid(s)"]),
    ];

    /// <summary>All regulations, by country.</summary>
    public static ImmutableArray<Regulation> All { get; } =
    [
        .. from country in Market.Countries.OrderBy(c => c.IsoCode, StringComparer.Ordinal)
           from offer in country.Offers
           where offer.Address != AddressRequirement.None
           from endUser in EndUsers
           select new Regulation(country, offer, endUser),
    ];
}

/// <summary>A kind of owner or paper: its names and the fields it asks for, each <c>machine_name=Friendly Name</c>.</summary>
internal sealed record RegulatoryType(string MachineName, string FriendlyName, ImmutableArray<string> FieldList)
{
    public IEnumerable<(string MachineName, string FriendlyName)> Fields => FieldList.Select(f => f.Split('=')).Select(f => (f[0], f[1]));
}

/// <summary>What a country asks of one kind of owner of one type of number.</summary>
internal sealed record Regulation(Country Country, Offer Offer, RegulatoryType EndUser)
{
    public string NumberType => Offer.Name.Replace('_', '-');

    public string FriendlyName => $"{Country.Plan.Name}: {Offer.Type} - {EndUser.FriendlyName}";

    /// <summary>The papers that prove the owner, then those that prove the address.</summary>
    public IEnumerable<(string Name, string Requirement, string[] Accepted)> Papers => EndUser.MachineName == "business"
        ? [("Proof of Business", "business_info", ["business_registration", "tax_document"]), ("Address", "proof_of_address", Addresses)]
        :
        [
            ("Proof of Identity", "individual_info", ["passport", "government_issued_document"]),
            ("Address", "proof_of_address", Addresses),
        ];

    private string[] Addresses => Offer.Address == AddressRequirement.Local ? ["address", "utility_bill"] : ["address"];
}
