// A wire is made of sockets.
#pragma warning disable RS0030
using System.Collections.Concurrent;
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
    private readonly ConcurrentBag<UdpWire> _udp = [];
    private readonly CancellationTokenSource _closing = new();
    private long _lastConnection;

    public int ConnectionCount => _connections.Count;

    /// <summary>Listens there; port 0 takes a free one. Returns where it listens.</summary>
    /// <exception cref="SocketException">The address is taken or not ours.</exception>
    public IPEndPoint Listen(SipTransport transport, IPEndPoint local)
    {
        if (transport == SipTransport.Udp)
        {
            var wire = new UdpWire(local, receiver);
            _udp.Add(wire);
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
            else Own(Begin(async () => SendDatagram(hop, await ResolveAsync(hop.Host), bytes)));
        }
        else if (hop.Connection != 0 && _connections.TryGetValue(hop.Connection, out var certain) && certain.TrySend(bytes)) return;
        // §18.2.2: the connection a request came by is gone; another to the same place will do, if one can be opened.
        else if (_byHop.TryGetValue(hop with { Connection = 0 }, out var open) && open.TrySend(bytes)) return;
        else Dial(hop, bytes);
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
        if (address is not null && _udp.FirstOrDefault(u => u.Reaches(address)) is { } wire
            && wire.TrySend(new(address, hop.Port), bytes)) return;
        if (!_closing.IsCancellationRequested) receiver.Broken(hop);
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
            if (await WebSocketHandshake.AcceptAsync(stream, cancellation) is { } web) return new WebSocketChannel(web);
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
        if (await ResolveAsync(hop.Host) is not { } address) return null;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, hop.Port), cancellation);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (hop.Transport.IsSecure())
            {
                var tls = new SslStream(stream);
                stream = tls;
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
                {
                    TargetHost = hop.Host,
                    RemoteCertificateValidationCallback = options.JudgeServer,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                }, cancellation);
            }
            if (hop.Transport is not (SipTransport.Ws or SipTransport.Wss)) return new StreamChannel(stream, connection.Pong);
            if (await WebSocketHandshake.DialAsync(stream, hop.Host, cancellation) is { } web) return new WebSocketChannel(web);
            await stream.DisposeAsync();
            return null;
        }
        catch
        {
            if (stream is not null) await stream.DisposeAsync();
            socket.Dispose();
            throw;
        }
    }

    /// <summary>An address is itself; a name is what A and AAAA say, IPv4 first, for that is what most phones listen on.</summary>
    private async Task<IPAddress?> ResolveAsync(string host)
    {
        if (IPAddress.TryParse(host, out var literal)) return literal;
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, _closing.Token).WaitAsync(options.Resolve, time, _closing.Token);
            return addresses.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? addresses.FirstOrDefault();
        }
        catch (Exception e) when (e is SocketException or TimeoutException or ArgumentException or OperationCanceledException)
        {
            return null;
        }
    }
}
