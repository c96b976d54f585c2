using System.Net;
using System.Text;

namespace TwilioEmu.Kernel.Text;

/// <summary>What a web page says, without its markup: an app's error page opens with its title, and its exception stands below.</summary>
public static class PageWords
{
    // Pages of errors say what went wrong at their beginning; whole ones are as large as their style sheets.
    private const int MaxLooked = 16 * 1024;

    // Their content is no text a person reads.
    private static readonly string[] Unseen = ["style", "script", "svg"];

    /// <summary>The words on one line, the title first; null for a text that is no page, or for a page without words.</summary>
    public static string? Of(string text)
    {
        var rest = text.AsSpan(0, Math.Min(text.Length, MaxLooked)).TrimStart(" \t\r\n\uFEFF");
        if (!IsPage(rest)) return null;
        var words = new StringBuilder();
        while (rest.Length > 0)
        {
            var tag = rest.IndexOf('<');
            words.Append(tag < 0 ? rest : rest[..tag]).Append(' ');
            rest = tag < 0 ? [] : Behind(rest[tag..]);
        }
        var flat = string.Join(
            ' ', WebUtility.HtmlDecode(words.ToString()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return flat.Length == 0 ? null : flat;
    }

    private static bool IsPage(ReadOnlySpan<char> text) =>
        text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase);

    /// <summary>What follows a comment, an element nobody sees, or a tag; nothing where it does not end.</summary>
    private static ReadOnlySpan<char> Behind(ReadOnlySpan<char> tag)
    {
        if (tag.StartsWith("<!--")) return After(tag, "-->");
        foreach (var name in Unseen)
        {
            if (tag[1..].StartsWith(name, StringComparison.OrdinalIgnoreCase)) return After(After(tag, $"</{name}"), ">");
        }
        return After(tag, ">");
    }

    private static ReadOnlySpan<char> After(ReadOnlySpan<char> text, string end) =>
        text.IndexOf(end, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? text[(at + end.Length)..] : [];
}
