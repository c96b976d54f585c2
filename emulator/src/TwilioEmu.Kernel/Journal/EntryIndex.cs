using System.Collections.Concurrent;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Journal;

/// <summary>Where entries of a kind, a subject or an account are, so that nobody who asks for few looks at all.</summary>
/// <remarks>
/// The loop adds and drops, any thread asks. Memory: some 60 to 90 bytes an entry.
/// </remarks>
internal sealed class EntryIndex(Func<long, bool> isKept)
{
    private readonly ConcurrentDictionary<string, SeqList> _kinds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SeqList> _accounts = new(StringComparer.Ordinal);
    private readonly SubjectIndex _subjects = new(isKept);

    // Entries of one account follow each other. The loop's.
    private (string Name, SeqList? Seqs) _lastAccount = ("", null);

    /// <summary>Seqs among which all of a selection are, as few as there are: null for all there are, none where there are none.</summary>
    public ISeqs? Of(Selection selection)
    {
        var shorter = Shorter(In(_kinds, selection.Kind), In(_accounts, selection.Account?.ToString()));
        if (selection.Subject is not { } subject) return shorter;
        var hash = TextHash.Of(subject);
        return shorter is not null && _subjects.HasMoreThan(hash, shorter.Live) ? shorter : new SeqsOfSubject(_subjects, hash);
    }

    public void Add(Entry entry)
    {
        SeqsOf(_kinds, entry.Kind).Add(entry.Seq);
        SeqsOf(entry.Account).Add(entry.Seq);
        _subjects.Add(TextHash.Of(entry.Subject), entry.Seq);
    }

    public void Drop(in EntryHead entry)
    {
        Drop(_kinds, entry.Kind, entry.Seq);
        Drop(_accounts, entry.Account.ToString(), entry.Seq);
        _subjects.Drop(entry.Seq);
    }

    private static SeqList? In(ConcurrentDictionary<string, SeqList> lists, string? name) =>
        name is null ? null : lists.GetValueOrDefault(name) ?? new SeqList();

    // Read while the loop counts: at worst the longer one is walked.
    private static SeqList? Shorter(SeqList? one, SeqList? other) => one is null || other?.Live < one.Live ? other : one;

    private SeqList SeqsOf(AccountSid account)
    {
        var name = account.ToString();
        if (_lastAccount.Seqs is null || !ReferenceEquals(name, _lastAccount.Name)) _lastAccount = (name, SeqsOf(_accounts, name));
        return _lastAccount.Seqs;
    }

    private static SeqList SeqsOf(ConcurrentDictionary<string, SeqList> lists, string name)
    {
        if (!lists.TryGetValue(name, out var seqs)) lists[name] = seqs = new SeqList();
        return seqs;
    }

    private void Drop(ConcurrentDictionary<string, SeqList> lists, string name, long seq)
    {
        if (!lists.TryGetValue(name, out var list)) return;
        list.Drop(seq, isKept);
        if (list.Live > 0) return;
        lists.TryRemove(name, out _);
        _lastAccount = default;
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
