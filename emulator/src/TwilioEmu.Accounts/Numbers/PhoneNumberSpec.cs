namespace TwilioEmu.Accounts.Numbers;

/// <summary>A number as the config asks for it.</summary>
public sealed record PhoneNumberSpec
{
    /// <summary>E.164 in any usual spelling, or the digits of a short code.</summary>
    public required string Number { get; init; }

    /// <summary>Null: told from the digits.</summary>
    public NumberKind? Kind { get; init; }

    public string? Sid { get; init; }

    /// <summary>SID or friendly name of the account it is to be given to, as the config has it; null for the first.</summary>
    public string? Account { get; init; }

    /// <summary>Segments per second it may send; null for its kind's rate.</summary>
    public double? MessagesPerSecond { get; init; }

    /// <summary>Two letters: the country of a short code; null for the United States, and for numbers, whose digits say it.</summary>
    public string? Country { get; init; }

    /// <summary>What is set on it, in the API's own parameters and by its rules: <c>SmsUrl</c>.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}
