using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Journal;

/// <summary>
/// Where an entry comes from, so that loops without end are found: things that follow from each other with nothing from outside.
/// </summary>
/// <remarks>
/// What came from outside has no cause and begins anew. The live service documents no limit; these are ours: far beyond what an app does
/// that means it (a call that redirects for four hours stays one resource, and time passes), and soon enough to save a test.
/// </remarks>
internal static class Lineage
{
    /// <summary>Resources, each made by the one before.</summary>
    public const int MaxGenerations = 100;

    /// <summary>Entries that follow from each other at once: about a thousand webhooks.</summary>
    public const int MaxDepth = 4_000;

    // Enough to see the loop come round.
    private const int Named = 4;

    /// <summary>The place of what follows from a cause: resources made before it, entries it follows from at once.</summary>
    public static (int Generation, int Depth) After(in EntryHead cause, DateTimeOffset at, IEntryData? data) => (
        cause.Generation + (data is { IsNewResource: true } ? 1 : 0), at - cause.At <= ClockMode.AtOnce ? cause.Depth + 1 : 0);

    /// <summary>What goes round, in words; null when nothing does.</summary>
    public static string? Loop(EntryHead? last, Func<long, EntryHead?> find)
    {
        if (last is not { } entry || (entry.Generation < MaxGenerations && entry.Depth < MaxDepth)) return null;
        var subjects = new List<string>();
        for (var e = last; e is { } head && subjects.Count < Named; e = find(head.Cause))
        {
            if (head.Subject.Length > 0 && !subjects.Contains(head.Subject)) subjects.Add(head.Subject);
        }
        var what = entry.Generation >= MaxGenerations
            ? $"{entry.Generation} resources were made, each by the one before"
            : $"{entry.Depth} things happened at once, each because of the one before";
        return $"a loop was ended: {what}, with nothing from outside; the last are {string.Join(" <- ", subjects)}";
    }
}
