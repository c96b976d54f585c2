using System.Numerics;

namespace TwilioEmu.Kernel.Journal;

/// <summary>Where the entries of a subject are: all entries in a ring as they came, in chains by subject, the newest first.</summary>
/// <remarks>
/// As a compressor looks for what it has seen before (hash chains over a window). Two tables without a reference: objects for subjects,
/// which are many and have few entries each, were a third of all that outlived a collection. The loop adds and drops, any thread copies
/// out, under a lock that is held for as long as a chain is walked. A link to what has left the ring leads nowhere, so that the oldest is
/// dropped by a count alone; any other stays until the ring is full, when those that are left move to another one.
/// </remarks>
internal sealed class SubjectIndex(Func<long, bool> isKept)
{
    private const int FirstLength = 64;

    // Of the ring, chains are this part: who adds does not walk, and who asks walks some more.
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
    public bool HasMoreThan(ulong subject, int count)
    {
        lock (_gate)
        {
            for (var node = _newest[ChainOf(subject)]; node >= _first && count >= 0; node = At(node).Older)
            {
                if (At(node).Subject == subject) count--;
            }
            return count < 0;
        }
    }

    public void Add(ulong subject, long seq)
    {
        lock (_gate)
        {
            if (_next - _first == _nodes.Length) Move_NeedsLock();
            Add_NeedsLock(subject, seq);
        }
        _live++;
    }

    /// <summary>The entry is gone already.</summary>
    public void Drop(long seq)
    {
        _live--;
        if (_first < _next && At(_first).Seq == seq) _first++;
    }

    /// <summary>The seqs of a subject after one and before another, ascending; some may be dropped.</summary>
    public List<long> Between(ulong subject, long after, long before)
    {
        var seqs = new List<long>();
        lock (_gate)
        {
            for (var node = _newest[ChainOf(subject)]; node >= _first && At(node).Seq > after; node = At(node).Older)
            {
                if (At(node).Subject == subject && At(node).Seq < before) seqs.Add(At(node).Seq);
            }
        }
        seqs.Reverse();
        return seqs;
    }

    private void Add_NeedsLock(ulong subject, long seq)
    {
        ref var newest = ref _newest[ChainOf(subject)];
        At(_next) = new Node { Subject = subject, Seq = seq, Older = newest };
        newest = _next++;
    }

    private void Move_NeedsLock()
    {
        var (nodes, first, end) = (_nodes, _first, _next);
        // Twice as long as what is left, so that it fills again only after as many more.
        var length = Math.Max(FirstLength, (int)BitOperations.RoundUpToPowerOf2((uint)(2 * _live)));
        (_nodes, _newest, _first, _next) = (new Node[length], new long[length / NodesOfChain], 1, 1);
        for (var node = first; node < end; node++)
        {
            ref var at = ref nodes[node & (nodes.Length - 1)];
            if (end - first == _live || isKept(at.Seq)) Add_NeedsLock(at.Subject, at.Seq);
        }
    }

    private ref Node At(long node) => ref _nodes[node & (_nodes.Length - 1)];

    // The upper bits of a hash tell the chain.
    private int ChainOf(ulong subject) => (int)Math.BigMul(subject, (ulong)_newest.Length, out _);

    private struct Node
    {
        public ulong Subject;
        public long Seq;
        public long Older;
    }
}
