namespace TwilioEmu.Kernel.Journal;

/// <summary>Entries by seq in a ring that grows when full: O(1) to append, find and drop the first.</summary>
internal sealed class EntryRing
{
    // A power of two, so that a seq's place is its low bits.
    private Entry?[] _places = new Entry?[64];

    public long FirstSeq { get; private set; } = 1;

    public long NextSeq { get; private set; } = 1;

    public long Count => NextSeq - FirstSeq;

    public Entry? Find(long seq) => seq >= FirstSeq && seq < NextSeq ? _places[seq & (_places.Length - 1)] : null;

    /// <summary>Walks on while entries are appended, and skips those dropped meanwhile.</summary>
    public IEnumerable<Entry> After(long seq)
    {
        for (var s = Math.Max(seq + 1, FirstSeq); s < NextSeq; s++)
        {
            if (Find(s) is { } entry) yield return entry;
        }
    }

    public IEnumerable<Entry> NewestFirst()
    {
        for (var s = NextSeq - 1; Find(s) is { } entry; s--) yield return entry;
    }

    public void Append(Entry entry)
    {
        if (Count == _places.Length) Grow();
        _places[NextSeq & (_places.Length - 1)] = entry;
        NextSeq++;
    }

    public void DropFirst()
    {
        _places[FirstSeq & (_places.Length - 1)] = null;
        FirstSeq++;
    }

    private void Grow()
    {
        var bigger = new Entry?[_places.Length * 2];
        for (var s = FirstSeq; s < NextSeq; s++) bigger[s & (bigger.Length - 1)] = Find(s);
        _places = bigger;
    }
}
