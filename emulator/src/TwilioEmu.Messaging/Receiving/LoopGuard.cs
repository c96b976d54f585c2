using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>Counts replies between the same two numbers, so that two machines do not talk to each other for ever.</summary>
/// <remarks>
/// 14107 (twilio.com/docs/api/errors/14107): more than 30 replies in a row between two numbers, each less than 30 s after the one before.
/// Those that fail count on: the guard opens when there were 30 s of silence (inferred). Pure but for what it remembers; loop-confined.
/// </remarks>
internal sealed class LoopGuard
{
    /// <summary>Replies in a row that still go out.</summary>
    public const int MaxReplies = 30;

    /// <summary>Silence that ends a row.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromSeconds(30);

    private const int MaxPairs = 10_000;

    private readonly Dictionary<(AccountSid Account, string Lower, string Higher), (int Count, DateTimeOffset Last)> _rows = [];

    /// <summary>Counts a reply; true when it is one too many.</summary>
    public bool IsLooping(AccountSid account, string from, string to, DateTimeOffset now)
    {
        var pair = string.CompareOrdinal(from, to) < 0 ? (account, from, to) : (account, to, from);
        var count = _rows.TryGetValue(pair, out var row) && now - row.Last < Gap ? row.Count + 1 : 1;
        if (_rows.Count >= MaxPairs && row.Count == 0) Forget(now);
        _rows[pair] = (count, now);
        return count > MaxReplies;
    }

    /// <summary>Rows that have ended mean nothing: forgetting them, now and then, keeps the book small.</summary>
    private void Forget(DateTimeOffset now)
    {
        foreach (var pair in _rows.Where(r => now - r.Value.Last >= Gap).Select(r => r.Key).ToList()) _rows.Remove(pair);
    }
}
