using System.Globalization;
using YamlDotNet.Core;

namespace TwilioEmu.Scenarios.Yaml;

/// <summary>What the parser's words mostly mean, by the line it stumbled over: said in brackets behind them.</summary>
internal static class YamlCures
{
    public static string Of(YamlException broken, string text)
    {
        var (line, column) = LineOf(text, broken.End.Line, (int)broken.End.Column);
        var said = broken.Message;
        if (said.Contains("quoted scalar", StringComparison.Ordinal))
        {
            return Said(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"is the quote closed that opens at line {broken.Start.Line}, column {broken.Start.Column}?"));
        }
        if (said.Contains("plain scalar", StringComparison.Ordinal) && IsBehindForeignComment(text, broken.End.Line))
        {
            return Said("a comment begins with #");
        }
        if (said.Contains("cannot start any token", StringComparison.Ordinal))
        {
            return Said("a text that begins with @, %, ` or another such sign stands in quotes");
        }
        if (said.Contains("scalar", StringComparison.Ordinal) && said.Contains("mapping", StringComparison.Ordinal))
        {
            return Said("a text with \": \" in it stands in quotes");
        }
        if (!said.Contains("did not find expected", StringComparison.Ordinal)) return "";
        if (LacksBlankAfterDash(line)) return Said("a blank follows the dash");
        if (column <= line.Length && line[column - 1] == '#') return Said("a blank stands before the # of a comment");
        if (HasQuotesWithinQuotes(line, '\'')) return Said("a ' within '...' is written twice: 'it''s'");
        if (LineOf(text, broken.End.Line - 1, 1).Line.TrimEnd() is [.., '|' or '>'])
        {
            return Said("what follows | or > is indented by more than its key");
        }
        if (HasQuotesWithinQuotes(line, '"')) return Said("a quote ends at the next one like it: write '...' around a text with \" in it");
        if (said.Contains("flow", StringComparison.Ordinal) && LacksComma(line, column))
        {
            return Said("a comma stands between what follows one another");
        }
        if (said.Contains("expected key", StringComparison.Ordinal) && line.AsSpan(0, Math.Min(column, line.Length)).TrimEnd() is [.., ','])
        {
            return Said("nothing follows here, not even a comma");
        }
        return said.Contains("'-' indicator", StringComparison.Ordinal) || said.Contains("expected key", StringComparison.Ordinal)
            ? Said("what belongs together begins in the same column")
            : "";
    }

    private static string Said(string cure) => $" ({cure})";

    private static (string Line, int Column) LineOf(string text, long number, int column)
    {
        long at = 0;
        foreach (var line in text.AsSpan().EnumerateLines()) if (++at == number) return (line.ToString(), Math.Max(1, column));
        return ("", 1);
    }

    /// <summary><c>// ...</c> or <c>/* ...</c> on a line above: it is read as a word that goes on below.</summary>
    private static bool IsBehindForeignComment(string text, long end)
    {
        long at = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (++at >= end) return false;
            if (line.TrimStart() is ['/', '/' or '*', ..]) return true;
        }
        return false;
    }

    /// <summary><c>{ number: "+1415..." sms_url: ... }</c>, or a semicolon: something stands on both sides, on one line.</summary>
    private static bool LacksComma(string line, int column) =>
        column <= line.Length && line[column - 1] is not ('}' or ']')
            && line[..(column - 1)].Any(static c => c is not (' ' or '\t' or '-'));

    /// <summary><c>-{ number: ...</c></summary>
    private static bool LacksBlankAfterDash(string line) => line.TrimStart() is ['-', '{' or '[' or '"' or '\'', ..];

    /// <summary><c>"&lt;Say voice="alice"&gt;"</c>: a letter stands on both sides of a quote.</summary>
    private static bool HasQuotesWithinQuotes(string line, char quote)
    {
        if (line.Count(c => c == quote) < 3) return false;
        return Enumerable.Range(1, line.Length - 2).Any(i =>
            line[i] == quote && char.IsLetterOrDigit(line[i + 1]) && (line[i - 1] == '=' || char.IsLetterOrDigit(line[i - 1])));
    }
}
