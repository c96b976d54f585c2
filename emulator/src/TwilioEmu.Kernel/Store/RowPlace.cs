using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Store;

/// <summary>Where a record stands in its table.</summary>
/// <param name="Arrived">Seq of the entry that brought it: lists and pages go by it.</param>
/// <param name="SettledSeq">Seq of the entry that settled it, by which the oldest are trimmed; 0 while something may happen to it.</param>
/// <param name="SettledAt">When that was.</param>
public readonly record struct RowPlace(long Arrived, long SettledSeq, DateTimeOffset SettledAt)
{
    /// <summary>False while something may happen to it.</summary>
    public bool IsSettled => SettledSeq != 0;

    /// <summary>Along its members.</summary>
    public static RowPlace Walk(RowPlace? p, Members m) =>
        new(m.Long("arrived", p?.Arrived), m.Long("settled_seq", p?.SettledSeq), m.Instant("settled_at", p?.SettledAt));
}
