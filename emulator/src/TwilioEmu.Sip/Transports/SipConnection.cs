using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Threading.Channels;

namespace TwilioEmu.Sip.Transports;

/// <summary>One connection from its opening to its end: handshakes, a reader, a writer, its timers.</summary>
/// <param name="open">Makes the channel: what dialling or accepting takes.</param>
/// <remarks>Two tasks of its own; <see cref="RunAsync"/> ends when both have. What waits to be written is bounded in bytes.</remarks>
internal sealed class SipConnection(
    Hop hop, Func<SipConnection, CancellationToken, Task<IMessageChannel?>> open, ISipReceiver receiver, SipWireOptions options,
        TimeProvider time) : IDisposable
{
    private readonly Channel<ReadOnlyMemory<byte>> _outgoing = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new() { SingleReader = true });
    private readonly CancellationTokenSource _ending = new();
    private int _queuedBytes;
    private ITimer? _timer;

    public Hop Hop { get; } = hop;

    /// <summary>False when it is over, or owes its peer too much: then it is given up.</summary>
    public bool TrySend(ReadOnlyMemory<byte> bytes)
    {
        if (Interlocked.Add(ref _queuedBytes, bytes.Length) <= options.MaxQueuedBytes && _outgoing.Writer.TryWrite(bytes)) return true;
        Close();
        return false;
    }

    public void Close()
    {
        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended meanwhile.
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _ending.Token);
        _timer = time.CreateTimer(_ => Close(), null, options.HalfOpen, Timeout.InfiniteTimeSpan);
        try
        {
            using var channel = await open(this, both.Token);
            if (channel is null) return;
            var writing = WriteAsync(channel, both.Token);
            await ReadAsync(channel, both.Token);
            if (channel.Fault is { } fault) options.Misspoke?.Invoke(Hop.Transport, fault);
            Close();
            await writing;
        }
        catch (Exception e) when (IsEnd(e))
        {
            // The end of a connection, by us, by the peer, or because it was none.
        }
        finally
        {
            _outgoing.Writer.TryComplete();
            await _timer.DisposeAsync();
        }
    }

    public void Pong() => TrySend("\r\n"u8.ToArray());

    public void Dispose()
    {
        _timer?.Dispose();
        _ending.Dispose();
    }

    private static bool IsEnd(Exception e) => e is IOException or SocketException or WebSocketException or AuthenticationException
        or OperationCanceledException or ObjectDisposedException;

    private async Task ReadAsync(IMessageChannel channel, CancellationToken cancellation)
    {
        while (await channel.ReadAsync(cancellation) is { } message)
        {
            _timer!.Change(options.Idle, Timeout.InfiniteTimeSpan);
            receiver.Received(message, Hop);
        }
    }

    private async Task WriteAsync(IMessageChannel channel, CancellationToken cancellation)
    {
        try
        {
            while (await _outgoing.Reader.WaitToReadAsync(cancellation))
            {
                while (_outgoing.Reader.TryRead(out var message))
                {
                    await channel.WriteAsync(message, cancellation);
                    Interlocked.Add(ref _queuedBytes, -message.Length);
                    _timer!.Change(options.Idle, Timeout.InfiniteTimeSpan);
                }
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // A connection that cannot be written to is not read from either.
            Close();
        }
    }
}
