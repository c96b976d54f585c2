namespace TwilioEmu.Scenarios.Config;

/// <summary>A number that an account owns from the start; the words are those of the IncomingPhoneNumber resource.</summary>
public sealed record NumberConfig
{
    /// <summary>E.164, or the digits of a short code.</summary>
    public required string Number { get; init; }

    /// <summary>Null: told from the digits.</summary>
    public NumberType? Type { get; init; }

    /// <summary>SID or friendly name of the owner; null for the first account.</summary>
    public string? Account { get; init; }

    public string? FriendlyName { get; init; }

    public string? SmsUrl { get; init; }

    public string? SmsMethod { get; init; }

    public string? SmsFallbackUrl { get; init; }

    public string? SmsFallbackMethod { get; init; }

    public string? VoiceUrl { get; init; }

    public string? VoiceMethod { get; init; }

    public string? VoiceFallbackUrl { get; init; }

    public string? VoiceFallbackMethod { get; init; }

    public string? StatusCallback { get; init; }

    public string? StatusCallbackMethod { get; init; }

    /// <summary>Segments per second it may send; null for its type's rate.</summary>
    public double? MessagesPerSecond { get; init; }
}

/// <summary>What kind of sender a number is.</summary>
public enum NumberType
{
    LongCode,
    TollFree,
    ShortCode,
}
