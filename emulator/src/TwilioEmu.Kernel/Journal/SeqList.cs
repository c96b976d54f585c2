namespace TwilioEmu.Kernel.Journal;

/// <summary>Seqs of entries that have something in common, ascending: the loop adds and drops, any thread reads without a lock.</summary>
/// <remarks>
/// A dropped seq stays until the array is full or mostly holes, then the rest moves to another one: adding and
/// dropping are O(1) in the long run. Who reads an array that was left behind meanwhile goes on in the new one.
/// </remarks>
internal sealed class SeqList : ISeqs
{
    private const int FirstLength = 4;
    private const int Small = 64;
    private const int MostlyHoles = 4;

    private volatile Run _run = new(FirstLength);
    private int _head;

    /// <summary>How many are not dropped. Loop-confined.</summary>
    public int Live { get; private set; }

    public void Add(long seq, Func<long, bool> isKept)
    {
        if (_run.Count == _run.Seqs.Length) Move(isKept);
        _run.Add(seq);
        Live++;
    }

    /// <summary>The entry is gone already, or its seq is kept until all are moved.</summary>
    public void Drop(long seq, Func<long, bool> isKept)
    {
        Live--;
        // An account's oldest goes first, a kind's goes wherever its account is cut.
        if (_run.Seqs[_head] == seq) _head++;
        if (_run.Seqs.Length > Small && Live < _run.Seqs.Length / MostlyHoles) Move(isKept);
    }

    /// <inheritdoc/>
    public IEnumerable<long> After(long seq)
    {
        while (true)
        {
            var run = _run;
            var count = run.Count;
            for (var i = run.PlaceAfter(seq, count); i < count; i++) yield return seq = run.Seqs[i];
            if (run == _run && run.Count == count) yield break;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<long> Before(long seq)
    {
        var run = _run;
        for (var i = run.PlaceAfter(seq - 1, run.Count) - 1; i >= 0; i--) yield return run.Seqs[i];
    }

    private void Move(Func<long, bool> isKept)
    {
        var old = _run;
        var run = new Run(Math.Max(FirstLength, 2 * (Live + 1)));
        for (var i = _head; i < old.Count; i++)
        {
            // Without holes behind the head nobody needs to be asked.
            if (old.Count - _head == Live || isKept(old.Seqs[i])) run.Add(old.Seqs[i]);
        }
        _head = 0;
        _run = run;
    }

    private sealed class Run(int length)
    {
        private int _count;

        public long[] Seqs { get; } = new long[length];

        /// <summary>Published after what it counts.</summary>
        public int Count => Volatile.Read(ref _count);

        public void Add(long seq)
        {
            Seqs[_count] = seq;
            Volatile.Write(ref _count, _count + 1);
        }

        /// <summary>Of the first that is higher, among so many.</summary>
        public int PlaceAfter(long seq, int count)
        {
            // Most who look, look at the end.
            if (count == 0 || Seqs[count - 1] <= seq) return count;
            var (low, high) = (0, count - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (Seqs[middle] <= seq) low = middle + 1;
                else high = middle;
            }
            return low;
        }
    }
}
