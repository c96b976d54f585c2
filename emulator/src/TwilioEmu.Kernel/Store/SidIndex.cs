using System.Numerics;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Store;

/// <summary>
/// Finds rows by SID: buckets of rows linked by <see cref="Row.Next"/>, one more bucket with each row (linear hashing, Litwin 1980).
/// </summary>
/// <remarks>
/// Four bytes a row beside the row itself. Nothing is ever rehashed whole, so that a table of millions grows without a pause.
/// </remarks>
internal sealed class SidIndex(Chunks<Row> rows)
{
    private const int BitsOfChunk = 12;
    private const int FirstBuckets = 2;

    private Chunks<int>? _buckets;
    private uint _round = FirstBuckets;
    private uint _split;
    private int _count;

    public long ByteCount => _buckets?.ByteCount ?? 0;

    /// <summary>The row of a SID, or 0.</summary>
    public int Find(Sid sid)
    {
        if (_buckets is null) return 0;
        var row = _buckets[BucketOf(HashOf(sid.Letters, sid.High, sid.Low))];
        while (row != 0)
        {
            ref var at = ref rows[row];
            if (at.Low == sid.Low && at.High == sid.High && at.Letters == sid.Letters) break;
            row = at.Next;
        }
        return row;
    }

    /// <summary>Adds a row, whose SID is in it already and in no other.</summary>
    public void Add(int row)
    {
        if (_buckets is null)
        {
            _buckets = new Chunks<int>(BitsOfChunk);
            for (var i = 0; i < FirstBuckets; i++) _buckets.Add();
        }
        Link(row);
        if (++_count > _buckets.Count) Split();
    }

    /// <summary>Adds many at once to an index that has none: its buckets are all made first, and none is split on the way.</summary>
    /// <param name="added">Rows, whose SIDs are in them already and in no other.</param>
    /// <param name="count">How many they are.</param>
    public void Fill(IEnumerable<int> added, int count)
    {
        if (_count > 0) throw new InvalidOperationException("there are rows in the index already");
        if (count == 0) return;
        var buckets = Math.Max(FirstBuckets, count);
        _buckets = new Chunks<int>(BitsOfChunk);
        for (var i = 0; i < buckets; i++) _buckets.Add();
        _round = 1u << BitOperations.Log2((uint)buckets);
        _split = (uint)buckets - _round;
        foreach (var row in added) Link(row);
        _count = count;
    }

    /// <summary>Forgets a row that is here.</summary>
    public void Remove(int row)
    {
        ref var place = ref _buckets![BucketOf(HashOf(ref rows[row]))];
        while (place != row) place = ref rows[place].Next;
        place = rows[row].Next;
        rows[row].Next = 0;
        _count--;
    }

    private void Link(int row)
    {
        ref var at = ref rows[row];
        ref var first = ref _buckets![BucketOf(HashOf(ref at))];
        at.Next = first;
        first = row;
    }

    // The next bucket in turn shares its rows with a new one at the end.
    private void Split()
    {
        var row = _buckets![(int)_split];
        _buckets[(int)_split] = 0;
        _buckets.Add();
        if (++_split == _round) (_round, _split) = (2 * _round, 0);
        while (row != 0)
        {
            var next = rows[row].Next;
            Link(row);
            row = next;
        }
    }

    private int BucketOf(uint hash)
    {
        var bucket = hash & (_round - 1);
        return (int)(bucket < _split ? hash & ((2 * _round) - 1) : bucket);
    }

    private static uint HashOf(ref Row row) => HashOf(row.Letters, row.High, row.Low);

    // SIDs of a seed are random, those of a config are 1, 2, 3.
    private static uint HashOf(ushort letters, ulong high, ulong low) =>
        (uint)(((low ^ (high * 0x9E3779B97F4A7C15) ^ letters) * 0xD6E8FEB86659FD93) >> 32);
}
