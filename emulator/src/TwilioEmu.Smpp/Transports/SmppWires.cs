// A wire is made of sockets.
#pragma warning disable RS0030
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TwilioEmu.Smpp.Transports;

/// <summary>TCP and TLS: listens, dials, and brings PDUs to the receiver.</summary>
/// <remarks>Any thread.</remarks>
public sealed class SmppWires(ISmppReceiver receiver, SmppWireOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<SmppConnection, IPAddress> _accepted = new();
    private readonly ConcurrentDictionary<Task, byte> _tasks = new();
    private readonly ConcurrentBag<TcpListener> _listeners = [];
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Connections that were accepted and are not over.</summary>
    public int ConnectionCount => _accepted.Count;

    /// <summary>Listens there; port 0 takes a free one. Returns where it listens.</summary>
    /// <exception cref="SocketException">The address is taken or not ours.</exception>
    public IPEndPoint Listen(IPEndPoint local, bool isSecure)
    {
        if (isSecure && options.Certificate is null) throw new InvalidOperationException("TLS needs a certificate");
        var listener = new TcpListener(local);
        if (local.Address.Equals(IPAddress.IPv6Any)) listener.Server.DualMode = true;
        listener.Start();
        _listeners.Add(listener);
        Own(Begin(() => AcceptAsync(listener, isSecure)));
        return (IPEndPoint)listener.LocalEndpoint;
    }

    /// <summary>Opens a connection; how it went is told to the receiver.</summary>
    public ISmppWire Dial(string host, int port, bool isSecure)
    {
        var connection = new SmppConnection(
            $"{host}:{port}", isSecure, cancellation => SmppStreams.DialAsync(host, port, isSecure, options, cancellation), receiver,
            options, time);
        Own(Begin(() => RunAsync(connection)));
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        foreach (var listener in _listeners) listener.Dispose();
        await Task.WhenAll(_tasks.Keys);
        // Those that were accepted while the first had to end; nobody accepts any more.
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

    private async Task AcceptAsync(TcpListener listener, bool isSecure)
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptSocketAsync(_closing.Token);
                var peer = (IPEndPoint)socket.RemoteEndPoint!;
                var ofPeer = _accepted.Values.Count(peer.Address.Equals);
                if (_accepted.Count >= options.MaxConnections || ofPeer >= options.MaxConnectionsPerAddress) socket.Dispose();
                else
                {
                    var connection = new SmppConnection(
                        peer.ToString(), isSecure, cancellation => SmppStreams.AcceptAsync(socket, isSecure, options, cancellation),
                        receiver, options, time)
                    { IsAccepted = true };
                    _accepted.TryAdd(connection, peer.Address);
                    Own(Begin(() => RunAsync(connection)));
                }
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

    private async Task RunAsync(SmppConnection connection)
    {
        using (connection) await connection.RunAsync(_closing.Token);
        _accepted.TryRemove(connection, out _);
    }
}
