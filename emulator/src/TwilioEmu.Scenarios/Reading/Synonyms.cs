using System.Collections.Frozen;

namespace TwilioEmu.Scenarios.Reading;

/// <summary>Words that people bring from other programs for a choice of ours (did you mean).</summary>
public static class Synonyms
{
    /// <summary>What each was mostly meant for, the likeliest first; those count that are there to choose from.</summary>
    private static readonly FrozenDictionary<string, string[]> Meant = new Dictionary<string, string[]>
    {
        ["no"] = ["off"],
        ["none"] = ["off"],
        ["false"] = ["off"],
        ["disable"] = ["off"],
        ["disabled"] = ["off"],
        ["never"] = ["off"],
        ["yes"] = ["on", "all"],
        ["true"] = ["on", "all"],
        ["enable"] = ["on", "all"],
        ["enabled"] = ["on", "all"],
        ["on"] = ["all"],
        ["debug"] = ["all"],
        ["trace"] = ["all"],
        ["verbose"] = ["all"],
        ["info"] = ["normal"],
        ["warn"] = ["quiet"],
        ["warning"] = ["quiet"],
        ["error"] = ["quiet"],
        ["silent"] = ["quiet"],
        ["pretty"] = ["text"],
        ["plain"] = ["text"],
        ["structured"] = ["json"],
        ["allow"] = ["store"],
        ["keep"] = ["store"],
        ["deny"] = ["refuse"],
        ["reject"] = ["refuse"],
        ["strict"] = ["refuse"],
        ["loose"] = ["store"],
        ["local"] = ["long-code"],
        ["mobile"] = ["long-code"],
        ["national"] = ["long-code"],
        ["freephone"] = ["toll-free"],
        ["fast"] = ["auto"],
        ["instant"] = ["auto"],
        ["virtual"] = ["auto"],
        ["wall"] = ["real"],
        ["realtime"] = ["real"],
        ["step"] = ["manual"],
        ["frozen"] = ["manual"],
        ["fake"] = ["manual"],
        ["success"] = ["delivered"],
        ["ok"] = ["delivered", "store"],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary><c> (did you mean "x"?)</c> for a word that is another's, or misspelt; nothing for others.</summary>
    public static string Hint(string word, IReadOnlyCollection<string> known) =>
        Meant.TryGetValue(word, out var meant) && Array.Find(meant, known.Contains) is { } found
            ? $" (did you mean \"{found}\"?)"
            : Spelling.Hint(word, known);
}
