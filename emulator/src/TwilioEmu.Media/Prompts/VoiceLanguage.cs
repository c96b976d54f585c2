using System.Text.RegularExpressions;

namespace TwilioEmu.Media.Prompts;

/// <summary>Which of espeak-ng's languages speaks a text: that of the voice, else the one asked for, else by the text's script.</summary>
/// <remarks>
/// Voices of the service name their language (<c>Google.de-DE-Wavenet-A</c>), or a person who speaks one (<see cref="PollyVoices"/>);
/// the basic ones (<c>alice</c>) speak the one that is asked for, which stands behind their name: <c>alice de-DE</c>.
/// </remarks>
internal static partial class VoiceLanguage
{
    // espeak-ng --voices: names that are not simply the language of a BCP 47 tag.
    private static readonly Dictionary<string, string> ByTag = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en-US"] = "en-us",
        ["en-GB"] = "en-gb",
        ["pt-BR"] = "pt-br",
        ["es-MX"] = "es-419",
        ["es-US"] = "es-419",
        ["fr-CH"] = "fr-ch",
        ["fr-BE"] = "fr-be",
        ["zh-CN"] = "cmn",
        ["zh-TW"] = "cmn",
        ["cmn-CN"] = "cmn",
        ["cmn-TW"] = "cmn",
        ["zh-HK"] = "yue",
        ["yue-HK"] = "yue",
        ["nb-NO"] = "nb",
        ["fil-PH"] = "en-us",
    };

    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "af", "ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga", "gu", "he", "hi", "hr",
        "hu", "id", "is", "it", "ja", "kn",
        "ko", "lt", "lv", "mk", "ml", "mr", "ms", "nb", "nl", "pa", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te",
        "th", "tr", "uk", "ur", "vi",
    };

    public static string Of(string voice, string text)
    {
        if (Tag().Match(PollyVoices.TagOf(voice) ?? voice) is { Success: true } tag)
        {
            if (ByTag.TryGetValue(tag.Value, out var named)) return named;
            if (Known.Contains(tag.Groups["language"].Value)) return tag.Groups["language"].Value.ToLowerInvariant();
        }
        return ByScript(text);
    }

    private static string ByScript(string text)
    {
        var language = "en-us";
        foreach (var c in text)
        {
            switch (c)
            {
                case >= '\u3041' and <= '\u30FF': return "ja";
                case >= '\uAC00' and <= '\uD7AF': return "ko";
                case >= '\u0900' and <= '\u097F': return "hi";
                case >= '\u0400' and <= '\u04FF': return "ru";
                case >= '\u0370' and <= '\u03FF': return "el";
                case >= '\u0590' and <= '\u05FF': return "he";
                case >= '\u0600' and <= '\u06FF': return "ar";
                // Kana may still follow.
                case >= '\u4E00' and <= '\u9FFF': language = "cmn"; break;
            }
        }
        return language;
    }

    [GeneratedRegex("(?<![A-Za-z])(?<language>[a-z]{2,3})-[A-Z]{2}(?![A-Za-z])")]
    private static partial Regex Tag();
}
