using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Scenarios.Matching;

/// <summary>An entry that was almost what was waited for, and why it was not.</summary>
public sealed record NearMiss(JournalLine Line, IReadOnlyList<string> Because)
{
    /// <summary>How many are told.</summary>
    public const int MaxCount = 3;

    // Looking for near misses renders entries; a journal of a million is not rendered whole for a message to a person.
    private const int MaxLooked = 2000;

    /// <summary>The nearest, best first, of the newest entries; those that differ in everything are no near misses.</summary>
    public static IReadOnlyList<NearMiss> Among(IEnumerable<Entry> newestFirst, JournalMatch match, long after) =>
        Rank(
            newestFirst.TakeWhile(e => e.Seq > after).Take(MaxLooked).Where(e => IsWorthRendering(e, match)).Select(JournalLine.Of), match);

    /// <summary>The nearest of some lines.</summary>
    public static IReadOnlyList<NearMiss> Among(IEnumerable<JournalLine> newestFirst, JournalMatch match) =>
        Rank(newestFirst.Take(MaxLooked), match);

    private static List<NearMiss> Rank(IEnumerable<JournalLine> lines, JournalMatch match) =>
    [
        .. lines.Select(line => new NearMiss(line, [.. match.Differences(line)]))
            .Where(miss => miss.Because.Count > 0 && miss.Because.Count < Math.Max(2, match.Size))
            .OrderBy(miss => miss.Because.Count)
                .ThenBy(miss => match.FitsKind(miss.Line.Kind) ? 0 : 1)
                .ThenByDescending(miss => miss.Line.Seq)
            .Take(MaxCount),
    ];

    // With the wrong kind and the wrong subject nobody would call it near.
    private static bool IsWorthRendering(Entry entry, JournalMatch match) =>
        match.FitsKind(entry.Kind) || (match.Subject is not null && match.Subject == entry.Subject);
}
