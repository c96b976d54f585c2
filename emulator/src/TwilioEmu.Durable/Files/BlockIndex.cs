using TwilioEmu.Durable.Packing;

namespace TwilioEmu.Durable.Files;

/// <summary>Which block has the newest row of each record: the others are of the past.</summary>
/// <remarks>What a start read is two sorted arrays, a third of what a dictionary takes and made in one go; what has changed since lies
/// over it.</remarks>
internal sealed class BlockIndex
{
    // By the place where the record arrived; negative where the newest row says that it is gone, 0 for one that no block has any longer.
    private readonly Dictionary<long, int> _changed = [];
    private readonly long[] _places;
    private readonly int[] _blocks;
    private readonly int _count;

    /// <summary>Of a new file.</summary>
    public BlockIndex()
        : this([], [], 0)
    {
    }

    /// <summary>Of a file that was read.</summary>
    /// <param name="places">In order, none twice.</param>
    /// <param name="blocks">The newest row's block, negative for one that says its record is gone.</param>
    /// <param name="count">How many of the arrays count.</param>
    public BlockIndex(long[] places, int[] blocks, int count)
    {
        (_places, _blocks, _count) = (places, blocks, count);
        for (var i = 0; i < count; i++) if (blocks[i] > 0) LiveCount++;
    }

    /// <summary>Records that are there.</summary>
    public int LiveCount { get; private set; }

    /// <summary>A row of the newest block.</summary>
    public void AddNewest(PackedRow row, long block)
    {
        if (Of(row.Place.Arrived) > 0) LiveCount--;
        if (row.Form is not null) LiveCount++;
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
        if (Known(row.Place.Arrived) < 0) _changed.Remove(row.Place.Arrived);
        else _changed[row.Place.Arrived] = 0;
        return false;
    }

    private int Of(long place) => _changed.TryGetValue(place, out var block) ? block : Known(place) is >= 0 and var at ? _blocks[at] : 0;

    private int Known(long place) => Array.BinarySearch(_places, 0, _count, place);
}
