// A wire is made of sockets.
#pragma warning disable RS0030
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace TwilioEmu.Sip.Transports;

/// <summary>UDP, TCP, TLS and WebSocket: listens, dials, and brings messages to the hop they are for.</summary>
/// <remarks>
/// RFC 3261 §18, RFC 3263 by A and AAAA, RFC 7118. Any thread. A connection is used again by whatever goes to its hop (RFC 5923 for those
/// that the peer opened). What came and what broke is told to the receiver, on a thread of the pool even where a loop's turn listened or
/// dialled; <see cref="Send"/> never waits and never throws for the peer's sake.
/// </remarks>
public sealed class SipWires(ISipReceiver receiver, SipWireOptions options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>As many as tell what is spoken.</summary>
    private const int OpeningBytes = 32;

    /// <summary>What a peer that is turned away may still send.</summary>
    private const int MaxPartingBytes = 64 * 1024;

    private readonly ConcurrentDictionary<long, SipConnection> _connections = new();
    private readonly ConcurrentDictionary<Hop, SipConnection> _byHop = new();
    private readonly ConcurrentDictionary<Task, byte> _tasks = new();
    private readonly ConcurrentBag<IDisposable> _listeners = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly HostLookup _lookup = new(options, time);

    // Replaced when one is added: looked at for every datagram.
    private ImmutableArray<UdpWire> _udp = [];
    private long _lastConnection;

    public int ConnectionCount => _connections.Count;

    /// <summary>Listens there; port 0 takes a free one. Returns where it listens.</summary>
    /// <exception cref="SocketException">The address is taken or not ours.</exception>
    public IPEndPoint Listen(SipTransport transport, IPEndPoint local)
    {
        if (transport == SipTransport.Udp)
        {
            var wire = new UdpWire(local, receiver);
            ImmutableInterlocked.Update(ref _udp, static (all, one) => all.Add(one), wire);
            _listeners.Add(wire);
            Own(Begin(() => wire.RunAsync(_closing.Token)));
            return wire.Local;
        }
        if (transport.IsSecure() && options.Certificate is null) throw new InvalidOperationException($"{transport} needs a certificate");
        var listener = new TcpListener(local);
        if (local.Address.Equals(IPAddress.IPv6Any)) listener.Server.DualMode = true;
        listener.Start();
        _listeners.Add(listener);
        Own(Begin(() => AcceptAsync(listener, transport)));
        return (IPEndPoint)listener.LocalEndpoint;
    }

    /// <summary>Brings the bytes there, opening a connection where one is needed.
    /// That it cannot is told by <see cref="ISipReceiver.Broken"/>.</summary>
    public void Send(Hop hop, ReadOnlyMemory<byte> bytes)
    {
        if (_closing.IsCancellationRequested) return;
        if (hop.Transport == SipTransport.Udp)
        {
            // What has an address already goes at once, in the order it was given.
            if (IPAddress.TryParse(hop.Host, out var address)) SendDatagram(hop, address, bytes);
            else Own(Begin(async () => SendDatagram(
                hop, (await _lookup.FindAsync(hop.Host, _closing.Token)).FirstOrDefault(a => WireTo(a) is not null), bytes)));
        }
        else if (hop.Connection != 0 && _connections.TryGetValue(hop.Connection, out var certain) && certain.TrySend(bytes)) return;
        // §18.2.2: the connection a request came by is gone; another to the same place will do, if one can be opened.
        else if (_byHop.TryGetValue(hop with { Connection = 0 }, out var open) && open.TrySend(bytes)) return;
        else Dial(hop, bytes);
    }

    /// <summary>The ways to where a hop's name leads, in the order they are to be tried (RFC 3263 §4.2); empty for none.</summary>
    public async Task<IReadOnlyList<Hop>> LocateAsync(Hop hop, CancellationToken cancellation)
    {
        // A certificate and a web server go by the name; for UDP and TCP two names of one address are one way.
        var name = hop.Transport is SipTransport.Udp or SipTransport.Tcp ? null : hop.Host;
        var addresses = await _lookup.FindAsync(hop.Host, cancellation);
        return [.. addresses.Select(a => Hop.Of(hop.Transport, new(a, hop.Port)) with { Name = name })];
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        foreach (var listener in _listeners) listener.Dispose();
        await Task.WhenAll(_tasks.Keys);
        _closing.Dispose();
    }

    private void Own(Task task)
    {
        if (task.IsCompletedSuccessfully) return;
        _tasks.TryAdd(task, 0);
        // What ends by a fault of ours stays, and comes out when the wires are closed.
        task.ContinueWith(static (done, tasks) =>
        {
            if (!done.IsFaulted) ((ConcurrentDictionary<Task, byte>)tasks!).TryRemove(done, out _);
        }, _tasks, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>On the thread pool, whoever calls: what goes on at a wire must not run in the turns of a loop.</summary>
    private static Task Begin(Func<Task> run) =>
        Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();

    private void SendDatagram(Hop hop, IPAddress? address, ReadOnlyMemory<byte> bytes)
    {
        if (address is not null && WireTo(address) is { } wire && wire.TrySend(address, hop.Port, bytes)) return;
        if (!_closing.IsCancellationRequested) receiver.Broken(hop);
    }

    private UdpWire? WireTo(IPAddress address)
    {
        foreach (var wire in _udp)
        {
            if (wire.Reaches(address)) return wire;
        }
        return null;
    }

    private async Task AcceptAsync(TcpListener listener, SipTransport transport)
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptSocketAsync(_closing.Token);
                var hop = Hop.Of(transport, (IPEndPoint)socket.RemoteEndPoint!, Interlocked.Increment(ref _lastConnection));
                if (_connections.Count >= options.MaxConnections
                    || _connections.Values.Count(c => c.Hop.Host == hop.Host) >= options.MaxConnectionsPerAddress) socket.Dispose();
                else Run(new(hop, (connection, cancellation) => OpenAcceptedAsync(socket, connection, cancellation), receiver, options,
                    time));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A peer that was gone before it was accepted, or no descriptors left: the next may do better.
                await Task.Delay(TimeSpan.FromMilliseconds(10), time, CancellationToken.None);
            }
        }
    }

    private void Dial(Hop hop, ReadOnlyMemory<byte> first)
    {
        if (_connections.Count >= options.MaxConnections)
        {
            receiver.Broken(hop);
            return;
        }
        var connection = new SipConnection(hop with { Connection = Interlocked.Increment(ref _lastConnection) }, OpenDialledAsync,
            receiver, options, time);
        connection.TrySend(first);
        Run(connection);
    }

    private void Run(SipConnection connection)
    {
        _connections[connection.Hop.Connection] = connection;
        _byHop[connection.Hop with { Connection = 0 }] = connection;
        Own(Begin(() => RunAsync(connection)));
    }

    private async Task RunAsync(SipConnection connection)
    {
        await connection.RunAsync(_closing.Token);
        _connections.TryRemove(connection.Hop.Connection, out _);
        _byHop.TryRemove(new(connection.Hop with { Connection = 0 }, connection));
        connection.Dispose();
        if (!_closing.IsCancellationRequested) receiver.Broken(connection.Hop);
    }

    private async Task<IMessageChannel?> OpenAcceptedAsync(Socket socket, SipConnection connection, CancellationToken cancellation)
    {
        socket.NoDelay = true;
        var plain = new NetworkStream(socket, ownsSocket: true);
        Stream stream = plain;
        try
        {
            if (options.JudgeOpening is { } judge && judge(connection.Hop.Transport, await PeekAsync(socket, cancellation)) is { } farewell)
            {
                await PartAsync(plain, socket, farewell, cancellation);
                await stream.DisposeAsync();
                return null;
            }
            if (connection.Hop.Transport.IsSecure())
            {
                var tls = new SslStream(stream);
                stream = tls;
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
                {
                    ServerCertificateSelectionCallback = (_, name) => options.Certificate!(string.IsNullOrEmpty(name) ? null : name),
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                }, cancellation);
            }
            if (connection.Hop.Transport is not (SipTransport.Ws or SipTransport.Wss)) return new StreamChannel(stream, connection.Pong);
            if (await WebSocketHandshake.AcceptAsync(stream, options.AdmitsPage, cancellation) is { } web) return new WebSocketChannel(web);
            await stream.DisposeAsync();
            return null;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first bytes, which stay where they are; none when the peer has left.</summary>
    private static async Task<ReadOnlyMemory<byte>> PeekAsync(Socket socket, CancellationToken cancellation)
    {
        var first = new byte[OpeningBytes];
        return first.AsMemory(0, await socket.ReceiveAsync(first, SocketFlags.Peek, cancellation));
    }

    /// <summary>Says why, and reads what still comes: a connection closed on unread bytes is reset, and the words with it.</summary>
    private static async Task PartAsync(NetworkStream stream, Socket socket, byte[] farewell, CancellationToken cancellation)
    {
        var rest = new byte[4096];
        await stream.WriteAsync(farewell, cancellation);
        socket.Shutdown(SocketShutdown.Send);
        for (var read = 0; read < MaxPartingBytes;)
        {
            var count = await stream.ReadAsync(rest, cancellation);
            if (count == 0) return;
            read += count;
        }
    }

    private async Task<IMessageChannel?> OpenDialledAsync(SipConnection connection, CancellationToken cancellation)
    {
        var hop = connection.Hop;
        if (await ConnectAsync(await _lookup.FindAsync(hop.Host, cancellation), hop.Port, cancellation) is not { } socket) return null;
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (hop.Transport.IsSecure())
            {
                var tls = new SslStream(stream);
                stream = tls;
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
                {
                    TargetHost = hop.Name ?? hop.Host,
                    RemoteCertificateValidationCallback = options.JudgeServer,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                }, cancellation);
            }
            if (hop.Transport is not (SipTransport.Ws or SipTransport.Wss)) return new StreamChannel(stream, connection.Pong);
            if (await WebSocketHandshake.DialAsync(stream, hop.Name ?? hop.Host, cancellation) is { } web) return new WebSocketChannel(web);
            await stream.DisposeAsync();
            return null;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection to the first of the addresses that takes one; null for none.</summary>
    private static async Task<Socket?> ConnectAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellation)
    {
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellation);
                return socket;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                if (e is OperationCanceledException) throw;
            }
        }
        return null;
    }
}
