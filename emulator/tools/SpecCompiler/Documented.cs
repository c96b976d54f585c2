using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SpecCompiler;

/// <summary>Facts that a document tells in words only: a parameter's default, how long its text may be.</summary>
/// <remarks>Taken only where the words leave no doubt: the default must be a value of the parameter's own type.</remarks>
internal static partial class Documented
{
    public static string? Default(JsonElement schema)
    {
        if (schema.TryGetProperty("default", out var stated)) return stated.ValueKind == JsonValueKind.String ? stated.GetString() : stated.GetRawText();
        if (!schema.TryGetProperty("description", out var words) || DefaultWords().Match(words.GetString()!) is not { Success: true } match) return null;
        var value = match.Groups[1].Value;
        var type = schema.TryGetProperty("type", out var t) ? t.GetString() : null;
        var isSound = type switch
        {
            "boolean" => value is "true" or "false",
            "integer" => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            "string" when schema.TryGetProperty("enum", out var e) => e.EnumerateArray().Any(w => w.GetString() == value),
            "string" => schema.TryGetProperty("format", out var format) && format.GetString() == "http-method" && value is "GET" or "POST",
            _ => false,
        };
        return isSound ? value : null;
    }

    public static int? MaxLength(JsonElement schema)
    {
        if (schema.TryGetProperty("maxLength", out _) || !schema.TryGetProperty("type", out var type) || type.GetString() != "string") return null;
        if (!schema.TryGetProperty("description", out var words) || LengthWords().Match(words.GetString()!) is not { Success: true } match) return null;
        return int.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"[Dd]efault[^.]{0,30}? (?:is|to|of|:)\s*`([^`]+)`")]
    private static partial Regex DefaultWords();

    [GeneratedRegex(@"(?:up to|maximum (?:of|length of)?|no (?:more|longer) than|[Mm]ax(?:imum)? length(?: is| of)?) ?(\d[\d,]*) characters")]
    private static partial Regex LengthWords();
}
