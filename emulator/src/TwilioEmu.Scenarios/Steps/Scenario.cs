using System.Text.Json;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Scenarios.Steps;

/// <summary>A story: who exists, what they do, what must be seen.</summary>
/// <param name="Name">Its title.</param>
/// <param name="File">Where it was read from.</param>
/// <param name="Given">The world it plays in.</param>
/// <param name="Steps">What is done and must be seen, in order.</param>
public sealed record Scenario(string Name, string File, WorldConfig Given, IReadOnlyList<Step> Steps)
{
    /// <summary>What does not fail it.</summary>
    public Allowances Allows { get; init; }

    /// <summary>Words to choose stories by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Values known from the start, by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>
    /// True when it is among those asked for: a tag, or a part of its title, in any case; with <c>!</c> in front, those that are not.
    /// </summary>
    /// <param name="filter">Words between commas; one of them must fit, and none with <c>!</c>.</param>
    public bool IsMeantBy(string filter)
    {
        var words = filter.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (words.Any(w => w.StartsWith('!') && Fits(w[1..]))) return false;
        var wanted = words.Where(w => !w.StartsWith('!')).ToList();
        return wanted.Count == 0 || wanted.Exists(Fits);
    }

    private bool Fits(string word) =>
        Tags.Contains(word, StringComparer.OrdinalIgnoreCase) || Name.Contains(word, StringComparison.OrdinalIgnoreCase);
}
