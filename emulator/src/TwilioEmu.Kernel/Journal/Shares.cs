using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Journal;

/// <summary>
/// Whose entries take how much room, so that room is taken from those who fill it: nobody's flood drives out another's few.
/// </summary>
/// <remarks>
/// Loop-confined. A share is an account's; what belongs to no account (phones) has a share for each subject. Both by their
/// <see cref="TextHash"/>.
/// </remarks>
internal sealed class Shares
{
    private readonly Dictionary<ulong, Share> _shares = [];
    private (string Account, ulong Share) _last = ("", 0);

    /// <summary>The share of an entry.</summary>
    public ulong Of(Entry entry) => Of(entry.Account) ?? TextHash.Of(entry.Subject);

    /// <summary>The share of an entry, by what is found of it.</summary>
    public ulong Of(in EntryHead entry) => Of(entry.Account) ?? entry.SubjectHash;

    public void Add(ulong name, long seq, int load)
    {
        if (!_shares.TryGetValue(name, out var share)) _shares.Add(name, share = new Share());
        share.Seqs.Enqueue((seq, load));
        share.Load += load;
    }

    /// <summary>The oldest of a share is gone.</summary>
    public void DropFirst(ulong name)
    {
        if (!_shares.TryGetValue(name, out var share)) return;
        share.TakeFirst();
        if (share.Seqs.Count == 0) _shares.Remove(name);
    }

    /// <summary>
    /// Takes the oldest of the largest shares until no more than a load is left, but for what the last step cannot divide.
    /// </summary>
    /// <param name="target">The load.</param>
    /// <param name="gone">Takes what has to go, share by share, oldest first.</param>
    public void Trim(long target, List<long> gone)
    {
        var level = LevelFor(target);
        foreach (var share in _shares.Values)
        {
            // The newest of a share stays, however heavy.
            while (share.Load > level && share.Seqs.Count > 1) gone.Add(share.TakeFirst());
        }
    }

    /// <summary>The lowest load a share may have so that cutting all shares to it leaves the target or just more; one at least.</summary>
    private long LevelFor(long target)
    {
        var sizes = _shares.Values.Select(s => s.Load).Order().ToArray();
        var left = target;
        for (var i = 0; i < sizes.Length; i++)
        {
            var even = left / (sizes.Length - i);
            if (sizes[i] > even) return Math.Max(1, even);
            left -= sizes[i];
        }
        return long.MaxValue;
    }

    private ulong? Of(AccountSid account)
    {
        if (account.Value is not { Length: > 0 } sid) return null;
        // Entries of one account follow each other.
        if (!ReferenceEquals(sid, _last.Account)) _last = (sid, TextHash.Of(sid));
        return _last.Share;
    }

    private sealed class Share
    {
        public Queue<(long Seq, int Load)> Seqs { get; } = new(4);

        public long Load { get; set; }

        public long TakeFirst()
        {
            var (seq, load) = Seqs.Dequeue();
            Load -= load;
            return seq;
        }
    }
}
