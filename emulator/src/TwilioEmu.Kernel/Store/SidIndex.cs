using System.Numerics;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Store;

/// <summary>
/// Finds rows by SID: buckets of rows linked by <see cref="Row.Next"/>, one more bucket with each row (linear hashing, Litwin 1980).
/// </summary>
/// <remarks>
/// Four bytes a row beside the row itself. Nothing is ever rehashed whole, so that a table of millions grows without a pause. Of the
/// rows found lately a large table knows the places: who looks up one of millions waits for memory, and what is on its way is looked up
/// several times.
/// </remarks>
internal sealed class SidIndex(Chunks<Row> rows)
{
    private const int BitsOfChunk = 12;
    private const int FirstBuckets = 2;

    // A table with fewer rows is at hand anyhow.
    private const int Large = 4_096;
    private const int FoundLately = 8_192;

    private Chunks<int>? _buckets;

    // Rows by their hash; null in a table that was never large.
    private int[]? _lately;
    private uint _round = FirstBuckets;
    private uint _split;
    private int _count;

    public long ByteCount => (_buckets?.ByteCount ?? 0) + (_lately is null ? 0 : sizeof(int) * FoundLately);

    /// <summary>The row of a SID, or 0.</summary>
    public int Find(Sid sid)
    {
        if (_buckets is null) return 0;
        var hash = HashOf(sid.Letters, sid.High, sid.Low);
        if (_lately is not null && _lately[hash % FoundLately] is var lately && lately != 0 && Is(ref rows[lately], sid)) return lately;
        var row = _buckets[BucketOf(hash)];
        while (row != 0)
        {
            ref var at = ref rows[row];
            if (Is(ref at, sid)) break;
            row = at.Next;
        }
        if (row != 0 && _lately is not null) _lately[hash % FoundLately] = row;
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
        if (_count == Large) _lately ??= new int[FoundLately];
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
        if (_count >= Large) _lately = new int[FoundLately];
    }

    /// <summary>Forgets a row that is here.</summary>
    public void Remove(int row)
    {
        var hash = HashOf(ref rows[row]);
        if (_lately is not null && _lately[hash % FoundLately] == row) _lately[hash % FoundLately] = 0;
        ref var place = ref _buckets![BucketOf(hash)];
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

    private static bool Is(ref Row row, Sid sid) => row.Low == sid.Low && row.High == sid.High && row.Letters == sid.Letters;

    private static uint HashOf(ref Row row) => HashOf(row.Letters, row.High, row.Low);

    // SIDs of a seed are random, those of a config are 1, 2, 3.
    private static uint HashOf(ushort letters, ulong high, ulong low) =>
        (uint)(((low ^ (high * 0x9E3779B97F4A7C15) ^ letters) * 0xD6E8FEB86659FD93) >> 32);
}
