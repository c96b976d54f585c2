using System.Text;

namespace TwilioEmu.Voice.Verbs.Gathering;

/// <summary>Masks all but the first letter of swear words, as <c>profanityFilter</c> does.</summary>
/// <remarks>A short list (inferred): the recognisers' own is not published.</remarks>
internal static class Profanity
{
    private static readonly HashSet<string> Words =
        new(StringComparer.OrdinalIgnoreCase) { "fuck", "fucking", "shit", "bullshit", "asshole", "bitch", "cunt" };

    public static string Mask(string text)
    {
        var masked = new StringBuilder(text);
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && char.IsLetter(text[end])) end++;
            if (end > at && Words.Contains(text[at..end]))
            {
                for (var i = at + 1; i < end; i++) masked[i] = '*';
            }
            at = Math.Max(end, at + 1);
        }
        return masked.ToString();
    }
}
