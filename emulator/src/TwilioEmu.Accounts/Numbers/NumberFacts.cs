namespace TwilioEmu.Accounts.Numbers;

/// <summary>What can be known of a number beyond its digits; null is for the usual.</summary>
public sealed record NumberFacts
{
    public static NumberFacts None { get; } = new();

    /// <summary>A word of Lookup: <c>landline</c>, <c>mobile</c>.</summary>
    public string? LineType { get; init; }

    public string? Carrier { get; init; }

    public string? MobileCountryCode { get; init; }

    public string? MobileNetworkCode { get; init; }

    public string? CallerName { get; init; }

    /// <summary><c>CONSUMER</c> or <c>BUSINESS</c>.</summary>
    public string? CallerType { get; init; }

    /// <summary>How long before a look the SIM was last changed; null for not lately.</summary>
    public TimeSpan? SimSwappedAgo { get; init; }

    public bool? IsForwarded { get; init; }

    /// <summary><c>active</c>, <c>inactive</c>, <c>reachable</c>, <c>unreachable</c>, <c>unknown</c>.</summary>
    public string? LineStatus { get; init; }

    /// <summary><c>yes</c>, <c>no</c> or <c>no_data_available</c>.</summary>
    public string? Reassigned { get; init; }

    /// <summary>0 to 100: how likely texts to it are sent for their fees.</summary>
    public int? RiskScore { get; init; }

    public bool? IsBlocked { get; init; }

    /// <summary>Twilio's code with which Verify refuses to send it a code; null for none.</summary>
    public int? VerifyError { get; init; }

    /// <summary>Whose it is, by the names of the parameters: <c>first_name</c>, <c>postal_code</c>.</summary>
    public IReadOnlyDictionary<string, string> Identity { get; init; } = new Dictionary<string, string>();
}
