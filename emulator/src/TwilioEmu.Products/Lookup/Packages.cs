namespace TwilioEmu.Products.Lookup;

/// <summary>A data package of Lookup v2.</summary>
/// <param name="Name">In <c>Fields</c>, and the member it fills.</param>
/// <param name="Category">The usage category its price counts in.</param>
/// <param name="Price">US dollars (twilio.com/en-us/user-authentication-identity/pricing/lookup; those on request are inferred).</param>
/// <param name="Covers">Whether a number of a country and line type is covered.</param>
internal sealed record Package(string Name, string Category, decimal Price, Func<string, string, bool> Covers);

/// <summary>The packages there are.</summary>
/// <remarks>twilio.com/docs/lookup/v2-api (data packages, coverage). What is out of coverage has error_code 60600 in its package.</remarks>
internal static class Packages
{
    /// <summary>Asks for nothing but formatting and validation, which are free and always there.</summary>
    public const string Validation = "validation";

    public static IReadOnlyList<Package> All { get; } =
    [
        new("caller_name", "calleridlookups", 0.01m, (country, _) => country == "US"),
        new("sim_swap", "fraud-lookups", 0.05m, (_, type) => type == "mobile"),
        new("call_forwarding", "fraud-lookups", 0.05m, (country, type) => country == "GB" && type == "mobile"),
        new("line_status", "fraud-lookups", 0.01m, (_, type) => type == "mobile"),
        new("line_type_intelligence", "carrier-lookups", 0.008m, (_, _) => true),
        new("identity_match", "fraud-lookups", 0.1m, (_, _) => true),
        new("reassigned_number", "fraud-lookups", 0.02m, (country, _) => country == "US"),
        new("sms_pumping_risk", "fraud-lookups", 0.025m, (_, _) => true),
        new("phone_number_quality_score", "fraud-lookups", 0.025m, (_, _) => true),
        new("pre_fill", "fraud-lookups", 0.1m, (country, _) => country == "US"),
    ];

    public static Package? Find(string name) => All.FirstOrDefault(p => p.Name == name);
}
