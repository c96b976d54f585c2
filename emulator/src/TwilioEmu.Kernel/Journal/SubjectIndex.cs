using System.Numerics;

namespace TwilioEmu.Kernel.Journal;

/// <summary>Where the entries of a subject are: all entries in a ring as they came, in chains by subject, the newest first.</summary>
/// <remarks>
/// As a compressor looks for what it has seen before (hash chains over a window). Two tables without a reference: objects for subjects,
/// which are many and have few entries each, were a third of all that outlived a collection. The loop adds and drops, any thread copies
/// out, under a lock that is held for as long as a chain is walked. A link to what has left the ring leads nowhere, so that the oldest is
/// dropped by a count alone; any other stays until the ring is full, when those that are left close up. Of a subject only half of its hash
/// is kept: who asks looks at what is found.
/// </remarks>
internal sealed class SubjectIndex(Func<long, bool> isKept)
{
    private const int FirstLength = 64;

    // There are half as many chains as nodes: who adds does not walk, and who asks walks some more.
    private const int NodesOfChain = 2;

    private readonly Lock _gate = new();

    // Nodes are numbered from 1 on, and stand at their number modulo the length, a power of two. Of a chain its newest is known.
    private Node[] _nodes = new Node[FirstLength];
    private long[] _newest = new long[FirstLength / NodesOfChain];
    private long _first = 1;
    private long _next = 1;

    // The loop's.
    private int _live;

    /// <summary>True when a subject has more entries than a number; those dropped lately may count.</summary>
    /// <param name="subject">The <see cref="TextHash"/> of it.</param>
    /// <param name="count">The number.</param>
    public bool HasMoreThan(ulong subject, int count)
    {
        var half = HalfOf(subject);
        lock (_gate)
        {
            for (var node = _newest[ChainOf(half)]; node >= _first && count >= 0; node -= At(node).Back)
            {
                if (At(node).Subject == half) count--;
                if (At(node).Back == 0) break;
            }
            return count < 0;
        }
    }

    public void Add(ulong subject, long seq)
    {
        lock (_gate)
        {
            if (_next - _first == _nodes.Length) MakeRoom_NeedsLock();
            Add_NeedsLock(HalfOf(subject), seq);
        }
        _live++;
    }

    /// <summary>The entry is gone already.</summary>
    public void Drop(long seq)
    {
        _live--;
        if (_first < _next && At(_first).Seq == seq) _first++;
    }

    /// <summary>The seqs of a subject after one and before another, ascending; some may be dropped, or by chance another's.</summary>
    public List<long> Between(ulong subject, long after, long before)
    {
        var (seqs, half) = (new List<long>(), HalfOf(subject));
        lock (_gate)
        {
            for (var node = _newest[ChainOf(half)]; node >= _first && At(node).Seq > after; node -= At(node).Back)
            {
                if (At(node).Subject == half && At(node).Seq < before) seqs.Add(At(node).Seq);
                if (At(node).Back == 0) break;
            }
        }
        seqs.Reverse();
        return seqs;
    }

    private void Add_NeedsLock(uint subject, long seq)
    {
        ref var newest = ref _newest[ChainOf(subject)];
        At(_next) = new Node { Seq = seq, Subject = subject, Back = newest >= _first ? (int)(_next - newest) : 0 };
        newest = _next++;
    }

    private void MakeRoom_NeedsLock()
    {
        var (nodes, first, end) = (_nodes, _first, _next);
        // At least twice as long as what is left, so that it fills again only after as many more.
        var length = Math.Max(FirstLength, (int)BitOperations.RoundUpToPowerOf2((uint)(2 * _live)));
        if (length == nodes.Length) Array.Clear(_newest);
        else (_nodes, _newest) = (new Node[length], new long[length / NodesOfChain]);
        // Each takes a place that was its own, or that of one before it.
        _next = first;
        for (var node = first; node < end; node++)
        {
            var at = nodes[node & (nodes.Length - 1)];
            if (isKept(at.Seq)) Add_NeedsLock(at.Subject, at.Seq);
        }
    }

    private ref Node At(long node) => ref _nodes[node & (_nodes.Length - 1)];

    private int ChainOf(uint half) => (int)(((ulong)half * (uint)_newest.Length) >> 32);

    private static uint HalfOf(ulong subject) => (uint)(subject >> 32);

    private struct Node
    {
        public long Seq;
        public uint Subject;

        /// <summary>How many numbers before it the next older one of its chain is; 0 for none.</summary>
        public int Back;
    }
}
