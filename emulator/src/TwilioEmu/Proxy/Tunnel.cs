// Sockets live in transports, and the proxy is one.
#pragma warning disable RS0030
using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace TwilioEmu.Proxy;

/// <summary>Carries bytes between a client and a far host until both have said their last.</summary>
/// <remarks>
/// RFC 9110 9.3.6. Either side may end its half and go on listening. Bytes towards the client go to its socket past the server's own
/// buffer, which cannot end one half alone; the server writes nothing on a connection that was handed to a tunnel.
/// An idle tunnel holds no buffer.
/// </remarks>
internal sealed class Tunnel(PipeReader fromClient, Socket client, Socket far, IdleWatch watch)
{
    private const int ChunkBytes = 16 * 1024;

    /// <summary>Runs until both halves have ended, a side is lost, or the watch ends it.</summary>
    public Task RunAsync() => Task.WhenAll(GuardAsync(ToFarAsync), GuardAsync(ToClientAsync));

    private async Task GuardAsync(Func<Task> half)
    {
        try
        {
            await half();
        }
        catch (Exception gone) when (gone is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // A side that is lost has no half left to wait for.
            watch.End();
        }
    }

    private async Task ToFarAsync()
    {
        while (true)
        {
            var read = await fromClient.ReadAsync(watch.Token);
            watch.Touch();
            foreach (var chunk in read.Buffer) await SendAsync(far, chunk);
            fromClient.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }
        far.Shutdown(SocketShutdown.Send);
    }

    private async Task ToClientAsync()
    {
        while (true)
        {
            // Nothing is rented while nothing comes.
            await far.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, watch.Token);
            var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
            try
            {
                var count = await far.ReceiveAsync(chunk, SocketFlags.None, watch.Token);
                watch.Touch();
                if (count == 0) break;
                await SendAsync(client, chunk.AsMemory(0, count));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(chunk);
            }
        }
        client.Shutdown(SocketShutdown.Send);
    }

    private async ValueTask SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes, SocketFlags.None, watch.Token)..];
            watch.Touch();
        }
    }
}
