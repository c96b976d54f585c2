using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TwilioEmu.Kernel.Journal;

/// <summary>Where the entries of a subject are: one chain of seqs for each, ascending, in tables without a reference.</summary>
/// <remarks>
/// Subjects are many and have few entries each: objects for them were a third of all that outlived a collection. The loop adds and drops,
/// any thread copies out, under a lock that is held for as long as a chain is walked. A dropped seq may stay in its chain for a while.
/// </remarks>
internal sealed class SubjectIndex(Func<long, bool> isKept)
{
    private const int FirstLength = 64;
    private const int MostlyHoles = 4;
    private const int Small = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Chain> _chains = [];

    // Place 0 is none; those that are free are a chain of their own.
    private Node[] _nodes = new Node[FirstLength];
    private int _end = 1;
    private int _free;

    /// <summary>How many entries of a subject there are.</summary>
    public int CountOf(ulong subject)
    {
        lock (_gate) return _chains.TryGetValue(subject, out var chain) ? chain.Live : 0;
    }

    public void Add(ulong subject, long seq)
    {
        lock (_gate)
        {
            var node = New_NeedsLock(seq);
            ref var chain = ref CollectionsMarshal.GetValueRefOrAddDefault(_chains, subject, out var isThere);
            if (isThere) _nodes[chain.Last].Next = node;
            else chain.First = node;
            chain.Last = node;
            chain.Live++;
            chain.Length++;
        }
    }

    public void Drop(ulong subject, long seq)
    {
        lock (_gate)
        {
            ref var chain = ref CollectionsMarshal.GetValueRefOrNullRef(_chains, subject);
            if (Unsafe.IsNullRef(ref chain)) return;
            if (--chain.Live == 0)
            {
                for (var node = chain.First; node != 0;) node = Free_NeedsLock(node);
                _chains.Remove(subject);
            }
            else if (_nodes[chain.First].Seq == seq)
            {
                chain.First = Free_NeedsLock(chain.First);
                chain.Length--;
            }
            else if (chain.Length > Small && chain.Live < chain.Length / MostlyHoles)
            {
                Sweep_NeedsLock(ref chain);
            }
        }
    }

    /// <summary>The seqs of a subject after one and before another, ascending.</summary>
    public List<long> Between(ulong subject, long after, long before)
    {
        var seqs = new List<long>();
        lock (_gate)
        {
            if (!_chains.TryGetValue(subject, out var chain)) return seqs;
            for (var node = chain.First; node != 0 && _nodes[node].Seq < before; node = _nodes[node].Next)
            {
                if (_nodes[node].Seq > after) seqs.Add(_nodes[node].Seq);
            }
        }
        return seqs;
    }

    private int New_NeedsLock(long seq)
    {
        var node = _free;
        if (node != 0) _free = _nodes[node].Next;
        else
        {
            if (_end == _nodes.Length) Array.Resize(ref _nodes, 2 * _end);
            node = _end++;
        }
        _nodes[node] = new Node { Seq = seq };
        return node;
    }

    /// <summary>The one that came next.</summary>
    private int Free_NeedsLock(int node)
    {
        var next = _nodes[node].Next;
        (_nodes[node].Next, _free) = (_free, node);
        return next;
    }

    /// <summary>Takes out what was dropped in the middle.</summary>
    private void Sweep_NeedsLock(ref Chain chain)
    {
        var (first, last, length) = (0, 0, 0);
        for (var node = chain.First; node != 0;)
        {
            if (!isKept(_nodes[node].Seq))
            {
                node = Free_NeedsLock(node);
                continue;
            }
            if (first == 0) first = node;
            else _nodes[last].Next = node;
            (last, length) = (node, length + 1);
            node = _nodes[node].Next;
        }
        if (last != 0) _nodes[last].Next = 0;
        (chain.First, chain.Last, chain.Length) = (first, last, length);
    }

    private struct Chain
    {
        public int First;
        public int Last;
        public int Live;
        public int Length;
    }

    private struct Node
    {
        public long Seq;
        public int Next;
    }
}
