using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Sip.Dialogs;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>The SIP endpoint of one world: its wires, its turns on the loop, and what comes of each message.</summary>
/// <remarks>
/// Loop-confined but for the wires. Time is pinned to the wall from a transaction's first message to its end, and
/// while a call stands. What waits for the loop is bounded: of a flood the rest is dropped, as a full socket would.
/// </remarks>
public sealed class SipHost : ISipReceiver, IAsyncDisposable
{
    /// <summary>Messages that wait for the loop (inferred).</summary>
    private const int MaxWaiting = 4096;

    private const int MaxTries = 10;

    private readonly Dictionary<SipCall, SipLeg> _legs = [];
    private readonly Dictionary<SipTransport, int> _ports = [];
    private readonly List<ISipDomains> _domains = [];
    private readonly SipDoor _door;
    private readonly SipOpenings _openings;
    private SipWires? _wires;
    private SipEndpoint? _endpoint;
    private SipMedia? _media;
    private ITimer? _timer;
    private Pin? _pin;
    private SipListening? _listening;
    private int _waiting;
    private bool _isInTurn;

    /// <summary>Adds SIP addresses to what can be dialled. Nothing is listened for yet.</summary>
    public SipHost(World world, Exchange exchange)
    {
        (World, Exchange) = (world, exchange);
        Registrations = new SipRegistrations(world);
        _door = new SipDoor(this);
        _openings = new SipOpenings(world, _ports.GetValueOrDefault);
        exchange.Attach(LineRank.Registrations, new SipLines(this));
    }

    /// <summary>True between <see cref="Listen"/> and the end.</summary>
    public bool IsListening => _endpoint is not null;

    /// <summary>The port of UDP and TCP; 0 while nothing is listened for.</summary>
    public int Port => _ports.GetValueOrDefault(SipTransport.Udp);

    /// <summary>The port of TLS; 0 for none.</summary>
    public int TlsPort => _ports.GetValueOrDefault(SipTransport.Tls);

    /// <summary>The port of SIP over WebSocket; 0 for none.</summary>
    public int WebSocketPort => _ports.GetValueOrDefault(SipTransport.Ws);

    /// <summary>Connections now, half-open ones included.</summary>
    public int ConnectionCount => _wires?.ConnectionCount ?? 0;

    /// <summary>Calls in SIP that are not over.</summary>
    public int CallCount => _endpoint?.CallCount ?? 0;

    /// <summary>Told of requests to a domain that were refused with an error of Twilio's, and why; null for nobody.</summary>
    public Action<SipDomain, int, string, long>? Refused { get; set; }

    /// <summary>Adds who knows domains; asked in the order they were added.</summary>
    public void Attach(ISipDomains domains) => _domains.Add(domains);

    internal World World { get; }

    internal Exchange Exchange { get; }

    /// <summary>The wall, by which registrations and nonces count.</summary>
    internal DateTimeOffset Wall => World.Options.Wall.GetUtcNow();

    internal SipRegistrations Registrations { get; }

    internal SipMedia Media => _media ?? throw new InvalidOperationException("SIP is not listened for");

    /// <summary>True for an address where this endpoint itself listens.</summary>
    internal bool IsOwn(SipUri uri) =>
        Hop.TryOf(uri, out var hop) && _ports.TryGetValue(hop.Transport, out var port) && port == hop.Port && _listening!.IsAt(hop.Host);

    /// <summary>The address that peers are told.</summary>
    public string Advertised => _listening?.Advertised ?? "127.0.0.1";

