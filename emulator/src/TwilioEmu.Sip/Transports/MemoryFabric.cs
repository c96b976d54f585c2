namespace TwilioEmu.Sip.Transports;

/// <summary>A network in memory for virtual time: endpoints by address, a latency, and a fate for each datagram.</summary>
/// <param name="fate">How much longer than the latency that datagram takes; null loses it. Null for a network without faults.</param>
/// <remarks>Loop-confined, no clock of its own: it is driven as an endpoint is. Over reliable transports nothing is lost or
/// overtaken.</remarks>
public sealed class MemoryFabric(TimeSpan latency, Func<ReadOnlyMemory<byte>, TimeSpan?>? fate = null)
{
    private readonly Dictionary<(string Host, int Port), Action<ReadOnlyMemory<byte>, Hop, DateTimeOffset>> _places = [];
    private readonly PriorityQueue<(Hop From, Hop To, ReadOnlyMemory<byte> Bytes), (DateTimeOffset Due, long Sequence)> _underway = new();
    private long _sequence;

    public DateTimeOffset? NextDue => _underway.TryPeek(out _, out var at) ? at.Due : null;

    /// <summary>What comes to that address is handed to <paramref name="receive"/> with the hop it came from.</summary>
    public void Attach(string host, int port, Action<ReadOnlyMemory<byte>, Hop, DateTimeOffset> receive) => _places[(host, port)] = receive;

    public void Detach(string host, int port) => _places.Remove((host, port));

    /// <returns>False when nobody is there: over a reliable transport the sender learns so.</returns>
    public bool TrySend(string fromHost, int fromPort, Hop to, ReadOnlyMemory<byte> bytes, DateTimeOffset now)
    {
        var isReliable = to.Transport.IsReliable();
        if (isReliable && !_places.ContainsKey((to.Host, to.Port))) return false;
        var more = isReliable || fate is null ? TimeSpan.Zero : fate(bytes);
        if (more is { } delay) _underway.Enqueue((new(to.Transport, fromHost, fromPort), to, bytes), (now + latency + delay, _sequence++));
        return true;
    }

    public void Tick(DateTimeOffset now)
    {
        while (_underway.TryPeek(out var packet, out var at) && at.Due <= now)
        {
            _underway.Dequeue();
            if (_places.TryGetValue((packet.To.Host, packet.To.Port), out var receive)) receive(packet.Bytes, packet.From, at.Due);
        }
    }
}
