using System.Net;
using System.Net.Sockets;

namespace TwilioEmu.Tests.Hosting;

/// <summary>Somebody on this machine who is not Twilio, and does with each connection what a test wants.</summary>
internal sealed class FarHost : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;
    private int _open;

    public FarHost(Func<RawClient, Task> serve)
    {
        _listener.Start(2048);
        _accepting = AcceptAsync(serve);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections that are being served.</summary>
    public int OpenCount => Volatile.Read(ref _open);

    public static async Task EchoAsync(RawClient client)
    {
        var some = new byte[16 * 1024];
        while (await client.Socket.ReceiveAsync(some) is var count and > 0)
        {
            for (var rest = some.AsMemory(0, count); rest.Length > 0;) rest = rest[await client.Socket.SendAsync(rest)..];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync(Func<RawClient, Task> serve)
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(new RawClient(await _listener.AcceptSocketAsync(_ending.Token)), serve);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(RawClient client, Func<RawClient, Task> serve)
    {
        Interlocked.Increment(ref _open);
        using (client)
        {
            try
            {
                await serve(client);
            }
            catch (SocketException)
            {
                // The peer left.
            }
        }
        Interlocked.Decrement(ref _open);
    }
}
