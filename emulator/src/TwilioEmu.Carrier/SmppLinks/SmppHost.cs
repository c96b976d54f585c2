using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Smpp.Sessions;
using TwilioEmu.Smpp.Transports;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>SMPP of one world, both sides: its wires, its turns on the loop, its links, and which numbers are reached over them.</summary>
/// <remarks>
/// Loop-confined but for the wires. A session over a socket counts by the wall; while a request of ours is unanswered
/// virtual time stands, and after whatever came it waits for what may follow, as after a request of the API.
/// </remarks>
public sealed class SmppHost : ISmppReceiver, IMessageRoutes, IAsyncDisposable
{
    private const int PdusPerTurn = 128;

    // Of one write: a gateway whose window was full goes on while the rest of the window is answered.
    private const int AnswersPerWrite = 32;

    private readonly Dictionary<ISmppWire, SmppPeer> _peers = [];
    private readonly Dictionary<ISmppWire, CentreLink> _dialling = [];
    private readonly Queue<SmppPeer> _touched = [];
    private readonly SmppRoutes _routes = new();
    private readonly List<SystemLink> _systems = [];
    private readonly List<CentreLink> _centres = [];
    private readonly SmppDoor _door;
    private readonly SmppOpenings _openings;
    private SmppWires? _wires;
    private bool _isInTurn;

    /// <summary>Adds what can be texted. Nothing is listened for, and nobody dialled, yet.</summary>
    public SmppHost(World world, HandsetDirectory handsets)
    {
        (World, Handsets) = (world, handsets);
        _door = new SmppDoor(this);
        _openings = new SmppOpenings(this);
        handsets.Exchange.Attach(this);
    }

    /// <summary>The port of TCP; 0 while nothing is listened for.</summary>
    public int Port { get; private set; }

    /// <summary>The port of TLS; 0 for none.</summary>
    public int TlsPort { get; private set; }

    /// <summary>Connections now that others opened.</summary>
    public int ConnectionCount => _wires?.ConnectionCount ?? 0;

    /// <summary>Every link as it stands, gateways first.</summary>
    public IReadOnlyList<SmppLinkState> Links => [.. _systems.Select(s => s.State()), .. _centres.Select(c => c.State())];

    internal World World { get; }

    internal HandsetDirectory Handsets { get; }

    internal IReadOnlyList<SystemLink> Systems => _systems;

    /// <summary>A gateway may bind from now on.</summary>
    public void Add(SmppSystem system)
    {
        var link = new SystemLink(this, system);
        _systems.Add(link);
        _routes.Add(link, system.Numbers);
    }

    /// <summary>An SMSC is bound to once <see cref="Start"/> is called.</summary>
    public void Add(SmppCentre centre)
    {
        var link = new CentreLink(this, centre);
        _centres.Add(link);
        _routes.Add(link, centre.Numbers);
    }

    /// <summary>Listens, and binds to the SMSCs. A turn of the loop.</summary>
    /// <param name="listening">Where; null listens nowhere.</param>
    /// <param name="binds">False leaves the SMSCs to whoever plays them.</param>
    /// <exception cref="IOException">A port is taken that was asked for, or the address is not this machine's.</exception>
    [SuppressMessage("Security", "CA5359", Justification = "SMSCs that are dialled are on this machine or its private networks.")]
    public void Start(SmppListening? listening, bool binds = true)
    {
        World.Loop.Assert();
        if (_wires is not null || (listening is null && (_centres.Count == 0 || !binds))) return;
        _wires = new SmppWires(
            this, new SmppWireOptions { Certificate = listening?.Certificate, JudgeServer = Believe, JudgeOpening = _openings.Judge },
            World.Options.Wall);
        if (listening is not null) Listen(_wires, listening);
        if (!binds) return;
        foreach (var centre in _centres) centre.Dial();
    }

    /// <inheritdoc/>
    public IMessageLine? Find(string address) => _routes.Find(address);

    void ISmppReceiver.Opened(ISmppWire wire) => World.Loop.TryPostOutside(_ => Run(() => Open(wire)), null);

    /// <summary>
    /// A window of PDUs is one turn; of more that came at once each window is, so that no gateway keeps the loop from others.
    /// </summary>
    void ISmppReceiver.Received(ISmppWire wire, IReadOnlyList<ReadOnlyMemory<byte>> pdus)
    {
        for (var from = 0; from < pdus.Count; from += PdusPerTurn)
        {
            using var window = new SmppWindow(this, wire, pdus, from, Math.Min(from + PdusPerTurn, pdus.Count));
            if (!World.Loop.TryPostOutside(static state => ((SmppWindow)state!).Take(), window)) return;
            window.Wait(World.Ending);
        }
    }

