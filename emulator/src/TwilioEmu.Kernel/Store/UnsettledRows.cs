using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Store;

/// <summary>A walk along the rows of a table that something may still happen to.</summary>
/// <remarks>Of a million that wait nearly all lie packed: some are read ahead, on all processors, while the loop stands still.</remarks>
/// <param name="rows">The table's.</param>
/// <param name="blocks">Where packed records lie.</param>
/// <param name="form">How they are packed; null while nobody knows, and none is.</param>
/// <param name="recordOf">A row's record, as it is now.</param>
internal sealed class UnsettledRows(Chunks<Row> rows, PackedBlocks blocks, RecordForm? form, Func<int, IRecord> recordOf)
{
    // Fewer than may go before the row of one of them is used again; so few are read by one.
    private const int ReadTogether = 256;
    private const int ReadAlone = 32;

    /// <summary>Their records, from a row to the newest.</summary>
    public IEnumerable<IRecord> From(int first)
    {
        var ahead = new (int Row, int Block, int Offset, IRecord? Record)[ReadTogether];
        for (var next = first; next != 0;)
        {
            var count = 0;
            for (; next != 0 && count < ahead.Length; next = rows[next].Newer)
            {
                ref var at = ref rows[next];
                if (IsMeant(next)) ahead[count++] = (next, at.Block, at.Offset, null);
            }
            if (count > ReadAlone) ReadPacked(ahead, count);
            for (var i = 0; i < count; i++)
            {
                var (row, block, offset, record) = ahead[i];
                // Whoever was handed one before it may have changed it.
                if (!IsMeant(row)) continue;
                yield return record is not null && rows[row].Block == block && rows[row].Offset == offset ? record : recordOf(row);
            }
        }
    }

    private bool IsMeant(int row) => rows[row].IsThere && !rows[row].IsSettled;

    private void ReadPacked((int Row, int Block, int Offset, IRecord? Record)[] ahead, int count) => Parallel.For(
        0, count, static () => new PackedReader(default),
        (i, _, reader) =>
        {
            if (ahead[i].Block != 0) ahead[i].Record = blocks.Read(ahead[i].Block, ahead[i].Offset, form!, reader);
            return reader;
        },
        static _ => { });
}
