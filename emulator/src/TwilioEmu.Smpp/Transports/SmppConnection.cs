// A wire is made of sockets.
#pragma warning disable RS0030
using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Channels;
using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Smpp.Transports;

/// <summary>One connection from its opening to its end: a reader and a writer.</summary>
/// <param name="open">Makes the stream: what dialling or accepting takes.</param>
/// <remarks>What waits to be written is bounded in octets, and goes out in as few pieces as it can.</remarks>
internal sealed class SmppConnection(
    string peer, bool isSecure, Func<CancellationToken, Task<Stream>> open, ISmppReceiver receiver, SmppWireOptions options,
    TimeProvider time)
    : ISmppWire, IDisposable
{
    private const int BufferLength = 64 * 1024;

    private readonly Channel<ReadOnlyMemory<byte>> _outgoing = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new() { SingleReader = true });
    private readonly CancellationTokenSource _ending = new();
    private readonly ArrayBufferWriter<byte> _gathered = new();
    private readonly Lock _gate = new();
    private int _queuedBytes;

    public string Peer => peer;

    public bool IsSecure => isSecure;

    /// <summary>True where the peer opened it.</summary>
    public bool IsAccepted { get; init; }

    public void Send(ReadOnlyMemory<byte> octets)
    {
        if (Interlocked.Add(ref _queuedBytes, octets.Length) > options.MaxQueuedBytes)
        {
            Break();
            return;
        }
        lock (_gate) _gathered.Write(octets.Span);
    }

    public void Flush()
    {
        lock (_gate)
        {
            if (_gathered.WrittenCount == 0) return;
            _outgoing.Writer.TryWrite(_gathered.WrittenSpan.ToArray());
            _gathered.ResetWrittenCount();
        }
    }

    public void Close()
    {
        Flush();
        _outgoing.Writer.TryComplete();
    }

    /// <summary>Runs it from its beginning to its end, and tells the receiver.</summary>
    public async Task RunAsync(CancellationToken closing)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(closing, _ending.Token);
        string? why = null;
        try
        {
            await using var stream = await OpenAsync(both.Token);
            receiver.Opened(this);
            var reading = ReadAsync(stream, both.Token);
            await WriteAsync(stream, both.Token);
            Break();
            await reading;
        }
        catch (Exception e) when (IsEnd(e))
        {
            why = e is OperationCanceledException ? "no answer in time" : e.Message;
        }
        receiver.Closed(this, why);
    }

    public static bool IsEnd(Exception e) =>
        e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or AuthenticationException;

    private async Task<Stream> OpenAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.HalfOpen, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        return await open(both.Token);
    }

    private async Task ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var framing = new PduFraming();
        var buffer = new byte[BufferLength];
        byte[]? first = null;
        try
        {
            for (var count = await stream.ReadAsync(buffer, cancellation); count > 0; count = await stream.ReadAsync(buffer, cancellation))
            {
                first ??= buffer[..Math.Min(count, SmppStreams.OpeningOctets)];
                if (framing.Add(buffer.AsSpan(0, count)) is { Count: > 0 } pdus) await receiver.ReceivedAsync(this, pdus);
                if (!framing.IsLost) continue;
                if (IsAccepted && options.JudgeOpening?.Invoke(false, first) is { } farewell)
                {
                    Send(farewell);
                    Close();
                    return;
                }
                receiver.Lost(this, framing.LostSequence);
                return;
            }
            Break();
        }
        catch (Exception e) when (IsEnd(e))
        {
            Break();
        }
    }

    private async Task WriteAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[BufferLength];
        try
        {
            while (await _outgoing.Reader.WaitToReadAsync(cancellation))
            {
                var count = 0;
                while (_outgoing.Reader.TryPeek(out var next) && count + next.Length <= buffer.Length && _outgoing.Reader.TryRead(out next))
                {
                    next.CopyTo(buffer.AsMemory(count));
                    count += next.Length;
                }
                if (count > 0) await stream.WriteAsync(buffer.AsMemory(0, count), cancellation);
                else if (_outgoing.Reader.TryRead(out var large))
                {
                    await stream.WriteAsync(large, cancellation);
                    count = large.Length;
                }
                await stream.FlushAsync(cancellation);
                Interlocked.Add(ref _queuedBytes, -count);
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // The end of a connection, by us or by the peer.
        }
    }

    public void Dispose() => _ending.Dispose();

    private void Break()
    {
        _outgoing.Writer.TryComplete();
        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended meanwhile.
        }
    }
}

/// <summary>The streams that connections are made of.</summary>
internal static class SmppStreams
{
    /// <summary>As many as tell what is spoken.</summary>
    public const int OpeningOctets = 32;

    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    public static async Task<Stream> AcceptAsync(Socket socket, bool isSecure, SmppWireOptions options, CancellationToken cancellation)
    {
        socket.NoDelay = true;
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (!isSecure) return stream;
        var tls = new SslStream(stream);
        try
        {
            var first = new byte[OpeningOctets];
            var count = await socket.ReceiveAsync(first, SocketFlags.Peek, cancellation);
            if (options.JudgeOpening?.Invoke(true, first.AsMemory(0, count)) is { } farewell)
            {
                // What came is read first: a connection closed on unread octets is reset, and the words with it.
                _ = await socket.ReceiveAsync(new byte[4096], cancellation);
                await stream.WriteAsync(farewell, cancellation);
                throw new AuthenticationException("no TLS came");
            }
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateSelectionCallback = (_, name) => options.Certificate!(string.IsNullOrEmpty(name) ? null : name),
                    EnabledSslProtocols = Protocols,
                },
                cancellation);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    public static async Task<Stream> DialAsync(
        string host, int port, bool isSecure, SmppWireOptions options, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(host, port, cancellation);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (!isSecure) return stream;
            var tls = new SslStream(stream);
            stream = tls;
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    RemoteCertificateValidationCallback = options.JudgeServer,
                    EnabledSslProtocols = Protocols,
                },
                cancellation);
            return tls;
        }
        catch
        {
            if (stream is not null) await stream.DisposeAsync();
            socket.Dispose();
            throw;
        }
    }
}
