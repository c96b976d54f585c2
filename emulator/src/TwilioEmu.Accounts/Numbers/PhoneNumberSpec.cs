namespace TwilioEmu.Accounts.Numbers;

/// <summary>A number as the config asks for it.</summary>
public sealed record PhoneNumberSpec
{
    /// <summary>E.164 in any usual spelling, or the digits of a short code.</summary>
    public required string Number { get; init; }

    /// <summary>Null: told from the digits.</summary>
    public NumberKind? Kind { get; init; }

    public string? Sid { get; init; }

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

    /// <summary>Segments per second it may send; null for its kind's rate.</summary>
    public double? MessagesPerSecond { get; init; }
}
