using System.Text;

namespace TwilioEmu.Rest.Catalog;

/// <summary>Parameter names are Pascal case, properties are snake case (twilio.com/docs/usage/requests-to-twilio).</summary>
public static class SnakeCase
{
    /// <summary>True for names that differ in case and underscores only: <c>dateCreated</c>, <c>date_created</c>.</summary>
    public static bool AreAlike(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var (i, j) = (0, 0);
        while (true)
        {
            while (i < one.Length && one[i] == '_') i++;
            while (j < other.Length && other[j] == '_') j++;
            if (i == one.Length || j == other.Length) return i == one.Length && j == other.Length;
            if (char.ToLowerInvariant(one[i++]) != char.ToLowerInvariant(other[j++])) return false;
        }
    }

    /// <summary>
    /// <c>SmsFallbackUrl</c> is <c>sms_fallback_url</c>; a run of capitals is one word: <c>IPAddress</c> is <c>ip_address</c>.
    /// </summary>
    public static string Of(string pascal)
    {
        var text = new StringBuilder(pascal.Length + 8);
        for (var i = 0; i < pascal.Length; i++)
        {
            var startsWord = char.IsAsciiLetterUpper(pascal[i]) && i > 0 && char.IsAsciiLetterOrDigit(pascal[i - 1])
                && (!char.IsAsciiLetterUpper(pascal[i - 1]) || (i + 1 < pascal.Length && char.IsAsciiLetterLower(pascal[i + 1])));
            if (startsWord) text.Append('_');
            text.Append(char.ToLowerInvariant(pascal[i]));
        }
        return text.ToString();
    }
}
