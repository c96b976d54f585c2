using System.Text.RegularExpressions;

namespace TwilioEmu.Architecture.Tests.Sources;

/// <summary>Finds the constructors of classes in code, primary ones too, and counts what they take.</summary>
internal static class Constructors
{
    private static readonly Regex Class = new(@"\bclass\s+(\w+)(?:<[^>{(]*>)?\s*\(");
    private static readonly Regex Named = new(@"\b(?:public|internal|private|protected)\s+(\w+)\s*\(");
    private static readonly Regex Declared = new(@"\bclass\s+(\w+)");

    /// <param name="code">Without comments.</param>
    public static IEnumerable<(string Class, int ArgumentCount)> Of(string code)
    {
        var classes = Declared.Matches(code).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        return Class.Matches(code).Concat(Named.Matches(code).Where(m => classes.Contains(m.Groups[1].Value)))
            .Select(m => (m.Groups[1].Value, Count(code, m.Index + m.Length)));
    }

    /// <summary>How many arguments stand from a place just behind the opening bracket to the closing one.</summary>
    private static int Count(string code, int from)
    {
        var depth = 1;
        var count = 0;
        var isEmpty = true;
        for (var i = from; i < code.Length; i++)
        {
            if (code[i] is '(' or '[' or '{' or '<') depth++;
            else if (code[i] is ')' or ']' or '}' || (code[i] == '>' && code[i - 1] != '=')) depth--;
            if (depth == 0) break;
            if (!char.IsWhiteSpace(code[i])) isEmpty = false;
            if (code[i] == ',' && depth == 1) count++;
        }
        return isEmpty ? 0 : count + 1;
    }
}
