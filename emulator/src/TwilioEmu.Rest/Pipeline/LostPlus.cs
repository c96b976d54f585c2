namespace TwilioEmu.Rest.Pipeline;

/// <summary>
/// Phone numbers whose plus was sent unescaped: <c>To=+1415...</c> in a form or query reads as a blank, and the live service forgives it.
/// </summary>
/// <remarks>Observed of Messages; that every parameter that takes a number is forgiven alike is (inferred). Pure.</remarks>
internal static class LostPlus
{
    // E.164 section 6; the shortest numbers in service have seven digits.
    private const int MinDigits = 7;
    private const int MaxDigits = 15;

    // Ends of the names of parameters that take numbers: To, MessagingBinding.ProxyAddress, OriginationNumber, CallerId, Participant...
    private static readonly string[] Endings =
    [
        "To", "From", "Number", "Numbers", "Address", "CallerId", "ForwardedFrom", "Caller", "Callee", "Msisdn",
    ];

    /// <summary>The value with its plus again, or as it is: <c>" 14155550100"</c>, <c>"whatsapp: 14155550100"</c>.</summary>
    public static string Restore(string name, string value)
    {
        var blank = value.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0 || (blank > 0 && value[blank - 1] != ':') || !TakesNumbers(name)) return value;
        var count = 0;
        foreach (var c in value.AsSpan(blank + 1))
        {
            if (char.IsAsciiDigit(c)) count++;
            else if (c is not (' ' or '-' or '.' or '(' or ')')) return value;
        }
        return count is >= MinDigits and <= MaxDigits && char.IsAsciiDigit(value[blank + 1])
            ? string.Concat(value.AsSpan(0, blank), "+", value.AsSpan(blank + 1))
            : value;
    }

    private static bool TakesNumbers(string name)
    {
        foreach (var ending in Endings) if (name.EndsWith(ending, StringComparison.Ordinal)) return true;
        return false;
    }
}
