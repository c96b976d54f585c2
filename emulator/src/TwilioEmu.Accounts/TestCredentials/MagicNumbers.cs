using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Accounts.TestCredentials;

/// <summary>Numbers that stand for a fault, or for success.</summary>
/// <remarks>twilio.com/docs/iam/test-credentials.</remarks>
public static class MagicNumbers
{
    /// <summary>The only sender there is.</summary>
    public const string Valid = "+15005550006";

    private const string Beginning = "+1500555";

    private static readonly Dictionary<string, int> MessageFrom = new(StringComparer.Ordinal)
    {
        ["+15005550001"] = 21212,
        ["+15005550007"] = 21606,
        ["+15005550008"] = 21611,
    };

    private static readonly Dictionary<string, int> MessageTo = new(StringComparer.Ordinal)
    {
        ["+15005550001"] = 21211,
        ["+15005550002"] = 21612,
        ["+15005550003"] = 21408,
        ["+15005550004"] = 21610,
        ["+15005550009"] = 21614,
    };

    private static readonly Dictionary<string, int> CallFrom = new(StringComparer.Ordinal) { ["+15005550001"] = 21212 };

    private static readonly Dictionary<string, int> CallTo = new(StringComparer.Ordinal)
    {
        ["+15005550001"] = 21217,
        ["+15005550002"] = 21214,
        ["+15005550003"] = 21215,
        ["+15005550004"] = 21216,
    };

    /// <summary>What is said to an account that uses one as its own: people bring it from tests against the live service.</summary>
    public static string CureOf(string number) =>
        number.StartsWith(Beginning, StringComparison.Ordinal) && number.Length == Valid.Length
            ? $"; {number} is a magic number of test credentials, which accounts have by test_credentials:"
            : "";

    /// <summary>The fault of a message's addresses, or null. Any other sender is none of the test account's: 21606.</summary>
    public static TwilioError? OfMessage(string from, string to) => Of(MessageFrom, from, otherwise: 21606) ?? Of(MessageTo, to);

    /// <summary>The fault of a call's addresses, or null. Any other caller is not verified: 21210.</summary>
    public static TwilioError? OfCall(string from, string to) => Of(CallFrom, from, otherwise: 21210) ?? Of(CallTo, to);

    private static TwilioError? Of(Dictionary<string, int> table, string number, int? otherwise = null)
    {
        if (number == Valid) return null;
        if (table.TryGetValue(number, out var code)) return Error(code, number);
        return otherwise is { } other
            ? Error(other, number) with { Cure = $"test credentials own no numbers: their one sender is {Valid}" }
            : null;
    }

    private static TwilioError Error(int code, string number)
    {
        // Texts as the live API has them for the same faults (twilio.com/docs/api/errors); the rest have their titles.
        var message = code switch
        {
            21210 =>
                $"The source phone number provided, {number}, is not yet verified for this account. You may only make calls from phone "
                    + "numbers that you've verified or purchased from Twilio.",
            21211 => $"Invalid 'To' Phone Number: {NumberMask.Of(number)}",
            21212 => $"The 'From' number {number} is not a valid phone number, shortcode, or alphanumeric sender ID.",
            21606 => $"The From phone number {number} is not a valid, SMS-capable inbound phone number or short code for your account.",
            21611 => $"This 'From' number has exceeded the maximum number of queued messages: {number}",
            _ => null,
        };
        return ErrorCodes.Error(code, message ?? $"{ErrorCodes.Error(code).Message}: {number}");
    }
}
