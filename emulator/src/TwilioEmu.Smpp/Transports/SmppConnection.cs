// A wire is made of sockets.
#pragma warning disable RS0030
using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Smpp.Transports;

/// <summary>One connection from its opening to its end: a reader and a writer, each with a thread of its own.</summary>
/// <param name="open">Makes the stream: what dialling or accepting takes.</param>
/// <remarks>
/// What waits to be written is bounded in octets, and goes out in as few pieces as it can. The threads wait in the socket and for the
/// loop: a socket that is asked asynchronously rouses two for every packet of a gateway that writes each PDU by itself, whether
/// anybody waits for it or not, which is a fifth of what a text takes (the bench's path <c>smpp</c>).
/// </remarks>
internal sealed class SmppConnection(
    string peer, bool isSecure, Func<CancellationToken, Task<SmppStream>> open, ISmppReceiver receiver, SmppWireOptions options,
    TimeProvider time)
    : ISmppWire, IDisposable
{
    private const int BufferLength = 64 * 1024;

    private readonly CancellationTokenSource _ending = new();
    private readonly object _gate = new();
    private ArrayBufferWriter<byte> _gathered = new();
    private ArrayBufferWriter<byte> _written = new();
    private bool _isFlushed;
    private bool _isClosed;

    public string Peer => peer;

    public bool IsSecure => isSecure;

    /// <summary>True where the peer opened it.</summary>
    public bool IsAccepted { get; init; }

    public void Send(ReadOnlyMemory<byte> octets)
    {
        lock (_gate)
        {
            if (_isClosed) return;
            if (_gathered.WrittenCount + _written.WrittenCount + octets.Length <= options.MaxQueuedBytes)
            {
                _gathered.Write(octets.Span);
                return;
            }
        }
        Break();
    }

    public void Flush()
    {
        lock (_gate)
        {
            if (_isFlushed || _gathered.WrittenCount == 0) return;
            _isFlushed = true;
            Monitor.Pulse(_gate);
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Runs it from its beginning to its end, and tells the receiver.</summary>
    public async Task RunAsync(CancellationToken closing)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(closing, _ending.Token);
        string? why = null;
        try
        {
            using var stream = await OpenAsync(both.Token);
            receiver.Opened(this);
            using var end = both.Token.Register(() => End(stream));
            var reading = Alone("smpp in", () => Read(stream.Octets));
            await Alone("smpp out", () => Write(stream.Octets));
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

    private async Task<SmppStream> OpenAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.HalfOpen, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        return await open(both.Token);
    }

    private void Read(Stream stream)
    {
        var framing = new PduFraming();
        var buffer = new byte[BufferLength];
        byte[]? first = null;
        try
        {
            for (var count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
            {
                first ??= buffer[..Math.Min(count, SmppStreams.OpeningOctets)];
                if (framing.Add(buffer.AsSpan(0, count)) is { Count: > 0 } pdus) receiver.Received(this, pdus);
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

    private void Write(Stream stream)
    {
        try
        {
            while (TryTakeGathered())
            {
                stream.Write(_written.WrittenSpan);
                stream.Flush();
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // The end of a connection, by us or by the peer.
        }
    }

    /// <summary>Waits for what is to go out, and takes all of it; false when nothing more will come.</summary>
    private bool TryTakeGathered()
    {
        lock (_gate)
        {
            // After a burst no more is kept than the next one takes.
            if (_written.Capacity > BufferLength) _written = new ArrayBufferWriter<byte>();
            else _written.ResetWrittenCount();
            while (!_isFlushed && !_isClosed) Monitor.Wait(_gate);
            _isFlushed = false;
            (_gathered, _written) = (_written, _gathered);
            return _written.WrittenCount > 0;
        }
    }

    public void Dispose() => _ending.Dispose();

    /// <summary>At once, whatever waits to be written.</summary>
    private void Break()
    {
        lock (_gate)
        {
            _isClosed = true;
            _gathered.ResetWrittenCount();
            Monitor.Pulse(_gate);
        }
        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended meanwhile.
        }
    }

    /// <summary>Whoever reads or writes is told that it is over.</summary>
    private void End(SmppStream stream)
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
        }
        stream.End();
    }

    /// <summary>A thread of its own: it may stand in a socket for days, which none of the pool may.</summary>
    private Task Alone(string name, Action act)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                act();
                over.SetResult();
            }
            catch (Exception fault)
            {
                // A fault of ours: the other thread has nothing to wait for, and the wires' owner learns of it.
                Break();
                over.SetException(fault);
            }
        })
        { IsBackground = true, Name = name }.Start();
        return over.Task;
    }
}

/// <summary>The octets of a connection, and the socket they come and go by.</summary>
internal sealed class SmppStream(Socket socket, Stream octets) : IDisposable
{
    public Stream Octets => octets;

    /// <summary>Who waits in it waits no more; what was written goes out.</summary>
    public void End()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The peer was first.
        }
    }

    public void Dispose() => octets.Dispose();
}

/// <summary>The streams that connections are made of.</summary>
internal static class SmppStreams
{
    /// <summary>As many as tell what is spoken.</summary>
    public const int OpeningOctets = 32;

    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    public static async Task<SmppStream> AcceptAsync(Socket socket, bool isSecure, SmppWireOptions options, CancellationToken cancellation)
    {
        socket.NoDelay = true;
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (!isSecure) return new SmppStream(socket, stream);
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
            return new SmppStream(socket, tls);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    public static async Task<SmppStream> DialAsync(
        string host, int port, bool isSecure, SmppWireOptions options, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(host, port, cancellation);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (!isSecure) return new SmppStream(socket, stream);
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
            return new SmppStream(socket, tls);
        }
        catch
        {
            if (stream is not null) await stream.DisposeAsync();
            socket.Dispose();
            throw;
        }
    }
}
