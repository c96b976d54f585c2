using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads the <c>lookup:</c> of a file: facts by number.</summary>
internal static class LookupReader
{
    private static readonly string[] IdentityNames =
    [
        "first_name", "last_name", "address_line1", "address_line2", "city", "state", "postal_code", "address_country_code", "national_id",
        "date_of_birth",
    ];

    // twilio.com/docs/lookup/v2-api and its pages on each package.
    public static Settings<NumberFacts> Rows { get; } = new Settings<NumberFacts>()
        .OneOf(
            "line_type",
            [
                "mobile", "landline", "tollFree", "fixedVoip", "nonFixedVoip", "personal", "premium", "voicemail", "sharedCost", "uan",
                "pager", "unknown",
            ],
            "sort of line", static (n, v) => n with { LineType = v }, "mobile, landline, ...")
        .Text("carrier", "text", "its carrier", Words.NonEmpty, static (n, v) => n with { Carrier = v })
        .Text("mobile_country_code", "2 or 3 digits", "MCC", Digits, static (n, v) => n with { MobileCountryCode = v })
        .Text("mobile_network_code", "2 or 3 digits", "MNC", Digits, static (n, v) => n with { MobileNetworkCode = v })
        .Text("caller_name", "text", "CNAM", Words.NonEmpty, static (n, v) => n with { CallerName = v })
        .OneOf("caller_type", ["CONSUMER", "BUSINESS"], "of CNAM", static (n, v) => n with { CallerType = v })
        .Duration("sim_swapped", "how long ago", static (n, v) => n with { SimSwappedAgo = v })
        .Flag("forwarded", "calls are forwarded", static (n, v) => n with { IsForwarded = v })
        .OneOf(
            "line_status",
            ["active", "inactive", "reachable", "unreachable", "unknown"], "whether it is", static (n, v) => n with { LineStatus = v })
        .OneOf("reassigned", ["yes", "no", "no_data_available"], "the number changed hands", static (n, v) => n with { Reassigned = v })
        .Whole("risk_score", 0, 100, "of SMS pumping", static (n, v) => n with { RiskScore = v })
        .Flag("blocked", "for SMS pumping", static (n, v) => n with { IsBlocked = v })
        .Whole(
            "verify_error",
            10_000, 99_999, "Twilio's code with which Verify refuses to send it a code: 60605, 60238, 60212, ...",
            static (n, v) => n with { VerifyError = v })
        .Add(
            "identity", "mapping", "what identity match knows",
            static (n, fields, key) => fields.Mapping(key) is { } identity ? n with { Identity = ReadIdentity(identity) } : n);

    public static Dictionary<string, NumberFacts> Read(Fields fields)
    {
        var numbers = new Dictionary<string, NumberFacts>(StringComparer.Ordinal);
        if (fields.Mapping("lookup") is not { } mapping) return numbers;
        foreach (var member in mapping.Source.Members)
        {
            if (Words.PhoneNumber(member.Key) is { } wrong) fields.Faults.Add(member.KeyPlace, mapping.PathOf(member.Key), wrong);
            if (Rows.ReadAt(mapping, member.Key, NumberFacts.None) is { } facts) numbers[member.Key] = facts;
        }
        return numbers;
    }

    private static Dictionary<string, string> ReadIdentity(Fields given)
    {
        var identity = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in IdentityNames)
        {
            if (given.Text(name, Words.NonEmpty) is { } value) identity[name] = value;
        }
        given.End();
        return identity;
    }

    private static string? Digits(string text) =>
        text.Length is 2 or 3 && text.All(char.IsAsciiDigit) ? null : $"\"{text}\" is not two or three digits";
}