    /// <summary>Opens UDP and TCP at one port. A turn of the loop.</summary>
    /// <exception cref="IOException">The port is taken, or the address is not this machine's.</exception>
    public void Listen(SipListening listening)
    {
        World.Loop.Assert();
        var wires = Open(listening);
        _listening = listening;
        _wires = wires;
        _media = new SipMedia(World, Exchange.Studio, listening);
        _timer = World.Clock.CreateTimer(_ => Act(now => _endpoint!.Tick(now)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _endpoint = new SipEndpoint(new SipEndpointOptions
        {
            AddressOf = transport => new HostPort(listening.Advertised, _ports.TryGetValue(transport, out var port) ? port : null),
            Random = RandomNumberGenerator.Fill,
            UserAgent = GatewayHeaders.UserAgent,
            Server = GatewayHeaders.Server,
            CallIdHost = GatewayHeaders.CallIdHost,
            Allow = [.. GatewayHeaders.Allow],
            OffersReliableProvisionals = false,
            SessionInterval = listening.SessionInterval,
        });
    }

    /// <summary>A free UDP port may be taken in TCP: then another is tried.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "Peers that are called are on this machine or its private networks.")]
    private SipWires Open(SipListening listening)
    {
        for (var tries = 1; ; tries++)
        {
            var wires = new SipWires(
                this,
                new SipWireOptions
                {
                    Certificate = listening.Certificate,
                    JudgeServer = Believe,
                    JudgeOpening = _openings.Judge,
                    Misspoke = _openings.Ended,
                    AdmitsPage = listening.AdmitsPage,
                    Lookup = listening.Lookup,
                },
                World.Options.Wall);
            try
            {
                var udp = wires.Listen(SipTransport.Udp, new IPEndPoint(listening.Address, listening.Port));
                _ports[SipTransport.Udp] = udp.Port;
                _ports[SipTransport.Tcp] = wires.Listen(SipTransport.Tcp, new IPEndPoint(listening.Address, udp.Port)).Port;
                OpenTls(wires, listening);
                if (listening.WebSocketPort is { } web)
                {
                    _ports[SipTransport.Ws] = wires.Listen(SipTransport.Ws, new IPEndPoint(listening.Address, web)).Port;
                }
                return wires;
            }
            catch (SocketException fault)
            {
                World.Loop.Start(() => wires.DisposeAsync().AsTask());
                if (listening.Port != 0 || tries == MaxTries)
                {
                    throw new IOException($"SIP cannot listen at {listening.Address}:{listening.Port}: {fault.Message}", fault);
                }
            }
        }
    }

    private void OpenTls(SipWires wires, SipListening listening)
    {
        if (listening.TlsPort is not { } port || listening.Certificate is null) return;
        try
        {
            _ports[SipTransport.Tls] = wires.Listen(SipTransport.Tls, new IPEndPoint(listening.Address, port)).Port;
        }
        catch (SocketException) when (listening.IsTlsOnlyIfFree)
        {
            // Nobody asked for it.
        }
    }

    /// <summary>
    /// Calls go to this machine and its private networks alone (<see cref="OwnNetworks"/>), whose certificates nobody signs.
    /// </summary>
    private static bool Believe(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;

    void ISipReceiver.Received(ReadOnlyMemory<byte> bytes, Hop source) => Enter(new Arrival(this, source, bytes));

    void ISipReceiver.Broken(Hop hop) => Enter(new Arrival(this, hop, null));

    /// <summary>Hangs up, and listens no more. Off the loop, before the world ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!IsListening) return;
        await World.Loop.RunAsync(Close, CancellationToken.None);
        if (_wires is { } wires) await wires.DisposeAsync();
        _media?.Dispose();
        _pin?.Dispose();
    }

    /// <summary>Everybody is told that it is over: what a process that stops owes to phones.</summary>
    private void Close()
    {
        Act(now =>
        {
            foreach (var call in _legs.Keys.ToList()) call.HangUp(now);
        });
        foreach (var leg in _legs.Values.Distinct().ToList()) leg.Close();
        _legs.Clear();
        _endpoint = null;
        _timer?.Dispose();
    }

    /// <summary>Something is done with the endpoint, and what comes of it is taken. Within such a turn it is done at once.</summary>
    internal void Act(Action<DateTimeOffset> act)
    {
        if (_endpoint is not { } endpoint) return;
        var now = World.Clock.GetUtcNow();
        if (_isInTurn)
        {
            act(now);
            return;
        }
        _isInTurn = true;
        try
        {
            act(now);
            while (endpoint.TryTake(out var output))
            {
                if (output is SipOutput.Send send) _wires!.Send(send.Hop, send.Bytes);
                else Take(output, now);
            }
        }
        finally
        {
            _isInTurn = false;
        }
        Wait(endpoint, now);
    }

    /// <summary>The domain of a host name; null when nobody has it.</summary>
    internal SipDomain? Find(string named) => _domains.Select(d => d.Find(named)).FirstOrDefault(d => d is not null);

    /// <summary>The domain that takes what comes from an address whatever it names; null for none.</summary>
    internal SipDomain? FindBySource(IPAddress source) => _domains.Select(d => d.FindBySource(source)).FirstOrDefault(d => d is not null);

    internal OutgoingCall Call(OutgoingCallTerms terms, CalleeLeg leg, DateTimeOffset now)
    {
        var call = _endpoint!.Call(terms, now);
        if (!call.IsOver) _legs[call] = leg;
        return call;
    }

    internal void Add(IncomingCall call, CallerLeg leg) => _legs[call] = leg;

    /// <summary>The ways to a name that lead to this machine and its private networks; none where it has no such address.</summary>
    internal async Task<ImmutableArray<Hop>> LocateAsync(Hop named)
    {
        if (_wires is not { } wires) return [];
        var found = await World.Loop.AskOutsideAsync($"the address of {named.Host}", stop => wires.LocateAsync(named, stop), World.Ending);
        return [.. found.Where(w => OwnNetworks.Allows(w.Host))];
    }

    internal Entry Write(EntryKind kind, string subject, params (string Name, object? Value)[] facts) =>
        World.Journal.Write(AccountSid.None, kind, subject, 0, facts);

    /// <summary>As the user part of a URI has it: what may not stand there is escaped (RFC 3261 §25.1).</summary>
    internal static string Escaped(string user) => Uri.EscapeDataString(user).Replace("%2B", "+", StringComparison.Ordinal);

    private void Enter(Arrival arrival)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting || !World.Loop.TryPostOutside(
            static state => ((Arrival)state!).Enter(), arrival)) Interlocked.Decrement(ref _waiting);
    }

