namespace TwilioEmu.Kernel.Journal;

/// <summary>Seqs of entries that have something in common, ascending: the loop adds and drops, any thread reads without a lock.</summary>
/// <remarks>
/// In parts of some thousand at most, so that a list that grows at one end and goes at the other moves nothing. A dropped seq stays until
/// its part goes, or until most are holes, when the rest moves to other parts: adding and dropping are O(1) in the long run. Who reads a
/// part that was left behind meanwhile goes on in the next.
/// </remarks>
internal sealed class SeqList : ISeqs
{
    private const int FirstLength = 4;
    private const int MostLength = 1_024;
    private const int Small = 64;
    private const int MostlyHoles = 4;

    // Ascending, each with a seq at least; replaced whole when a part comes or goes.
    private volatile Part[] _parts = [];

    // The loop's: of the first part those before are dropped, and how many the parts hold.
    private int _head;
    private int _count;

    /// <summary>How many are not dropped. Loop-confined.</summary>
    public int Live { get; private set; }

    public void Add(long seq)
    {
        Append(seq);
        Live++;
    }

    /// <summary>The entry is gone already, or its seq is kept until its part goes or all are moved.</summary>
    public void Drop(long seq, Func<long, bool> isKept)
    {
        Live--;
        var first = _parts[0];
        // An account's oldest goes first, a kind's goes wherever its account is cut.
        if (_head < first.Count && first[_head] == seq) _head++;
        if (_head == first.Length)
        {
            _parts = _parts[1..];
            (_head, _count) = (0, _count - first.Length);
        }
        else if (_count > Small && Live < _count / MostlyHoles)
        {
            Move(isKept);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<long> After(long seq)
    {
        while (FirstAfter(seq) is var next and > 0) yield return seq = next;
    }

    /// <inheritdoc/>
    public IEnumerable<long> Before(long seq)
    {
        while (LastBefore(seq) is var next and > 0) yield return seq = next;
    }

    private long FirstAfter(long seq)
    {
        var parts = _parts;
        for (var i = PartOf(parts, seq); i < parts.Length; i++)
        {
            if (parts[i].FirstAfter(seq) is var first and > 0) return first;
        }
        return 0;
    }

    private long LastBefore(long seq)
    {
        var parts = _parts;
        return parts.Length == 0 ? 0 : parts[PartOf(parts, seq - 1)].LastBefore(seq);
    }

    private void Append(long seq)
    {
        var parts = _parts;
        if (parts.Length == 0 || !parts[^1].TryAdd(seq))
        {
            var length = parts.Length == 0 ? FirstLength : Math.Min(MostLength, 2 * parts[^1].Length);
            _parts = [.. parts, new Part(length, seq)];
        }
        _count++;
    }

    private void Move(Func<long, bool> isKept)
    {
        var kept = new List<long>(Live);
        foreach (var part in _parts)
        {
            for (var i = part == _parts[0] ? _head : 0; i < part.Count; i++) if (isKept(part[i])) kept.Add(part[i]);
        }
        (_head, _count) = (0, kept.Count);
        _parts = [.. kept.Chunk(MostLength).Select(static seqs => new Part(MostLength, seqs))];
    }

    /// <summary>The place of the last part that begins at or before a seq; of the first where none does.</summary>
    private static int PartOf(Part[] parts, long seq)
    {
        var (low, high) = (0, parts.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (parts[middle][0] <= seq) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    private sealed class Part
    {
        private readonly long[] _seqs;
        private int _count;

        public Part(int length, params ReadOnlySpan<long> first)
        {
            _seqs = new long[length];
            first.CopyTo(_seqs);
            _count = first.Length;
        }

        public int Length => _seqs.Length;

        /// <summary>Published after what it counts.</summary>
        public int Count => Volatile.Read(ref _count);

        public long this[int place] => _seqs[place];

        /// <summary>False when it is full.</summary>
        public bool TryAdd(long seq)
        {
            if (_count == _seqs.Length) return false;
            _seqs[_count] = seq;
            Volatile.Write(ref _count, _count + 1);
            return true;
        }

        /// <summary>The first that is higher, or 0.</summary>
        public long FirstAfter(long seq)
        {
            var count = Count;
            return PlaceAfter(seq, count) is var place && place < count ? _seqs[place] : 0;
        }

        /// <summary>The last that is lower, or 0.</summary>
        public long LastBefore(long seq) => PlaceAfter(seq - 1, Count) is var place and > 0 ? _seqs[place - 1] : 0;

        /// <summary>Of the first that is higher, among so many.</summary>
        private int PlaceAfter(long seq, int count)
        {
            // Most who look, look at the end.
            if (count == 0 || _seqs[count - 1] <= seq) return count;
            var (low, high) = (0, count - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (_seqs[middle] <= seq) low = middle + 1;
                else high = middle;
            }
            return low;
        }
    }
}
