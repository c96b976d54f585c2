using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Journal;

/// <summary>Whose entries are how many, so that room is taken from those who fill it: nobody's flood drives out another's few.</summary>
/// <remarks>Loop-confined. A share is an account's; what belongs to no account (phones) has a share for each subject.</remarks>
internal sealed class Shares
{
    private readonly Dictionary<string, Queue<long>> _shares = new(StringComparer.Ordinal);

    public static string Of(AccountSid account, string subject) => account.Value is { Length: > 0 } sid ? sid : subject;

    public void Add(string share, long seq)
    {
        if (!_shares.TryGetValue(share, out var seqs)) _shares.Add(share, seqs = new Queue<long>(4));
        seqs.Enqueue(seq);
    }

    /// <summary>The oldest of a share is gone.</summary>
    public void DropFirst(string share)
    {
        if (!_shares.TryGetValue(share, out var seqs)) return;
        seqs.Dequeue();
        if (seqs.Count == 0) _shares.Remove(share);
    }

    /// <summary>Takes the oldest of the largest shares until no more than a number are left, but for what the last step cannot divide.</summary>
    /// <returns>What has to go, share by share, oldest first.</returns>
    public List<(string Share, List<long> Seqs)> Trim(long target)
    {
        var level = LevelFor(target);
        var gone = new List<(string, List<long>)>();
        foreach (var (share, seqs) in _shares)
        {
            if (seqs.Count <= level) continue;
            var oldest = new List<long>();
            while (seqs.Count > level) oldest.Add(seqs.Dequeue());
            gone.Add((share, oldest));
        }
        return gone;
    }

    /// <summary>The lowest number a share may have so that cutting all shares to it leaves the target or just more; one at least.</summary>
    private int LevelFor(long target)
    {
        var sizes = _shares.Values.Select(s => s.Count).Order().ToArray();
        var left = target;
        for (var i = 0; i < sizes.Length; i++)
        {
            var even = left / (sizes.Length - i);
            if (sizes[i] > even) return (int)Math.Max(1, even);
            left -= sizes[i];
        }
        return int.MaxValue;
    }
}