    void ISmppReceiver.Lost(ISmppWire wire, uint sequence) => World.Loop.TryPostOutside(
        _ => Run(() =>
        {
            if (!_peers.TryGetValue(wire, out var peer)) return;
            peer.Session.Lose(sequence);
            Touch(peer);
        }),
        null);

    void ISmppReceiver.Closed(ISmppWire wire, string? why) => World.Loop.TryPostOutside(
        _ => Run(() =>
        {
            if (_dialling.Remove(wire, out var centre)) centre.Unreached(why ?? "the connection was closed");
            if (!_peers.TryGetValue(wire, out var peer)) return;
            peer.Session.Break();
            Touch(peer);
        }),
        null);

    /// <summary>Unbinds everywhere, and listens no more. Off the loop, before the world ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_wires is not { } wires) return;
        await World.Loop.RunAsync(
            () => Run(() =>
            {
                foreach (var system in _systems) system.Close();
                foreach (var centre in _centres) centre.Close();
            }),
            CancellationToken.None);
        await wires.DisposeAsync();
        foreach (var peer in _peers.Values) peer.Dispose();
    }

    /// <summary>Joins a wire that is no socket: a peer in memory, which counts in the world's time.</summary>
    /// <param name="wire">Takes what we send.</param>
    /// <param name="centre">The SMSC it is, by its name; null for a gateway that will bind.</param>
    /// <returns>False where there is no such SMSC.</returns>
    public bool Join(ISmppWire wire, string? centre)
    {
        if (centre is null)
        {
            Run(() => Add(wire, SmppRole.Smsc, isOutside: false));
            return true;
        }
        if (_centres.Find(c => c.Terms.Name == centre) is not { } link) return false;
        Run(() => link.Opened(Add(wire, SmppRole.Esme, isOutside: false)));
        return true;
    }

    /// <summary>Octets of a peer in memory. A turn of the loop.</summary>
    public void Receive(ISmppWire wire, IReadOnlyList<ReadOnlyMemory<byte>> pdus) => Run(() => Receive(wire, pdus, 0, pdus.Count));

    /// <summary>Octets of a peer over a socket, in a turn of the loop: of those that came at once, from one to before another.</summary>
    internal void ReceiveOutside(ISmppWire wire, IReadOnlyList<ReadOnlyMemory<byte>> pdus, int from, int to)
    {
        World.Clock.Note(Outside.Acted);
        Run(() => Receive(wire, pdus, from, to));
    }

    /// <summary>Does something with sessions, and then all that comes of it. Within such a turn it is done at once.</summary>
    internal void Run(Action act)
    {
        if (_isInTurn)
        {
            act();
            return;
        }
        _isInTurn = true;
        try
        {
            act();
            while (_touched.TryDequeue(out var peer))
            {
                peer.IsTouched = false;
                TakeAll(peer);
                peer.Wire.Flush();
                if (peer.Session.IsOver) Remove(peer);
                else peer.Wait();
            }
        }
        finally
        {
            _isInTurn = false;
        }
    }

    /// <summary>Something was done with a session: what comes of it will be taken.</summary>
    internal void Touch(SmppPeer peer)
    {
        if (peer.IsTouched) return;
        peer.IsTouched = true;
        _touched.Enqueue(peer);
    }

    /// <summary>Opens a connection to an SMSC.</summary>
    internal void Dial(CentreLink link, SmppCentre centre)
    {
        if (_wires is { } wires) _dialling.Add(wires.Dial(centre.Host, centre.Port, centre.IsSecure), link);
    }

    internal Entry Write(EntryKind kind, string subject, params (string Name, object? Value)[] facts) =>
        World.Journal.Write(AccountSid.None, kind, subject, 0, facts);

    /// <summary>
    /// Links go to this machine and its private networks alone (<see cref="OwnNetworks"/>), whose certificates nobody signs.
    /// </summary>
    private static bool Believe(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;

    private void Listen(SmppWires wires, SmppListening listening)
    {
        if (listening.Port is { } port) Port = Listen(wires, listening, port, isSecure: false);
        if (listening is { TlsPort: { } tls, Certificate: not null }) TlsPort = Listen(wires, listening, tls, isSecure: true);
    }

    private static int Listen(SmppWires wires, SmppListening listening, int port, bool isSecure)
    {
        try
        {
            return wires.Listen(new IPEndPoint(listening.Address, port), isSecure).Port;
        }
        catch (SocketException fault)
        {
            // Nobody asked for it: another emulator has the port. The ready line shows no SMPP.
            if (listening.IsOnlyIfFree && !isSecure) return 0;
            throw new IOException(
                $"SMPP{(isSecure ? " over TLS" : "")} cannot listen at {listening.Address}:{port}: {fault.Message}", fault);
        }
    }

    private void Open(ISmppWire wire)
    {
        if (_dialling.Remove(wire, out var centre)) centre.Opened(Add(wire, SmppRole.Esme, isOutside: true));
        else Add(wire, SmppRole.Smsc, isOutside: true);
    }

    private SmppPeer Add(ISmppWire wire, SmppRole role, bool isOutside)
    {
        var peer = new SmppPeer(this, wire, role, new SessionTerms(), isOutside);
        _peers.Add(wire, peer);
        Touch(peer);
        return peer;
    }

    private void Receive(ISmppWire wire, IReadOnlyList<ReadOnlyMemory<byte>> pdus, int from, int to)
    {
        if (!_peers.TryGetValue(wire, out var peer)) return;
        var now = peer.Now;
        for (var i = from; i < to; i++)
        {
            peer.Session.Receive(pdus[i], now);
            TakeAll(peer);
        }
        Touch(peer);
    }

    private void Remove(SmppPeer peer)
    {
        if (!_peers.Remove(peer.Wire)) return;
        peer.Dispose();
        peer.Wire.Close();
    }

    private void TakeAll(SmppPeer peer)
    {
        while (peer.Session.TryTake(out var output))
        {
            Take(peer, output);
            if (output is SessionOutput.Send && ++peer.SentCount % AnswersPerWrite == 0) peer.Wire.Flush();
        }
    }

    private void Take(SmppPeer peer, SessionOutput output)
    {
        switch (output)
        {
            case SessionOutput.Send send: peer.Wire.Send(send.Octets); break;
            case SessionOutput.Asked asked: peer.Link?.Take(peer, asked.Request); break;
            case SessionOutput.Answered { Tag: SmppPeer.Flight flight, Response: var response }:
                flight.Hold?.Dispose();
                if (peer.IsOutside) World.Clock.Note(Outside.Answered);
                peer.Link?.Answered(flight.Parcel, response);
                break;
            case SessionOutput.BindAsked asked: _door.Judge(peer, asked); break;
            case SessionOutput.Bound bound: (peer.Link as CentreLink)?.Bound(peer, bound.SystemId); break;
            case SessionOutput.BindRefused refused: (peer.Link as CentreLink)?.BindRefused(peer, refused.Status); break;
            case SessionOutput.Throttled throttled:
                _door.TellOfRefusal(peer, throttled.Request, Smpp.Pdus.CommandStatus.Throttled, "more than was agreed"); break;
            case SessionOutput.Ended ended: peer.Link?.Leave(peer, ended.Why); break;
        }
    }
}

/// <summary>A link as it stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role"><c>smsc</c> where gateways bind to us, <c>esme</c> where we bind.</param>
/// <param name="SystemId">Who binds.</param>
/// <param name="Address">Where we bind to; null where others bind.</param>
/// <param name="Numbers">Phones that are reached over it.</param>
/// <param name="Sessions">Each that is bound.</param>
/// <param name="WaitingCount">Texts and receipts that wait for a session, or for room in its window.</param>
public sealed record SmppLinkState(
    string Name, string Role, string SystemId, string? Address, IReadOnlyList<string> Numbers, IReadOnlyList<SmppSessionState> Sessions,
    int WaitingCount);

/// <summary>A session that is bound.</summary>
/// <param name="Mode"><c>transmitter</c>, <c>receiver</c> or <c>transceiver</c>.</param>
/// <param name="Peer">The other end's address.</param>
/// <param name="BoundAt">Since when, in the world's time.</param>
/// <param name="InFlightCount">Requests of ours that are not answered.</param>
/// <param name="UnansweredCount">Requests of the peer's that are not answered.</param>
public sealed record SmppSessionState(string Mode, string Peer, DateTimeOffset BoundAt, int InFlightCount, int UnansweredCount);
