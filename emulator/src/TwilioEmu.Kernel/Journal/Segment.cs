namespace TwilioEmu.Kernel.Journal;

/// <summary>A run of <see cref="Length"/> seqs of the journal; of those dropped meanwhile nothing stays.</summary>
/// <remarks>
/// The loop alone writes, any thread reads: what is read is an array that is either full length, with gaps, or short and sorted. An old
/// segment with few entries left is made short, so that the few of a quiet account do not keep the room of many.
/// </remarks>
internal sealed class Segment(long number)
{
    public const int Length = 1_024;
    private const int Short = 64;

    private volatile Entry?[] _entries = new Entry?[Length];

    /// <summary>The seq of its entries, divided by <see cref="Length"/>.</summary>
    public long Number { get; } = number;

    /// <summary>How many entries are kept. Loop-confined.</summary>
    public int Count { get; private set; }

    public Entry? Find(long seq)
    {
        var entries = _entries;
        if (entries.Length == Length) return entries[seq % Length];
        var (low, high) = (0, entries.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (entries[middle]!.Seq == seq) return entries[middle];
            if (entries[middle]!.Seq < seq) low = middle + 1;
            else high = middle - 1;
        }
        return null;
    }

    public void Add(Entry entry)
    {
        _entries[entry.Seq % Length] = entry;
        Count++;
    }

    /// <summary>Drops an entry; true when it was there.</summary>
    /// <param name="seq">Whose.</param>
    /// <param name="isFull">No more will be added.</param>
    public bool Drop(long seq, bool isFull)
    {
        if (Find(seq) is null) return false;
        Count--;
        var entries = _entries;
        if (entries.Length == Length && (!isFull || Count > Short)) entries[seq % Length] = null;
        else _entries = [.. entries.Where(e => e is not null && e.Seq != seq)];
        return true;
    }

    /// <summary>The first entry at or after a seq, or null.</summary>
    public Entry? FirstFrom(long seq)
    {
        var entries = _entries;
        for (var i = entries.Length == Length && seq / Length == Number ? (int)(seq % Length) : 0; i < entries.Length; i++)
        {
            if (entries[i] is { } entry && entry.Seq >= seq) return entry;
        }
        return null;
    }

    /// <summary>The last entry at or before a seq, or null.</summary>
    public Entry? LastTo(long seq)
    {
        var entries = _entries;
        for (var i = entries.Length == Length && seq / Length == Number ? (int)(seq % Length) : entries.Length - 1; i >= 0; i--)
        {
            if (entries[i] is { } entry && entry.Seq <= seq) return entry;
        }
        return null;
    }
}
