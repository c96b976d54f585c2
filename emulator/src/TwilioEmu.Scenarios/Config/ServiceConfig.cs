namespace TwilioEmu.Scenarios.Config;

/// <summary>
/// A Messaging Service that is there from the start; the words are those of its resource (twilio.com/docs/messaging/api/service-resource).
/// </summary>
public sealed record ServiceConfig
{
    /// <summary>MG and 32 hex digits; null mints one.</summary>
    public string? Sid { get; init; }

    public required string FriendlyName { get; init; }

    /// <summary>SID or friendly name of the owner; null for the first account.</summary>
    public string? Account { get; init; }

    /// <summary>Numbers and short codes of the account, alphanumeric names, and channel senders, in the order they join.</summary>
    public IReadOnlyList<string> Senders { get; init; } = [];

    public string? InboundRequestUrl { get; init; }

    public string? FallbackUrl { get; init; }

    public string? StatusCallback { get; init; }

    public bool IsSticky { get; init; } = true;

    public bool MatchesAreaCode { get; init; } = true;

    public bool IsSmartEncoded { get; init; }

    public bool ConvertsMedia { get; init; } = true;

    /// <summary>True where the numbers' own URLs are told of what comes in.</summary>
    public bool UsesNumbersWebhook { get; init; } = true;

    public TimeSpan? Validity { get; init; }

    /// <summary>Advanced Opt-Out; empty for the usual keywords.</summary>
    public IReadOnlyList<OptOutConfig> OptOut { get; init; } = [];
}

/// <summary>Keywords of one type, and what is answered to them.</summary>
/// <param name="Type"><c>stop</c>, <c>start</c> or <c>help</c>.</param>
/// <param name="Words">Beside the usual ones; capital letters and digits.</param>
/// <param name="Reply">Null keeps the usual reply.</param>
/// <param name="Country">ISO code; null for all.</param>
public sealed record OptOutConfig(string Type, IReadOnlyList<string> Words, string? Reply, string? Country)
{
    /// <summary>Usual keywords of the type that are none here.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];
}
