using System.Text;

namespace TwilioEmu.Sip.Messages;

/// <summary>Text and its quoted form: <c>quoted-string</c>, RFC 3261 §25.1.</summary>
internal static class QuotedString
{
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\');
            if (c is not ('\r' or '\n' or '\0')) quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>The text within the quotes; text without quotes is itself.</summary>
    public static string Unquote(string text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"') return text;
        if (!text.Contains('\\', StringComparison.Ordinal)) return text[1..^1];
        var plain = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] == '\\' && i < text.Length - 2) i++;
            plain.Append(text[i]);
        }
        return plain.ToString();
    }
}
