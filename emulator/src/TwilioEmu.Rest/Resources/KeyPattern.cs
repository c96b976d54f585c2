namespace TwilioEmu.Rest.Resources;

/// <summary>Makes a key that satisfies one of the documents' own patterns: <c>^aia_asst_.+$</c>, <c>^OQ[a-zA-Z0-9]{32}$</c>.</summary>
/// <remarks>Pure. Patterns are a literal beginning and then letters and digits; that is all the documents have.</remarks>
internal static class KeyPattern
{
    /// <param name="pattern">The regular expression.</param>
    /// <param name="digits">32 hex digits.</param>
    public static string Fill(string pattern, string digits)
    {
        var start = pattern.StartsWith('^') ? 1 : 0;
        var end = start;
        while (end < pattern.Length && (char.IsAsciiLetterOrDigit(pattern[end]) || pattern[end] is '_' or '-')) end++;
        // [A-Z]{2} with nothing before it: any SID will do.
        return end == start ? "ZZ" + digits : pattern[start..end] + digits;
    }
}
