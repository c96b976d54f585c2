namespace TwilioEmu.Carrier.Switching;

/// <summary>Why somebody is called, in the words that branded calling shows on a phone.</summary>
/// <remarks>twilio.com/docs/api/errors/32115: at most 50 characters, ASCII alone and no control characters.</remarks>
public static class CallReasons
{
    public const int MaxLength = 50;

    /// <summary>By which switches and SIP phones have it told (twilio.com/docs/api/errors/32115).</summary>
    public const string Header = "X-Branded-CallReason";

    /// <summary>What a reason is, in words.</summary>
    public static readonly string Takes = $"up to {MaxLength} characters of ASCII";

    public static bool IsValid(string reason) => reason.Length <= MaxLength && reason.All(c => c is >= ' ' and <= '~');
}
