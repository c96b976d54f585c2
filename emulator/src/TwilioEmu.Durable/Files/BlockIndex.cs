using System.Runtime.InteropServices;
using TwilioEmu.Durable.Packing;

namespace TwilioEmu.Durable.Files;

/// <summary>Which block has the newest row of each record: the others are of the past, and a block of those alone is of no use.</summary>
/// <remarks>What a start read is two sorted arrays, a third of what a dictionary takes and made in one go; what has changed since lies
/// over it.</remarks>
internal sealed class BlockIndex
{
    // By the place where the record arrived; negative where the newest row says that it is gone, 0 for one that no block has any longer.
    private readonly Dictionary<long, int> _changed = [];

    // What the file has, by number: how many rows, and how many of them are the newest of their record.
    private readonly Dictionary<int, (int Rows, int Newest)> _blocks = [];
    private readonly long[] _places;
    private readonly int[] _newest;
    private readonly int _count;

    /// <summary>Of a new file.</summary>
    public BlockIndex()
        : this([], [], 0, [])
    {
    }

    /// <summary>Of a file that was read.</summary>
    /// <param name="places">In order, none twice.</param>
    /// <param name="newest">The newest row's block, negative for one that says its record is gone.</param>
    /// <param name="count">How many of the arrays count.</param>
    /// <param name="blocks">Each block's number, and how many rows it has.</param>
    public BlockIndex(long[] places, int[] newest, int count, IEnumerable<(long Number, int Rows)> blocks)
    {
        (_places, _newest, _count) = (places, newest, count);
        foreach (var (number, rows) in blocks) _blocks.Add((int)number, (rows, 0));
        RowCount = _blocks.Values.Sum(b => (long)b.Rows);
        for (var i = 0; i < count; i++)
        {
            if (newest[i] > 0) LiveCount++;
            CollectionsMarshal.GetValueRefOrNullRef(_blocks, Math.Abs(newest[i])).Newest++;
        }
    }

    /// <summary>Records that are there.</summary>
    public int LiveCount { get; private set; }

    /// <summary>Rows in all blocks.</summary>
    public long RowCount { get; private set; }

    /// <summary>Of all blocks.</summary>
    public BlockCensus Census => BlockCensus.Of(_blocks.Keys.Select(static n => (long)n));

    /// <summary>A row of the newest block.</summary>
    public void AddNewest(PackedRow row, long block)
    {
        var before = Of(row.Place.Arrived);
        if (before > 0) LiveCount--;
        if (row.Form is not null) LiveCount++;
        LeaveBlock(before);
        ref var blocks = ref CollectionsMarshal.GetValueRefOrAddDefault(_blocks, (int)block, out _);
        blocks = (blocks.Rows + 1, blocks.Newest + 1);
        RowCount++;
        _changed[row.Place.Arrived] = (int)(row.Form is null ? -block : block);
    }

    /// <summary>
    /// True where a row of the oldest block is how its record stands; one that says a record is gone has nothing left to say.
    /// </summary>
    public bool TakeOldest(PackedRow row, long block)
    {
        var newest = Of(row.Place.Arrived);
        if (newest == 0 || Math.Abs(newest) != block) return false;
        if (newest > 0) return true;
        LeaveBlock(newest);
        if (Known(row.Place.Arrived) < 0) _changed.Remove(row.Place.Arrived);
        else _changed[row.Place.Arrived] = 0;
        return false;
    }

    /// <summary>Blocks all of whose rows are of the past, those of the lowest numbers first; the file may drop them.</summary>
    public IReadOnlyList<long> OfThePast(int most)
    {
        var past = new List<long>();
        foreach (var (number, block) in _blocks) if (block.Newest == 0) past.Add(number);
        past.Sort();
        return past.Count <= most ? past : past.GetRange(0, most);
    }

    /// <summary>How many rows these blocks have.</summary>
    public long RowsOf(IEnumerable<long> blocks) => blocks.Sum(b => (long)_blocks[(int)b].Rows);

    /// <summary>The file has dropped them.</summary>
    public void Drop(IEnumerable<long> blocks)
    {
        foreach (var number in blocks) if (_blocks.Remove((int)number, out var dropped)) RowCount -= dropped.Rows;
    }

    // A newer row of its record came, or it has nothing left to say.
    private void LeaveBlock(int newest)
    {
        if (newest != 0 && _blocks.TryGetValue(Math.Abs(newest), out var block))
        {
            _blocks[Math.Abs(newest)] = block with { Newest = block.Newest - 1 };
        }
    }

    private int Of(long place) => _changed.TryGetValue(place, out var block) ? block : Known(place) is >= 0 and var at ? _newest[at] : 0;

    private int Known(long place) => Array.BinarySearch(_places, 0, _count, place);
}
