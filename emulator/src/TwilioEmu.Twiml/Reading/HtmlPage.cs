namespace TwilioEmu.Twiml.Reading;

/// <summary>Knows a web page where a document was to come: what apps answer that ask for a login, or failed.</summary>
internal static class HtmlPage
{
    private const int ShownLength = 80;

    /// <summary>Twilio's code, and words that say what it is; null for what is no page.</summary>
    /// <param name="text">The body, from its first character that is no blank.</param>
    public static (int Code, string Message)? Find(string text)
    {
        var isTyped = text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase);
        if (!isTyped && !text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)) return null;
        // A document type is refused before any element is seen; another root is 12102.
        return (
            isTyped ? 12100 : 12102,
            $"the app answered an HTML page (a login or error page?), not TwiML: `{Beginning(text)}`{Titled(text)}");
    }

    /// <summary>What the page calls itself, which tells more than how it begins.</summary>
    private static string Titled(string text)
    {
        var at = text.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        var start = at < 0 ? -1 : text.IndexOf('>', at) + 1;
        var end = start <= 0 ? -1 : text.IndexOf("</title", start, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? "" : $", titled \"{Short(text[start..Math.Min(end, start + (4 * ShownLength))])}\"";
    }

    private static string Beginning(string text) => Short(text[..Math.Min(text.Length, 4 * ShownLength)]);

    private static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= ShownLength ? line : line[..ShownLength] + "...";
    }
}
