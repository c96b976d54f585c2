using System.Collections.Frozen;

namespace TwilioEmu.Media.Prompts;

/// <summary>The languages of Amazon Polly's voices, which are named for persons: <c>Polly.Marlene</c> speaks German.</summary>
/// <remarks>
/// docs.aws.amazon.com/polly/latest/dg/available-voices.html; those of the
/// service are the same, with <c>-Neural</c> or <c>-Generative</c> behind.
/// </remarks>
internal static class PollyVoices
{
    private const string Prefix = "Polly.";

    private static readonly FrozenDictionary<string, string> ByName = new (string Tag, string Names)[]
    {
        ("ar-AE", "Hala Zayd"), ("ar-XA", "Zeina"), ("ca-ES", "Arlet"), ("cmn-CN", "Zhiyu"), ("yue-HK", "Hiujin"), ("cs-CZ", "Jitka"),
        ("cy-GB", "Gwyneth"),
        ("da-DK", "Naja Mads Sofie"), ("de-AT", "Hannah"), ("de-CH", "Sabrina"), ("de-DE", "Marlene Vicki Hans Daniel"),
        ("en-AU", "Nicole Olivia Russell"), ("en-GB", "Amy Emma Brian Arthur Geraint"), ("en-IE", "Niamh"),
        ("en-IN", "Aditi Raveena Kajal"), ("en-NZ", "Aria"),
        ("en-US", "Ivy Joanna Kendra Kimberly Salli Joey Justin Kevin Matthew Ruth Stephen Danielle Gregory"), ("en-ZA", "Ayanda"),
        ("es-ES", "Conchita Lucia Enrique Sergio"), ("es-MX", "Mia Andres"), ("es-US", "Lupe Penelope Miguel Pedro"), ("fi-FI", "Suvi"),
        ("fr-BE", "Isabelle"), ("fr-CA", "Chantal Gabrielle Liam"), ("fr-FR", "Celine Lea Mathieu Remi"), ("is-IS", "Dora Karl"),
        ("it-IT", "Carla Bianca Giorgio Adriano"), ("ja-JP", "Mizuki Takumi Kazuha Tomoko"), ("ko-KR", "Seoyeon Jihye"),
        ("nb-NO", "Liv Ida"),
        ("nl-BE", "Lisa"), ("nl-NL", "Laura Lotte Ruben"), ("pl-PL", "Ewa Maja Jacek Jan Ola"), ("pt-BR", "Camila Vitoria Ricardo Thiago"),
        ("pt-PT", "Ines Cristiano"), ("ro-RO", "Carmen"), ("ru-RU", "Tatyana Maxim"), ("sv-SE", "Astrid Elin"), ("tr-TR", "Filiz Burcu"),
    }.SelectMany(r => r.Names.Split(' ').Select(n => (n, r.Tag)))
        .ToFrozenDictionary(p => p.n, p => p.Tag, StringComparer.OrdinalIgnoreCase);

    /// <summary>The BCP 47 tag of the voice; null for what is none of Polly's.</summary>
    public static string? TagOf(string voice) =>
        voice.StartsWith(Prefix, StringComparison.Ordinal) && ByName.TryGetValue(voice[Prefix.Length..].Split('-', ' ')[0], out var tag)
            ? tag
            : null;
}
