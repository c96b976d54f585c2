namespace TwilioEmu.Scenarios.Config;

/// <summary>What Lookup knows of a number; null for the usual.</summary>
public sealed record LookupConfig(string Number)
{
    public string? LineType { get; init; }

    public string? Carrier { get; init; }

    public string? MobileCountryCode { get; init; }

    public string? MobileNetworkCode { get; init; }

    public string? CallerName { get; init; }

    /// <summary><c>CONSUMER</c> or <c>BUSINESS</c>.</summary>
    public string? CallerType { get; init; }

    /// <summary>How long ago, at every look, its SIM was changed.</summary>
    public TimeSpan? SimSwapped { get; init; }

    public bool? Forwarded { get; init; }

    public string? LineStatus { get; init; }

    public string? Reassigned { get; init; }

    public int? RiskScore { get; init; }

    public bool? Blocked { get; init; }

    /// <summary>Twilio's code for which Verify sends it nothing.</summary>
    public int? VerifyError { get; init; }

    /// <summary>Whose it is: <c>first_name</c>, <c>postal_code</c>.</summary>
    public IReadOnlyDictionary<string, string> Identity { get; init; } = new Dictionary<string, string>();
}
