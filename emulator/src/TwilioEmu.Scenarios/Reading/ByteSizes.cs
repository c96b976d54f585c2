using System.Globalization;

namespace TwilioEmu.Scenarios.Reading;

/// <summary>
/// Sizes as people write them: <c>512m</c>, <c>2g</c>, <c>1500mb</c>, <c>300MiB</c>; all are powers of 1,024, as containers take them.
/// </summary>
public static class ByteSizes
{
    /// <summary>Less than this no world fits into.</summary>
    public const string Least = "64m";

    private const long LeastBytes = 64L * 1024 * 1024;

    /// <summary>True when the text is a size, and no smaller than <see cref="Least"/>.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var shift = text[digits..].Trim().ToUpperInvariant() switch
        {
            "" or "B" => 0,
            "K" or "KB" or "KIB" => 10,
            "M" or "MB" or "MIB" => 20,
            "G" or "GB" or "GIB" => 30,
            _ => -1,
        };
        if (shift < 0 || !decimal.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }
        if (number > long.MaxValue >> shift) return false;
        bytes = (long)(number * (1L << shift));
        return bytes >= LeastBytes;
    }
}
