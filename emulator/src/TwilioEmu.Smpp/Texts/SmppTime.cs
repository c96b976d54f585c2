using System.Globalization;

namespace TwilioEmu.Smpp.Texts;

/// <summary>Instants as SMPP writes them (SMPP 3.4 §7.1.1): <c>YYMMDDhhmmsstnnp</c>, where p is +, - or R for relative.</summary>
public static class SmppTime
{
    private const int Length = 16;

    /// <summary>The instant of an absolute or relative time; false for what is neither. Empty is none, and true.</summary>
    /// <param name="text">As it came.</param>
    /// <param name="now">What relative times count from.</param>
    /// <param name="instant">The instant; null where the text is empty.</param>
    public static bool TryRead(string text, DateTimeOffset now, out DateTimeOffset? instant)
    {
        instant = null;
        if (text.Length == 0) return true;
        if (text.Length != Length || !text.AsSpan(0, Length - 1).ContainsOnlyDigits()) return false;
        int At(int index) => (10 * (text[index] - '0')) + (text[index + 1] - '0');
        var (year, month, day, hour, minute, second, tenth, quarters) = (At(0), At(2), At(4), At(6), At(8), At(10), text[12] - '0', At(13));
        try
        {
            switch (text[^1])
            {
                case 'R':
                    instant = now.AddYears(year).AddMonths(month) + new TimeSpan(day, hour, minute, second);
                    return true;
                case '+' or '-' when quarters <= 48:
                    var local = new DateTime(2000 + year, month, day, hour, minute, second, 100 * tenth, DateTimeKind.Unspecified);
                    var offset = TimeSpan.FromMinutes(15 * quarters);
                    instant = new DateTimeOffset(DateTime.SpecifyKind(text[^1] == '+' ? local - offset : local + offset, DateTimeKind.Utc));
                    return true;
                default:
                    return false;
            }
        }
        catch (ArgumentOutOfRangeException)
        {
            // The 31st of February, or beyond the year 9999.
            return false;
        }
    }

    /// <summary>An instant, absolute, in UTC.</summary>
    public static string Write(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString(
            "yyMMddHHmmss", CultureInfo.InvariantCulture) + (instant.Millisecond / 100).ToString(CultureInfo.InvariantCulture) + "00+";

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
