using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Messaging.Services;

/// <summary>The senders of one Messaging Service in the order they joined, and who of them serves a destination.</summary>
/// <remarks>Loop-confined. Who serves a destination is worked out once and remembered until the pool changes.</remarks>
internal sealed class Pool
{
    private const int MaxRemembered = 4096;

    private readonly List<PoolSender> _senders = [];
    private readonly Dictionary<string, PoolSender> _bySid = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PoolSender> _byAddress = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Country, string? Area, bool HasMedia), Turns> _tiers = [];

    public int Count => _senders.Count;

    public IReadOnlyList<PoolSender> Senders => _senders;

    public bool Has(string sid) => _bySid.ContainsKey(sid);

    public PoolSender? At(string address) => _byAddress.GetValueOrDefault(address);

    public void Put(PoolSender sender)
    {
        if (_bySid.ContainsKey(sender.Sid)) Remove(sender.Sid);
        _senders.Add(sender);
        _bySid.Add(sender.Sid, sender);
        _byAddress[sender.Address] = sender;
        _tiers.Clear();
    }

    public void Remove(string sid)
    {
        if (!_bySid.Remove(sid, out var sender)) return;
        _senders.Remove(sender);
        _byAddress.Remove(sender.Address);
        if (_senders.Find(s => s.Address == sender.Address) is { } other) _byAddress[other.Address] = other;
        _tiers.Clear();
    }

    /// <summary>The senders that a destination's messages are spread over.</summary>
    /// <param name="country">The destination's, ISO.</param>
    /// <param name="area">Its area code, where the service heeds it; else null.</param>
    /// <param name="hasMedia">True when there is something to carry besides text.</param>
    public Turns TurnsFor(string country, string? area, bool hasMedia)
    {
        var key = (country, area, hasMedia);
        if (_tiers.TryGetValue(key, out var turns)) return turns;
        if (_tiers.Count >= MaxRemembered) _tiers.Clear();
        turns = new Turns(SenderTiers.Of(_senders, country, area, hasMedia));
        _tiers.Add(key, turns);
        return turns;
    }

    /// <summary>The senders of a channel.</summary>
    public Turns TurnsOn(string channel)
    {
        // No country is spelt like a channel.
        var key = (channel, (string?)null, false);
        if (_tiers.TryGetValue(key, out var turns)) return turns;
        turns = new Turns(_senders.FindAll(s => s.Kind == PoolKind.Channel && ChannelAddress.ChannelOf(s.Address) == channel));
        _tiers.Add(key, turns);
        return turns;
    }
}

/// <summary>Takes senders in turn, so that each gets as many messages as the others.</summary>
internal sealed class Turns(IReadOnlyList<PoolSender> senders)
{
    private int _next;

    public bool IsEmpty => senders.Count == 0;

    /// <summary>The next in turn that will have it; when none will, the next in turn all the same.</summary>
    public PoolSender Take(Func<PoolSender, bool> hasRoom)
    {
        for (var i = 0; i < senders.Count; i++)
        {
            var at = (_next + i) % senders.Count;
            if (!hasRoom(senders[at])) continue;
            _next = at + 1;
            return senders[at];
        }
        return senders[_next++ % senders.Count];
    }
}
