using TwilioEmu.Durable.Packing;

namespace TwilioEmu.Durable.Files;

/// <summary>Which block has the newest row of each record: the others are of the past.</summary>
internal sealed class BlockIndex
{
    // By the place where the record arrived; negative where the newest row says that it is gone.
    private readonly Dictionary<long, int> _newest = [];

    /// <summary>Records that are there.</summary>
    public int LiveCount { get; private set; }

    /// <summary>A row of a block; blocks come newest first. False where a newer row was told.</summary>
    public bool AddOlder(PackedRow row, long block)
    {
        if (!_newest.TryAdd(row.Place.Arrived, Of(row, block))) return false;
        if (row.Form is not null) LiveCount++;
        return true;
    }

    /// <summary>A row of the newest block.</summary>
    public void AddNewest(PackedRow row, long block)
    {
        if (_newest.TryGetValue(row.Place.Arrived, out var before) && before > 0) LiveCount--;
        if (row.Form is not null) LiveCount++;
        _newest[row.Place.Arrived] = Of(row, block);
    }

    /// <summary>True where a row of the oldest block is how its record stands; one that says a record is gone has nothing left to say.</summary>
    public bool TakeOldest(PackedRow row, long block)
    {
        if (!_newest.TryGetValue(row.Place.Arrived, out var newest) || Math.Abs(newest) != block) return false;
        if (newest > 0) return true;
        _newest.Remove(row.Place.Arrived);
        return false;
    }

    private static int Of(PackedRow row, long block) => (int)(row.Form is null ? -block : block);
}
