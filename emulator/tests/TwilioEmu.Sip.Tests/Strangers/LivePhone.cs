using System.Net;
using System.Security.Cryptography;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Sip.Tests.Strangers;

/// <summary>An endpoint on real wires of 127.0.0.1, driven as a host drives one: one turn at a time, and one timer for what falls due
/// next.</summary>
internal sealed class LivePhone : ISipReceiver, IAsyncDisposable
{
    private readonly Lock _turn = new();
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly ITimer _timer;
    private readonly SipWires _wires;
    private readonly Dictionary<SipTransport, IPEndPoint> _listening = [];
    private bool _isClosed;

    public LivePhone(SipWireOptions? options = null, params SipTransport[] transports)
    {
        _wires = new(this, options ?? new(), _time);
        foreach (var transport in transports) _listening[transport] = _wires.Listen(transport, new(IPAddress.Loopback, 0));
        Endpoint = new(new()
        {
            AddressOf = transport => _listening.TryGetValue(transport, out var local) ? new("127.0.0.1", local.Port)
                : new("127.0.0.1", null),
            Random = span => RandomNumberGenerator.Fill(span),
            UserAgent = "TwilioEmu",
        });
        _timer = _time.CreateTimer(_ => Turn(now => Endpoint.Tick(now)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public SipEndpoint Endpoint { get; }

    public SipWires Wires => _wires;

    /// <summary>What it does about news, within the turn.</summary>
    public Action<SipOutput, DateTimeOffset>? Does { get; set; }

    public int PortOf(SipTransport transport) => _listening[transport].Port;

    public SipUri UriOf(SipTransport transport, string user = "bob") => new("sip", user, null, "127.0.0.1", PortOf(transport),
        SipParameters.None.With("transport", transport.ToParameter()));

    /// <summary>One turn: something happens, and what comes of it is taken.</summary>
    public void Turn(Action<DateTimeOffset> act)
    {
        lock (_turn)
        {
            if (_isClosed) return;
            var now = _time.GetUtcNow();
            act(now);
            while (Endpoint.TryTake(out var output))
            {
                if (output is SipOutput.Send send) _wires.Send(send.Hop, send.Bytes);
                else Does?.Invoke(output, now);
            }
            var wait = Endpoint.NextDue - now ?? Timeout.InfiniteTimeSpan;
            _timer.Change(wait < TimeSpan.Zero && wait != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
        }
    }

    void ISipReceiver.Received(ReadOnlyMemory<byte> bytes, Hop source) => Turn(now => Endpoint.Receive(bytes, source, now));

    void ISipReceiver.Broken(Hop hop) => Turn(now => Endpoint.Unreachable(hop, now));

    public async ValueTask DisposeAsync()
    {
        lock (_turn) _isClosed = true;
        await _timer.DisposeAsync();
        await _wires.DisposeAsync();
    }
}
