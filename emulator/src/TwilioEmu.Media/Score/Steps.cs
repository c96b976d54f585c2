namespace TwilioEmu.Media.Score;

/// <summary>An append-only list in the order of instants: one thread writes, any thread reads what is published, without a lock.</summary>
/// <remarks>
/// The count is published last: who reads n may read 0..n-1. Nothing is ever changed: growing copies into a larger array, which is
/// published
/// before the count that reaches into it, so a reader never sees a torn item. Finding an instant is O(log n).
/// </remarks>
internal sealed class Steps<T>(Func<T, DateTimeOffset> instantOf)
{
    private T[] _items = new T[4];

    // The instants by themselves: to find one touches no item.
    private long[] _ticks = new long[4];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The item; read <see cref="Count"/> first.</summary>
    public ref readonly T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return ref Volatile.Read(ref _items)[index];
        }
    }

    public void Add(T item)
    {
        var count = _count;
        var at = instantOf(item).UtcTicks;
        if (count > 0 && at < _ticks[count - 1])
        {
            throw new ArgumentException("An instant before the last one.", nameof(item));
        }
        if (count == _items.Length)
        {
            var larger = new T[count * 2];
            var later = new long[count * 2];
            Array.Copy(_items, larger, count);
            Array.Copy(_ticks, later, count);
            Volatile.Write(ref _items, larger);
            Volatile.Write(ref _ticks, later);
        }
        _items[count] = item;
        _ticks[count] = at;
        Volatile.Write(ref _count, count + 1);
    }

    /// <summary>The last item at or before the instant; -1 when there is none.</summary>
    public int LastAt(DateTimeOffset instant)
    {
        var (low, high) = (0, Count - 1);
        var (ticks, at) = (Volatile.Read(ref _ticks), instant.UtcTicks);
        // Most often the end of the list is asked for.
        if (high < 0 || ticks[high] <= at) return high;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (ticks[middle] <= at) low = middle + 1;
            else high = middle - 1;
        }
        return high;
    }

    /// <summary>The instant of the first item after this instant; null when there is none.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset instant)
    {
        var next = LastAt(instant) + 1;
        return next < Count ? instantOf(this[next]) : null;
    }
}
