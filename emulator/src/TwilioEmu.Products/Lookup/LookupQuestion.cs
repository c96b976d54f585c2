using System.Globalization;
using System.Text.Json;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Lookup;

/// <summary>What is asked of one number.</summary>
/// <param name="Number">As sent.</param>
/// <param name="Country">ISO code, or null.</param>
/// <param name="Packages">Each once.</param>
internal sealed record LookupQuestion(string Number, string? Country, IReadOnlyList<Package> Packages)
{
    // The parameters of identity_match as the query spells them, and as the body and the facts do.
    private static readonly (string Parameter, string Name)[] IdentityParameters =
    [
        ("FirstName", "first_name"), ("LastName", "last_name"), ("AddressLine1", "address_line1"), ("AddressLine2", "address_line2"),
        ("City", "city"),
        ("State", "state"), ("PostalCode", "postal_code"), ("AddressCountryCode", "address_country_code"), ("NationalId", "national_id"),
        ("DateOfBirth", "date_of_birth"),
    ];

    /// <summary>For <c>identity_match</c>: who is said to have the number.</summary>
    public IReadOnlyDictionary<string, string> Identity { get; init; } = new Dictionary<string, string>();

    /// <summary>For <c>reassigned_number</c>: when it was last known whose it is.</summary>
    public DateOnly? LastVerified { get; init; }

    /// <summary>Why it cannot be answered, or null.</summary>
    public TwilioError? Fault { get; private init; }

    public static LookupQuestion FromQuery(RestRequest request)
    {
        var query = request.Query;
        var identity = IdentityParameters.Where(p => !string.IsNullOrEmpty(query[p.Parameter]))
            .ToDictionary(p => p.Name, p => query[p.Parameter]!);
        return Of(
            request.PathValues["PhoneNumber"], query["CountryCode"],
            (query["Fields"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            identity, query["LastVerifiedDate"]);
    }

    /// <param name="item">An element of <c>phone_numbers</c>; its shape was checked before.</param>
    public static LookupQuestion FromJson(JsonElement item)
    {
        var identity = new Dictionary<string, string>();
        if (item.TryGetProperty("identity_match", out var who) && who.ValueKind == JsonValueKind.Object)
        {
            foreach (var (_, name) in IdentityParameters) if (Text(who, name) is { Length: > 0 } value) identity[name] = value;
        }
        var verified = item.TryGetProperty("reassigned_number", out var reassigned) && reassigned.ValueKind == JsonValueKind.Object
            ? Text(reassigned, "last_verified_date")
            : null;
        var fields = item.TryGetProperty("fields", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(f => f.ValueKind == JsonValueKind.String).Select(f => f.GetString()!).ToArray()
            : [];
        return Of(Text(item, "phone_number") ?? "", Text(item, "country_code"), fields, identity, verified);
    }

    public static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static LookupQuestion Of(
        string number, string? country, IReadOnlyList<string> fields, Dictionary<string, string> identity, string? verified)
    {
        var question = new LookupQuestion(
            number, string.IsNullOrEmpty(country) ? null : country.ToUpperInvariant(), [])
        { Identity = identity };
        var packages = new List<Package>();
        foreach (var field in fields.Distinct())
        {
            if (field == Lookup.Packages.Validation) continue;
            if (Lookup.Packages.Find(field) is not { } package)
            {
                // 60618 (inferred): the live service's own code for a package nobody knows is not published.
                return question with
                {
                    Fault = ErrorCodes.Error(
                        60618,
                        $"Invalid parameter `Fields`: '{field}' is not one of validation, "
                            + $"{string.Join(", ", Lookup.Packages.All.Select(p => p.Name))}"),
                };
            }
            packages.Add(package);
        }
        question = question with { Packages = packages };
        if (packages.Any(p => p.Name == "identity_match") && identity.Count == 0)
        {
            return question with
            {
                Fault = ErrorCodes.Error(
                    60617,
                    "identity_match needs at least one of FirstName, LastName, AddressLine1, City, State, PostalCode, AddressCountryCode, "
                        + "NationalId, DateOfBirth"),
            };
        }
        if (packages.All(p => p.Name != "reassigned_number")) return question;
        if (string.IsNullOrEmpty(verified))
        {
            return question with { Fault = ErrorCodes.Error(60617, "reassigned_number needs LastVerifiedDate") };
        }
        return DateOnly.TryParseExact(verified, ["yyyyMMdd", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? question with { LastVerified = day }
            : question with { Fault = ErrorCodes.Error(60618, $"Invalid LastVerifiedDate: '{verified}' is not a date such as 20240123") };
    }
}
