using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Kernel.Keeping;

/// <summary>A world as it was when it was last taken down.</summary>
/// <param name="Seed">Of its chances.</param>
/// <param name="At">The instant it had reached.</param>
/// <param name="LastSeq">Its newest entry.</param>
/// <param name="Rows">Its records, those that came first before the others.</param>
/// <param name="Entries">The entries still known, in order.</param>
/// <param name="Parts">What rooms keep beside records, by name.</param>
public sealed record SavedWorld(
    long Seed, DateTimeOffset At, long LastSeq, IReadOnlyList<SavedRow> Rows, IReadOnlyList<Entry> Entries,
    IReadOnlyDictionary<string, byte[]> Parts)
{
    /// <summary>The records of some tables, those that came first before the others.</summary>
    public IEnumerable<SavedRow> RowsOf(Func<string, bool> concerns) =>
        Rows is ISavedRows rows ? rows.Of(concerns) : Rows.Where(r => concerns(r.Table));
}

/// <summary>Rows that are made as they are asked for: whoever wants those of some tables does not have the others made.</summary>
public interface ISavedRows : IReadOnlyList<SavedRow>
{
    /// <summary>Those of some tables, in order.</summary>
    IEnumerable<SavedRow> Of(Func<string, bool> concerns);
}
