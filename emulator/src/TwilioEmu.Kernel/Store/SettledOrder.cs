namespace TwilioEmu.Kernel.Store;

/// <summary>The settled rows of a table, as they settled: trimming finds the next to go at once.</summary>
/// <remarks>Loop-confined. Its links are members of <see cref="Row"/>.</remarks>
internal sealed class SettledOrder(Chunks<Row> rows)
{
    private int _last;

    /// <summary>The row that settled longest ago, 0 for none.</summary>
    public int First { get; private set; }

    public int Count { get; private set; }

    /// <summary>When that one settled.</summary>
    public DateTimeOffset? FirstAt => First == 0 ? null : new DateTimeOffset(rows[First].SettledTicks, TimeSpan.Zero);

    /// <summary>Puts a row last.</summary>
    public void Add(int row, DateTimeOffset at, long seq)
    {
        ref var settled = ref rows[row];
        settled.SettledTicks = at.UtcTicks;
        settled.SettledSeq = seq;
        settled.SettledBefore = _last;
        if (_last == 0) First = row;
        else rows[_last].SettledAfter = row;
        _last = row;
        Count++;
    }

    /// <summary>Takes a row out: something may happen to it again, or it goes.</summary>
    public void Remove(int row)
    {
        ref var at = ref rows[row];
        if (at.SettledBefore == 0) First = at.SettledAfter;
        else rows[at.SettledBefore].SettledAfter = at.SettledAfter;
        if (at.SettledAfter == 0) _last = at.SettledBefore;
        else rows[at.SettledAfter].SettledBefore = at.SettledBefore;
        (at.SettledBefore, at.SettledAfter, at.SettledTicks, at.SettledSeq) = (0, 0, 0, 0);
        Count--;
    }
}
