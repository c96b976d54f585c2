using System.Globalization;
using System.Text.RegularExpressions;

namespace TwilioEmu.Scenarios.Steps;

/// <summary>What stands between <c>${</c> and <c>}</c>: a path, a number added or taken away, a format.</summary>
/// <remarks><c>expression = path [ SP ("+" / "-") SP 1*DIGIT ] [ ":" 1*("0" / "#") ]</c></remarks>
/// <param name="Path">A name, its members and items: <c>m.list[0]</c>.</param>
/// <param name="Plus">Added; 0 for nothing.</param>
/// <param name="Format">Digits to fill up to, as .NET writes numbers: <c>00</c>; null for none.</param>
internal sealed partial record Expression(string Path, long Plus, string? Format)
{
    /// <summary>Reads one; null for anything else.</summary>
    public static Expression? Parse(string text)
    {
        if (Grammar().Match(text) is not { Success: true } match) return null;
        var plus = 0L;
        if (match.Groups["number"] is { Success: true } number
            && !long.TryParse(number.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out plus))
        {
            return null;
        }
        var format = match.Groups["format"] is { Success: true } given ? given.Value : null;
        return new Expression(match.Groups["path"].Value, match.Groups["sign"].Value == "-" ? -plus : plus, format);
    }

    /// <summary>What is said of anything else.</summary>
    public static string Fault(string text) =>
        $"\"${{{text}}}\" is not a value such as ${{name}}, ${{name.member[0]}}, ${{i + 10}} or ${{i:00}}";

    /// <summary>The value's text with the number added and the format; null where it would have to be a whole number and is none.</summary>
    public string? Apply(string value)
    {
        if (Plus == 0 && Format is null) return value;
        if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return null;
        return unchecked(number + Plus).ToString(Format ?? "0", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(
        @"^(?<path>[^\s:+]+)(\s+(?<sign>[+-])\s+(?<number>\d{1,15}))?(\s*:(?<format>[0#]{1,30}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
