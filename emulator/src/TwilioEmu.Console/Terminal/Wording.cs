using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TwilioEmu.Console.Terminal;

/// <summary>Short spellings of what stands in the journal.</summary>
internal static partial class Wording
{
    private const int MaxExcerpt = 160;
    private const int SidTail = 4;

    /// <summary>SIDs as two letters and their end: <c>SM…07f3</c>.</summary>
    public static string ShortSids(string text) => Sid().Replace(text, m => $"{m.Value[..2]}…{m.Value[^SidTail..]}");

    /// <summary>The same without the end: what two lines about two resources have in common.</summary>
    public static string WithoutSids(string text) => ShortSid().Replace(Milliseconds().Replace(text, " in … ms"), "…");

    /// <summary>A path without version, account and <c>.json</c>: <c>Messages</c>.</summary>
    public static string Resource(string path)
    {
        var bare = path.EndsWith(".json", StringComparison.Ordinal) ? path[..^".json".Length] : path;
        return ShortSids(Front().Replace(bare, "")) is { Length: > 0 } left ? left : path;
    }

    /// <summary>The first words of a text, in quotes, on one line, without what would steer a terminal.</summary>
    public static string Quote(string text) => $"\"{Excerpt(text)}\"";

    /// <summary>The first words of a text on one line, without what would steer a terminal.</summary>
    public static string Excerpt(string text) => OneLine(text.Trim(), MaxExcerpt);

    /// <summary>A text on one line: control characters are blanks, and what is too long ends in dots.</summary>
    public static string OneLine(string text, int maxLength)
    {
        var cut = text.Length > maxLength ? text[..maxLength] : text;
        var clean = Controls().Replace(cut, " ").TrimEnd();
        return text.Length > maxLength ? clean + "…" : clean;
    }

    /// <summary>A member of an entry's data as text; null when it is not there or empty.</summary>
    public static string? Text(this JsonElement data, string name) =>
        data.ValueKind != JsonValueKind.Object || !data.TryGetProperty(name, out var value)
        ? null
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Array => value.GetArrayLength() == 0 ? null : string.Join(", ", value.EnumerateArray().Select(v => v.ToString())),
            _ => null,
        };

    /// <summary>A member as a number; 0 when it is none.</summary>
    public static int Number(this JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number)
            ? number
            : 0;

    /// <summary>What the attempts of an exchange took together; null when none was timed.</summary>
    public static string? Took(JsonElement answered)
    {
        if (!answered.TryGetProperty("attempts", out var attempts) || attempts.ValueKind != JsonValueKind.Array) return null;
        var seconds = 0.0;
        var isTimed = false;
        foreach (var attempt in attempts.EnumerateArray())
        {
            if (!attempt.TryGetProperty("seconds", out var took)) continue;
            seconds += took.GetDouble();
            isTimed = true;
        }
        return isTimed ? string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms") : null;
    }

    [GeneratedRegex(@"\b[A-Z]{2}[0-9a-f]{32}\b")]
    private static partial Regex Sid();

    [GeneratedRegex(@"(?<=\b[A-Z]{2})…[0-9a-f]{4}\b")]
    private static partial Regex ShortSid();

    [GeneratedRegex(@" in \d+ ms")]
    private static partial Regex Milliseconds();

    [GeneratedRegex(@"^/(v\d+|\d{4}-\d{2}-\d{2})/(Accounts/AC[0-9a-f]{32}/)?")]
    private static partial Regex Front();

    // C0, DEL, C1 (ECMA-48): an app's words must not move the cursor or change colours.
    [GeneratedRegex(@"\s*[\u0000-\u001f\u007f-\u009f\u2028\u2029]+\s*")]
    private static partial Regex Controls();
}
