using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads the <c>lookup:</c> of a file: facts by number.</summary>
internal static class LookupReader
{
    // twilio.com/docs/lookup/v2-api and its pages on each package.
    private static readonly string[] LineTypes =
        ["mobile", "landline", "tollFree", "fixedVoip", "nonFixedVoip", "personal", "premium", "voicemail", "sharedCost", "uan", "pager", "unknown"];

    private static readonly string[] Statuses = ["active", "inactive", "reachable", "unreachable", "unknown"];

    private static readonly string[] IdentityNames =
    [
        "first_name", "last_name", "address_line1", "address_line2", "city", "state", "postal_code", "address_country_code", "national_id", "date_of_birth",
    ];

    public static List<LookupConfig> Read(Fields fields)
    {
        var numbers = new List<LookupConfig>();
        if (fields.Mapping("lookup") is not { } mapping) return numbers;
        foreach (var member in mapping.Source.Members)
        {
            if (Words.PhoneNumber(member.Key) is { } wrong) fields.Faults.Add(member.KeyPlace, mapping.PathOf(member.Key), wrong);
            if (mapping.Mapping(member.Key) is { } number) numbers.Add(ReadOne(member.Key, number));
        }
        return numbers;
    }

    private static LookupConfig ReadOne(string name, Fields number)
    {
        var read = new LookupConfig(name)
        {
            LineType = number.Text("line_type", OneOf(LineTypes)),
            Carrier = number.Text("carrier", Words.NonEmpty),
            MobileCountryCode = number.Text("mobile_country_code", Digits),
            MobileNetworkCode = number.Text("mobile_network_code", Digits),
            CallerName = number.Text("caller_name", Words.NonEmpty),
            CallerType = number.Text("caller_type", OneOf(["CONSUMER", "BUSINESS"])),
            SimSwapped = number.Duration("sim_swapped"),
            Forwarded = number.Flag("forwarded"),
            LineStatus = number.Text("line_status", OneOf(Statuses)),
            Reassigned = number.Text("reassigned", OneOf(["yes", "no", "no_data_available"])),
            RiskScore = (int?)number.Whole("risk_score", 0, 100),
            Blocked = number.Flag("blocked"),
            Identity = ReadIdentity(number),
        };
        number.End();
        return read;
    }

    private static Dictionary<string, string> ReadIdentity(Fields number)
    {
        var identity = new Dictionary<string, string>(StringComparer.Ordinal);
        if (number.Mapping("identity") is not { } given) return identity;
        foreach (var name in IdentityNames)
        {
            if (given.Text(name, Words.NonEmpty) is { } value) identity[name] = value;
        }
        given.End();
        return identity;
    }

    private static Func<string, string?> OneOf(string[] words) => text => words.Contains(text) ? null : $"\"{text}\" is not one of {string.Join(", ", words)}";

    private static string? Digits(string text) => text.Length is 2 or 3 && text.All(char.IsAsciiDigit) ? null : $"\"{text}\" is not two or three digits";
}
