using System.Text;

namespace TwilioEmu.Rest.Catalog;

/// <summary>Parameter names are Pascal case, properties are snake case (twilio.com/docs/usage/requests-to-twilio).</summary>
public static class SnakeCase
{
    /// <summary><c>SmsFallbackUrl</c> is <c>sms_fallback_url</c>; a run of capitals is one word: <c>IPAddress</c> is <c>ip_address</c>.</summary>
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
