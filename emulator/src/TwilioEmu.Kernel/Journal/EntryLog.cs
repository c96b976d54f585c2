namespace TwilioEmu.Kernel.Journal;

/// <summary>Entries by seq: the loop appends and drops, any thread reads without a lock.</summary>
/// <remarks>
/// Readers see what was published by <see cref="LastSeq"/>; a dropped entry is
/// a gap. Append is O(1), find O(log n) in thousands of entries.
/// </remarks>
internal sealed class EntryLog
{
    // Ordered by number, never empty; replaced whole when a segment comes or goes.
    private volatile Segment[] _segments = [new Segment(0)];
    private readonly EntryIndex _index;
    private readonly RunPacker _packer = new();
    private long _firstSeq = 1;
    private long _lastSeq;

    public EntryLog() => _index = new EntryIndex(seq => SegmentOf(seq)?.Has(seq) == true);

    /// <summary>The newest entry's, 0 before the first; published last.</summary>
    public long LastSeq => Volatile.Read(ref _lastSeq);

    /// <summary>How many are kept. Loop-confined.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes that packed entries take, with what of their blocks is free or gone.</summary>
    public long ByteCount => _packer.Blocks.ByteCount;

    /// <summary>The oldest entry kept; one beyond the newest when there is none.</summary>
    public long FirstSeq => Volatile.Read(ref _firstSeq);

    public Entry? Find(long seq) => SegmentOf(seq)?.Find(seq);

    /// <summary>What is found of an entry without its particulars; null when there is none. Loop-confined.</summary>
    public EntryHead? Head(long seq) => TryHead(seq, out var head) ? head : null;

    /// <summary>The same, for who asks often: it is large.</summary>
    public bool TryHead(long seq, out EntryHead head)
    {
        head = default;
        return seq >= FirstSeq && SegmentOf(seq)?.TryHead(seq, out head) == true;
    }

    /// <summary>Walks on while entries are appended, and skips those dropped meanwhile.</summary>
    public IEnumerable<Entry> After(long seq)
    {
        for (var entry = FirstFrom(Math.Max(seq, 0) + 1); entry is not null; entry = FirstFrom(entry.Seq + 1)) yield return entry;
    }

    /// <summary>The same of a selection, which finds them by the index.</summary>
    public IEnumerable<Entry> After(long seq, Selection selection)
    {
        if (_index.Of(selection) is not { } list) return After(seq).Where(selection.Fits);
        return list.After(Math.Max(seq, FirstSeq - 1)).TakeWhile(s => s <= LastSeq).Select(Find).OfType<Entry>().Where(selection.Fits);
    }

    /// <summary>Those of a selection before a seq, the newest first.</summary>
    public IEnumerable<Entry> Before(long seq, Selection selection)
    {
        if (_index.Of(selection) is not { } list) return Before(seq).Where(selection.Fits);
        return list.Before(seq).TakeWhile(s => s >= FirstSeq).Select(Find).OfType<Entry>().Where(selection.Fits);
    }

    private IEnumerable<Entry> Before(long seq)
    {
        for (var entry = LastTo(Math.Min(seq - 1, LastSeq)); entry is not null; entry = LastTo(entry.Seq - 1)) yield return entry;
    }

    public IEnumerable<Entry> NewestFirst()
    {
        for (var entry = LastTo(LastSeq); entry is not null; entry = LastTo(entry.Seq - 1)) yield return entry;
    }

    /// <summary>The first entry to come is of this seq, whatever was before; nothing was appended yet.</summary>
    public void BeginAt(long firstSeq, long lastSeq)
    {
        _segments = [new Segment(firstSeq / Segment.Length)];
        Volatile.Write(ref _firstSeq, firstSeq);
        Volatile.Write(ref _lastSeq, lastSeq);
    }

    public void Append(Entry entry)
    {
        var segments = _segments;
        var last = segments[^1];
        if (last.Number != entry.Seq / Segment.Length)
        {
            // One of which nothing is kept takes no room, and goes.
            if (last.Count > 0)
            {
                last.Pack(_packer);
                ClearSparse();
            }
            var next = new Segment(entry.Seq / Segment.Length);
            _segments = last.Count == 0 ? [.. segments.AsSpan(..^1), next] : [.. segments, next];
            last = next;
        }
        last.Add(entry);
        _index.Add(entry);
        Count++;
        if (entry.Seq > _lastSeq) Volatile.Write(ref _lastSeq, entry.Seq);
    }

    /// <summary>Drops an entry; true when it was there.</summary>
    public bool Drop(long seq, out EntryHead entry)
    {
        entry = default;
        var segments = _segments;
        var place = PlaceOf(segments, seq / Segment.Length);
        if (place == segments.Length || segments[place].Number != seq / Segment.Length) return false;
        var isLast = place == segments.Length - 1;
        if (!segments[place].Drop(seq, out entry)) return false;
        _index.Drop(entry);
        Count--;
        if (seq == _firstSeq) Volatile.Write(ref _firstSeq, FirstSeqFrom(seq + 1));
        if (segments[place].Count == 0 && !isLast) _segments = [.. segments.AsSpan(..place), .. segments.AsSpan((place + 1)..)];
        return true;
    }

    /// <summary>Where blocks take much more than what is kept in them, moves what is left in those that are mostly gone.</summary>
    private void ClearSparse()
    {
        while (_packer.FindSparse() is { } block)
        {
            foreach (var number in _packer.ResidentsOf(block)) SegmentNumbered(number)?.MoveOutOf(block);
        }
    }

    private Segment? SegmentOf(long seq)
    {
        if (seq < 1 || seq > LastSeq) return null;
        return SegmentNumbered(seq / Segment.Length);
    }

    private Segment? SegmentNumbered(long number)
    {
        var segments = _segments;
        var place = PlaceOf(segments, number);
        return place < segments.Length && segments[place].Number == number ? segments[place] : null;
    }

    private Entry? FirstFrom(long seq)
    {
        var last = LastSeq;
        if (seq > last) return null;
        var segments = _segments;
        for (var i = PlaceOf(segments, seq / Segment.Length); i < segments.Length; i++)
        {
            if (segments[i].FirstFrom(seq) is { } entry) return entry.Seq <= last ? entry : null;
        }
        return null;
    }

    // One beyond the newest when there is none.
    private long FirstSeqFrom(long seq)
    {
        var segments = _segments;
        for (var i = PlaceOf(segments, seq / Segment.Length); i < segments.Length; i++)
        {
            if (segments[i].FirstSeqFrom(seq) is var first and > 0) return first;
        }
        return LastSeq + 1;
    }

    private Entry? LastTo(long seq)
    {
        var segments = _segments;
        var place = PlaceOf(segments, seq / Segment.Length);
        for (var i = Math.Min(place, segments.Length - 1); i >= 0; i--)
        {
            if (segments[i].Number <= seq / Segment.Length && segments[i].LastTo(seq) is { } entry) return entry;
        }
        return null;
    }

    /// <summary>Of the first segment whose number is not lower.</summary>
    private static int PlaceOf(Segment[] segments, long number)
    {
        // Most who look, look at the end.
        if (segments[^1].Number < number) return segments.Length;
        // Where none is missing, the number tells the place.
        var guess = number - segments[0].Number;
        if (guess >= 0 && guess < segments.Length && segments[guess].Number == number) return (int)guess;
        var (low, high) = (0, segments.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (segments[middle].Number < number) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
