using static TwilioEmu.Voice.Verbs.Schema.AttributeRule;

namespace TwilioEmu.Voice.Verbs.Schema;

/// <summary>SSML inside Say. Only what changes the words or their length has an effect.</summary>
internal static class SsmlRows
{
    private const string Page = CallRows.Pages + "/say/text-speech";

    private static AttributeRow Idle(string name, AttributeRule rule) =>
        new(name, rule) { Note = "of the voice's sound, which is the same here", IsIdle = true };

    public static IReadOnlyList<ElementRows> All { get; } =
    [
        new(
            "break", Page, new("strength", new Word("none", "x-weak", "weak", "medium", "strong", "x-strong"), "medium"),
            new AttributeRow("time", new Judged("`500ms`, `2s`", Ssml.IsTime, ["500ms", "2s"], ["long", "5"])) { Note = "10 s at most" }),
        new("emphasis", Page, Idle("level", new Word("strong", "moderate", "reduced"))) { HoldsText = true },
        new("lang", Page, Idle("xml:lang", new AnyText("language", "de-DE"))) { HoldsText = true },
        new("p", Page) { HoldsText = true },
        new("s", Page) { HoldsText = true },
        new(
            "phoneme", Page,
            Idle("alphabet", new Word("ipa", "x-sampa", "x-amazon-jyutping", "x-amazon-pinyin", "x-amazon-pron-kana", "x-amazon-yomigana")),
            Idle("ph", new AnyText("sounds", "pɪˈkɑːn"))) { HoldsText = true },
        new(
            "prosody", Page, Idle("volume", new AnyText("loudness", "loud")), Idle("rate", new AnyText("speed", "slow")),
            Idle("pitch", new AnyText("height", "high"))) { HoldsText = true },
        new("say-as", Page,
            Idle(
                "interpret-as",
                new Word(
                    "characters", "spell-out", "cardinal", "number", "ordinal", "digits", "fraction", "unit", "date", "time", "address",
                    "expletive", "telephone")),
            Idle("format", new Word("mdy", "dmy", "ymd", "md", "dm", "ym", "my", "d", "m", "y", "yyyymmdd")),
            Idle("role", new AnyText("text", "yyyymmdd")))
        { HoldsText = true },
        new("sub", Page, new AttributeRow("alias", new AnyText("what is said instead", "World Wide Web"))) { HoldsText = true },
        new("w", Page, Idle("role", new AnyText("part of speech", "amazon:VB"))) { HoldsText = true },
    ];
}
