namespace TwilioEmu.Accounts.Numbers;

/// <summary>Reads telephone numbers as people and programs write them, and writes them as +digits (ITU-T E.164). Pure.</summary>
/// <remarks>
/// Spaces, dashes, dots, brackets and repeated plus signs are passed over (redirection 2, point 7: <c>+ +15551230009</c>,
/// <c>415-123-4567</c>). Without a plus, ten digits are North American, and eleven to fifteen are a number whose plus was lost,
/// often in a query string (inferred).
/// </remarks>
public static class E164
{
    // E.164 §6: at most 15 digits. The shortest numbers in service have seven after the plus.
    private const int MaxDigits = 15;
    private const int MinDigits = 7;

    private const int NorthAmericanDigits = 11;

    /// <summary>The number as <c>+15551230009</c>; false for what is none.</summary>
    public static bool TryNormalize(string? text, out string e164)
    {
        e164 = "";
        if (string.IsNullOrEmpty(text) || text.Length > 3 * MaxDigits) return false;
        Span<char> digits = stackalloc char[MaxDigits + 1];
        digits[0] = '+';
        var count = 0;
        var hasPlus = false;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == MaxDigits) return false;
                digits[++count] = c;
            }
            else if (c == '+' && count == 0)
            {
                hasPlus = true;
            }
            else if (c is not (' ' or '-' or '.' or '(' or ')' or '\u00A0'))
            {
                return false;
            }
        }
        if (count == 0 || digits[1] == '0') return false;
        if (!hasPlus && count == NorthAmericanDigits - 1)
        {
            e164 = string.Concat("+1", digits[1..(count + 1)]);
            return true;
        }
        if (count < (hasPlus ? MinDigits : NorthAmericanDigits)) return false;
        // Every number of country code 1 has eleven digits.
        if (digits[1] == '1' && count != NorthAmericanDigits) return false;
        // Programs write it so already, most often.
        e164 = digits[..(count + 1)].SequenceEqual(text) ? text : digits[..(count + 1)].ToString();
        return true;
    }

    /// <summary>True for the five or six digits of a short code.</summary>
    public static bool IsShortCode(string text)
    {
        if (text.Length is not (5 or 6)) return false;
        foreach (var c in text) if (!char.IsAsciiDigit(c)) return false;
        return true;
    }

    /// <summary>As people write it: <c>(415) 555-0100</c> in North America, elsewhere as it is.</summary>
    public static string ToNational(string e164) =>
        e164.Length == NorthAmericanDigits + 1 && e164.StartsWith("+1", StringComparison.Ordinal)
        ? $"({e164[2..5]}) {e164[5..8]}-{e164[8..]}"
        : e164;
}
