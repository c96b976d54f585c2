using System.Text.Json;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Running;

/// <summary>
/// Finds members of <c>data</c> that a claim names and no entry of its kind has: a mistyped one makes "none of these" pass.
/// </summary>
internal static class UnknownMembers
{
    /// <summary>What is wrong, or null; unknown stays what no entry of the kind can tell.</summary>
    /// <param name="match">What the claim asks for.</param>
    /// <param name="lines">Entries of the kind.</param>
    public static string? Check(JournalMatch match, IReadOnlyList<JournalLine> lines)
    {
        if (match.Data is not ValueMatch.Members(var members) || lines.Count == 0) return null;
        foreach (var (name, value) in members)
        {
            if (value is ValueMatch.IsNothing or ValueMatch.IsPresent { Present: false }) continue;
            if (lines.Any(l => l.Data.ValueKind == JsonValueKind.Object && l.Data.TryGetProperty(name, out _))) continue;
            var known = lines.SelectMany(l => l.Data.EnumerateObject().Select(p => p.Name)).Distinct().ToList();
            return $"no {match.Kind} entry has \"{name}\" in its data{Spelling.Hint(name, known)}; they have {string.Join(", ", known)}";
        }
        return null;
    }
}
