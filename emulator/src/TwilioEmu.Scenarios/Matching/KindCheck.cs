using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Matching;

/// <summary>Finds kinds and members in a claim that no entry can ever have: a mistyped one makes "none of these" pass.</summary>
public static class KindCheck
{
    private const int MostNamed = 12;

    /// <summary>What is wrong with a kind, or null.</summary>
    public static string? OfKind(EntryKinds kinds, string kind)
    {
        if (kinds.Meant(kind).Count > 0) return null;
        var all = kinds.All.Select(k => k.Name).ToList();
        var thing = kind.Split('.')[0];
        var siblings = all.Where(k => k.StartsWith(thing + ".", StringComparison.Ordinal)).ToList();
        var hint = Spelling.Hint(kind, all);
        if (hint.Length == 0 && siblings.Count is > 0 and <= 2 * MostNamed) hint = $"; there are {string.Join(", ", siblings)}";
        return $"no entry is of the kind \"{kind}\"{hint}";
    }

    /// <summary>What is wrong with a member of <c>data</c>, or null.</summary>
    public static string? OfMember(EntryKinds kinds, string kind, string member)
    {
        var meant = kinds.Meant(kind);
        var known = meant.SelectMany(k => k.Members).Distinct(StringComparer.Ordinal).ToList();
        if (meant.Count == 0 || known.Contains(member)) return null;
        var hint = Spelling.Hint(member, known);
        var list = known.Count == 0 ? "; they have none"
            : known.Count <= MostNamed || hint.Length == 0 ? $"; they have {string.Join(", ", known)}"
            : "";
        return $"no {kind} entry has \"{member}\" in its data{hint}{list}";
    }
}
