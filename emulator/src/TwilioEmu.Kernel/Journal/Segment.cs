using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Journal;

/// <summary>A run of <see cref="Length"/> seqs of the journal; of those dropped meanwhile nothing stays.</summary>
/// <remarks>
/// The loop alone writes, any thread reads. The newest one holds entries as they were written; one that is full is packed
/// (<see cref="PackedRun"/>), which is soon enough that the collector need not carry its entries from one generation to the next.
/// </remarks>
internal sealed class Segment(long number)
{
    public const int Length = 256;

    // One of the two: the second is there before the first is not.
    private volatile Entry?[]? _entries = new Entry?[Length];
    private volatile PackedRun? _packed;
    private int _count;

    /// <summary>The seq of its entries, divided by <see cref="Length"/>.</summary>
    public long Number { get; } = number;

    /// <summary>How many entries are kept. Loop-confined.</summary>
    public int Count => _packed?.Count ?? _count;

    public Entry? Find(long seq) => _entries is { } entries ? entries[seq % Length] : Of(seq, static (run, seq) => run.Find(seq));

    /// <summary>True when the entry is kept. Loop-confined.</summary>
    public bool Has(long seq) => _entries is { } entries ? entries[seq % Length] is not null : _packed!.Has(seq);

    /// <summary>What is found of an entry without its particulars; false when there is none. Loop-confined.</summary>
    public bool TryHead(long seq, out EntryHead head)
    {
        if (_entries is not { } entries) return _packed!.TryHead(seq, out head);
        var entry = entries[seq % Length];
        head = entry is null ? default : new EntryHead(entry);
        return entry is not null;
    }

    public void Add(Entry entry)
    {
        _entries![entry.Seq % Length] = entry;
        _count++;
    }

    /// <summary>No more will be added.</summary>
    public void Pack(RunPacker packer)
    {
        if (_entries is not { } entries) return;
        _packed = packer.Pack(entries);
        _entries = null;
    }

    /// <summary>Puts what is left of its entries elsewhere, if they lie in a block.</summary>
    public void MoveOutOf(ByteBlock block)
    {
        if (_packed is { } packed && packed.Block == block) Move(packed);
    }

    /// <summary>Drops an entry; true when it was there.</summary>
    public bool Drop(long seq, out EntryHead entry)
    {
        if (_packed is { } packed)
        {
            if (!packed.Drop(seq, out entry)) return false;
            if (packed.Count == 0) Move(packed);
            return true;
        }
        entry = default;
        if (_entries![seq % Length] is not { } there) return false;
        entry = new EntryHead(there);
        _entries[seq % Length] = null;
        _count--;
        return true;
    }

    /// <summary>The first entry at or after a seq, or null.</summary>
    public Entry? FirstFrom(long seq)
    {
        if (_entries is not { } entries) return Of(seq, static (run, seq) => run.FirstFrom(seq));
        for (var i = seq / Length == Number ? (int)(seq % Length) : 0; i < Length; i++)
        {
            if (entries[i] is { } entry && entry.Seq >= seq) return entry;
        }
        return null;
    }

    /// <summary>The seq of the first entry at or after a seq; 0 for none. Loop-confined.</summary>
    public long FirstSeqFrom(long seq) => _entries is null ? _packed!.FirstSeqFrom(seq) : FirstFrom(seq)?.Seq ?? 0;

    /// <summary>The last entry at or before a seq, or null.</summary>
    public Entry? LastTo(long seq)
    {
        if (_entries is not { } entries) return Of(seq, static (run, seq) => run.LastTo(seq));
        for (var i = seq / Length == Number ? (int)(seq % Length) : Length - 1; i >= 0; i--)
        {
            if (entries[i] is { } entry && entry.Seq <= seq) return entry;
        }
        return null;
    }

    private void Move(PackedRun packed)
    {
        _packed = packed.WithoutGone();
        packed.Release();
    }

    /// <summary>Asks the run; one that was released meanwhile has left its entries, if any, to the next.</summary>
    private Entry? Of(long seq, Func<PackedRun, long, Entry?> ask)
    {
        while (true)
        {
            var run = _packed!;
            var found = ask(run, seq);
            if (!run.IsReleased) return found;
        }
    }
}
