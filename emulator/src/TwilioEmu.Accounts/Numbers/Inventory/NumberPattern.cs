namespace TwilioEmu.Accounts.Numbers.Inventory;

/// <summary>The pattern language of <c>Contains</c> (twilio.com/docs/phone-numbers/api/availablephonenumber-resource). Pure.</summary>
/// <remarks>
/// Digits stand for themselves, letters for the digit of their telephone key, <c>*</c> for any one digit, <c>%</c> for any digits;
/// <c>+</c> in front pins the pattern to the start of the number, <c>$</c> behind to its end.
/// </remarks>
internal sealed class NumberPattern
{
    private const int MinLength = 2;
    private const int MaxLength = 16;

    // Wildcards alone would match everything: two digits or letters must be there.
    private const int MinPlain = 2;

    // ITU-T E.161: the letters of the keys 2 to 9, from A on.
    private const string Keys = "22233344455566677778889999";

    private readonly string _pattern;

    private NumberPattern(string pattern)
    {
        _pattern = pattern;
    }

    public static bool TryParse(string text, out NumberPattern pattern)
    {
        pattern = new NumberPattern("%");
        if (text.Length is < MinLength or > MaxLength) return false;
        var isFromStart = text[0] == '+';
        var isToEnd = text[^1] == '$';
        var middle = text[(isFromStart ? 1 : 0)..(isToEnd ? text.Length - 1 : text.Length)];
        var digits = new char[middle.Length];
        for (var i = 0; i < middle.Length; i++)
        {
            var c = char.ToUpperInvariant(middle[i]);
            if (!char.IsAsciiDigit(c) && !char.IsAsciiLetterUpper(c) && c is not ('*' or '%')) return false;
            digits[i] = char.IsAsciiLetterUpper(c) ? Keys[c - 'A'] : c;
        }
        if (digits.Count(char.IsAsciiDigit) < MinPlain) return false;
        pattern = new NumberPattern((isFromStart ? "" : "%") + new string(digits) + (isToEnd ? "" : "%"));
        return true;
    }

    /// <summary>True when the digits of the number, country code included, satisfy the pattern.</summary>
    public bool Matches(string e164)
    {
        // The usual greedy walk with one place to fall back to: linear in all but contrived patterns.
        var number = e164.AsSpan(1);
        var (n, p, star, resume) = (0, 0, -1, 0);
        while (n < number.Length)
        {
            if (p < _pattern.Length && _pattern[p] == '%') (star, resume) = (p++, n);
            else if (p < _pattern.Length && (_pattern[p] == '*' || _pattern[p] == number[n])) (n, p) = (n + 1, p + 1);
            else if (star >= 0) (p, n) = (star + 1, ++resume);
            else return false;
        }
        while (p < _pattern.Length && _pattern[p] == '%') p++;
        return p == _pattern.Length;
    }
}
