using System.Collections.Concurrent;

namespace TwilioEmu.Kernel.Journal;

/// <summary>Where entries of a kind, a subject or an account are, so that nobody who asks for few looks at all.</summary>
/// <remarks>
/// The loop adds and drops, any thread asks. Memory: some 32 bytes an entry, some 40 a subject, gone with the last entry.
/// </remarks>
internal sealed class EntryIndex(Func<long, bool> isKept)
{
    private readonly ConcurrentDictionary<string, SeqList> _kinds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SeqList> _accounts = new(StringComparer.Ordinal);
    private readonly SubjectIndex _subjects = new(isKept);

    /// <summary>Seqs among which all of a selection are, as few as there are: null for all there are, none where there are none.</summary>
    public ISeqs? Of(Selection selection)
    {
        var shorter = Shorter(In(_kinds, selection.Kind), In(_accounts, selection.Account?.ToString()));
        if (selection.Subject is not { } subject) return shorter;
        var hash = TextHash.Of(subject);
        return shorter is not null && shorter.Live < _subjects.CountOf(hash) ? shorter : new SeqsOfSubject(_subjects, hash);
    }

    public void Add(Entry entry)
    {
        Add(_kinds, entry.Kind, entry.Seq);
        Add(_accounts, entry.Account.ToString(), entry.Seq);
        _subjects.Add(TextHash.Of(entry.Subject), entry.Seq);
    }

    public void Drop(in EntryHead entry)
    {
        Drop(_kinds, entry.Kind, entry.Seq);
        Drop(_accounts, entry.Account.ToString(), entry.Seq);
        _subjects.Drop(entry.SubjectHash, entry.Seq);
    }

    private static SeqList? In(ConcurrentDictionary<string, SeqList> lists, string? name) =>
        name is null ? null : lists.GetValueOrDefault(name) ?? new SeqList();

    // Read while the loop counts: at worst the longer one is walked.
    private static SeqList? Shorter(SeqList? one, SeqList? other) => one is null || other?.Live < one.Live ? other : one;

    private void Add(ConcurrentDictionary<string, SeqList> lists, string name, long seq)
    {
        if (!lists.TryGetValue(name, out var list)) lists[name] = list = new SeqList();
        list.Add(seq, isKept);
    }

    private void Drop(ConcurrentDictionary<string, SeqList> lists, string name, long seq)
    {
        if (!lists.TryGetValue(name, out var list)) return;
        list.Drop(seq, isKept);
        if (list.Live == 0) lists.TryRemove(name, out _);
    }

    /// <summary>The seqs of a subject, copied out a part at a time.</summary>
    private sealed class SeqsOfSubject(SubjectIndex index, ulong subject) : ISeqs
    {
        public IEnumerable<long> After(long seq)
        {
            while (index.Between(subject, seq, long.MaxValue) is { Count: > 0 } seqs)
            {
                foreach (var next in seqs) yield return seq = next;
            }
        }

        public IEnumerable<long> Before(long seq)
        {
            var seqs = index.Between(subject, 0, seq);
            for (var i = seqs.Count - 1; i >= 0; i--) yield return seqs[i];
        }
    }
}

/// <summary>Seqs of entries that have something in common.</summary>
internal interface ISeqs
{
    /// <summary>Those after a seq, ascending; goes on while some are added.</summary>
    IEnumerable<long> After(long seq);

    /// <summary>Those before a seq, the highest first.</summary>
    IEnumerable<long> Before(long seq);
}
