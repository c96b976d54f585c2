namespace TwilioEmu.Architecture.Tests.Rules;

/// <summary>What tests ask.</summary>
internal static class Claims
{
    /// <summary>How a claim begins.</summary>
    public const string Asks = ".Should()";

    /// <summary>Claims that ask nothing where something is null: what stands behind <c>a?.</c> is not done without <c>a</c>.</summary>
    /// <remarks><c>(a?.B).Should().Be(x)</c> asks always.</remarks>
    /// <param name="code">Of a test.</param>
    public static IEnumerable<string> ThatNullSkips(string code)
    {
        for (var at = code.IndexOf(Asks, StringComparison.Ordinal); at >= 0; at = code.IndexOf(Asks, at + 1, StringComparison.Ordinal))
        {
            var start = StartOf(code, at, out var isConditional);
            if (isConditional) yield return code[start..(at + Asks.Length)];
        }
    }

    /// <summary>Where the chain of members begins that ends before a place.</summary>
    private static int StartOf(string code, int end, out bool isConditional)
    {
        isConditional = false;
        var depth = 0;
        var at = end - 1;
        for (; at >= 0; at--)
        {
            var letter = code[at];
            if (letter == '"') at = code.LastIndexOf('"', at - 1);
            else if (letter is ')' or ']') depth++;
            else if (letter is '(' or '[' && --depth < 0) break;
            else if (depth > 0 || letter is '(' or '[') continue;
            else if (letter == '?' && code[at + 1] is '.' or '[') isConditional = true;
            else if (char.IsWhiteSpace(letter) && code[(at + 1)..].TrimStart() is ['.' or '?', ..]) continue;
            else if (!char.IsLetterOrDigit(letter) && letter is not ('_' or '.' or '!' or '?')) break;
        }
        return at + 1;
    }
}
