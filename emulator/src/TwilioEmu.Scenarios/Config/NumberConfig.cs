namespace TwilioEmu.Scenarios.Config;

/// <summary>A number that an account owns from the start; <see cref="NumberReader"/> tells its words, which are those of the IncomingPhoneNumber resource.</summary>
public sealed record NumberConfig
{
    /// <summary>E.164, or the digits of a short code.</summary>
    public required string Number { get; init; }

    /// <summary>Null: told from the digits.</summary>
    public NumberType? Type { get; init; }

    /// <summary>SID or friendly name of the owner; null for the first account.</summary>
    public string? Account { get; init; }

    /// <summary>Segments per second it may send; null for its type's rate.</summary>
    public double? MessagesPerSecond { get; init; }

    /// <summary>What is set on it, by parameter of the API: <c>SmsUrl</c>.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}

/// <summary>What kind of sender a number is.</summary>
public enum NumberType
{
    LongCode,
    TollFree,
    ShortCode,
}