    /// <summary>Time is the wall's while a phone waits for something, and one timer rings for what is due next.</summary>
    private void Wait(SipEndpoint endpoint, DateTimeOffset now)
    {
        var isBusy = endpoint.CallCount > 0 || endpoint.TransactionCount > 0;
        if (isBusy) _pin ??= World.Clock.Pin("SIP");
        else
        {
            _pin?.Dispose();
            _pin = null;
        }
        var wait = endpoint.NextDue - now ?? Timeout.InfiniteTimeSpan;
        _timer!.Change(wait < TimeSpan.Zero && wait != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
    }

    private void Take(SipOutput output, DateTimeOffset now)
    {
        switch (output)
        {
            case SipOutput.CallOffered offered: _door.Offer(offered.Call, offered.Source, now); break;
            case SipOutput.RequestCame { Incoming: var incoming }: _door.Ask(incoming, now); break;
            case SipOutput.CallConfirmed confirmed when LegOf(confirmed.Call) is CallerLeg leg: leg.Confirmed(confirmed.Ack, now); break;
            case SipOutput.CallProgressed progressed when LegOf(progressed.Call) is CalleeLeg leg:
                leg.Progressed(progressed.Call, progressed.Response); break;
            case SipOutput.CallRerouted rerouted when LegOf(rerouted.Call) is CalleeLeg leg: leg.Rerouted(rerouted); break;
            case SipOutput.CallAnswered answered:
                if (LegOf(answered.Call) is CalleeLeg callee) callee.Answered(answered.Call, answered.Response, now);
                else answered.Call.HangUp(now);
                break;
            case SipOutput.SessionOffered offered:
                if (LegOf(offered.Call) is { } held) held.Reoffered(offered.Call, offered.Request, now);
                else offered.Call.RefuseOffer(488, now);
                break;
            case SipOutput.SessionConfirmed confirmed: LegOf(confirmed.Call)?.Reconfirmed(confirmed.Ack); break;
            case SipOutput.InfoCame info: LegOf(info.Call)?.InfoCame(info.Request); break;
            case SipOutput.TransferAsked asked:
                if (LegOf(asked.Call) is { } asking) asking.TransferAsked(asked.Call, asked.Ask, now);
                else asked.Call.AnswerTransfer(asked.Ask, 603, now);
                break;
            case SipOutput.TransferProgressed told: LegOf(told.Call)?.TransferProgressed(told); break;
            case SipOutput.Discarded discarded: _openings.Unread(discarded); break;
            case SipOutput.CallEnded ended when _legs.Remove(ended.Call, out var gone): gone.Over(ended.Call, ended.End); break;
        }
    }

    private SipLeg? LegOf(SipCall call) => _legs.GetValueOrDefault(call);

    /// <summary>The leg whose dialog that is; null for none of ours.</summary>
    internal SipLeg? LegOf(Replaces replaced) => _endpoint?.Find(replaced) is { } call ? LegOf(call) : null;

    /// <summary>What the wires bring, until its turn.</summary>
    /// <param name="host">Whom to.</param>
    /// <param name="hop">Where it came from, or which is broken.</param>
    /// <param name="bytes">A message; null for a hop that could not be reached.</param>
    private sealed class Arrival(SipHost host, Hop hop, ReadOnlyMemory<byte>? bytes)
    {
        public void Enter()
        {
            Interlocked.Decrement(ref host._waiting);
            host.Act(Take);
        }

        private void Take(DateTimeOffset now)
        {
            if (bytes is { } message) host._endpoint!.Receive(message, hop, now);
            else host._endpoint!.Unreachable(hop, now);
        }
    }
}
