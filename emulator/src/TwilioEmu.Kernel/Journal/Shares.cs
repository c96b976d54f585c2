using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Journal;

/// <summary>
/// Whose entries take how much room, so that room is taken from those who fill it: nobody's flood drives out another's few.
/// </summary>
/// <remarks>Loop-confined. A share is an account's; what belongs to no account (phones) has a share for each subject.</remarks>
internal sealed class Shares
{
    private readonly Dictionary<string, Share> _shares = new(StringComparer.Ordinal);

    public static string Of(AccountSid account, string subject) => account.Value is { Length: > 0 } sid ? sid : subject;

    public void Add(string name, long seq, int load)
    {
        if (!_shares.TryGetValue(name, out var share)) _shares.Add(name, share = new Share());
        share.Seqs.Enqueue((seq, load));
        share.Load += load;
    }

    /// <summary>The oldest of a share is gone.</summary>
    public void DropFirst(string name)
    {
        if (!_shares.TryGetValue(name, out var share)) return;
        share.TakeFirst();
        if (share.Seqs.Count == 0) _shares.Remove(name);
    }

    /// <summary>
    /// Takes the oldest of the largest shares until no more than a load is left, but for what the last step cannot divide.
    /// </summary>
    /// <returns>What has to go, share by share, oldest first.</returns>
    public List<(string Share, List<long> Seqs)> Trim(long target)
    {
        var level = LevelFor(target);
        var gone = new List<(string, List<long>)>();
        foreach (var (name, share) in _shares)
        {
            if (share.Load <= level) continue;
            var oldest = new List<long>();
            // The newest of a share stays, however heavy.
            while (share.Load > level && share.Seqs.Count > 1) oldest.Add(share.TakeFirst());
            if (oldest.Count > 0) gone.Add((name, oldest));
        }
        return gone;
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
