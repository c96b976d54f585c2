using System.Buffers;

namespace TwilioEmu.Products.Voice.Directory;

/// <summary>Reads a telephone number as people write it.</summary>
/// <remarks>Pure. E.164 preferred; US national formats are taken too (twilio.com/docs/voice/twiml/number).</remarks>
internal static class DialledNumber
{
    // ITU-T E.164: at most 15 digits; the shortest numbers reachable from abroad have 7 (inferred).
    private const int MinDigits = 7;
    private const int MaxDigits = 15;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>The number in E.164, or null when it is none.</summary>
    public static string? ToE164(string text)
    {
        Span<char> digits = stackalloc char[MaxDigits];
        var count = 0;
        var isInternational = false;
        foreach (var c in text.AsSpan().Trim())
        {
            if (c is ' ' or '-' or '.' or '(' or ')' or '\u00A0') continue;
            if (c == '+' && count == 0) isInternational = true;
            else if (Digits.Contains(c) && count < MaxDigits) digits[count++] = c;
            else return null;
        }
        var number = digits[..count];
        if (isInternational) return count >= MinDigits && number[0] != '0' && IsPossible(number) ? $"+{number}" : null;
        if (count == 10 && number[0] >= '2') return $"+1{number}";
        return count == 11 && number[0] == '1' && number[1] >= '2' ? $"+{number}" : null;
    }

    /// <summary>The North American way to write a number, others as they are: <c>to_formatted</c>.</summary>
    public static string Formatted(string number) =>
        number.Length == 12 && number.StartsWith("+1", StringComparison.Ordinal) ? $"({number[2..5]}) {number[5..8]}-{number[8..]}" : number;

    /// <summary>Masks the last digits, as error messages show numbers.</summary>
    public static string Masked(string text) => text.Length <= 4 ? "XXXX" : text[..^4] + "XXXX";

    /// <summary>A North American number has exactly ten digits after the country code.</summary>
    private static bool IsPossible(ReadOnlySpan<char> number) => number[0] != '1' || (number.Length == 11 && number[1] >= '2');
}
