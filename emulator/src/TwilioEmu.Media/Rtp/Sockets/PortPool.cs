using System.Net;
using System.Net.Sockets;

// Sockets live in transports, and this is one.
#pragma warning disable RS0030

namespace TwilioEmu.Media.Rtp.Sockets;

/// <summary>Pairs of UDP ports within a range: an even one for RTP, the next one for RTCP (RFC 3550 §11).</summary>
/// <remarks>Safe from any thread. Ports that somebody else holds are passed over; one that was given back is used again last, so that late
/// packets of a former call do not reach a new one.</remarks>
public sealed class PortPool
{
    private readonly Lock _gate = new();
    private readonly Queue<int> _free;
    private readonly IPAddress _address;

    /// <param name="address">To bind to.</param>
    /// <param name="first">First port; an odd one counts from the next.</param>
    /// <param name="last">Last port, included.</param>
    public PortPool(IPAddress address, int first, int last)
    {
        _address = address;
        _free = new Queue<int>(Enumerable.Range(first, Math.Max(0, last - first + 1)).Where(p => p % 2 == 0 && p + 1 <= last));
    }

    /// <summary>Pairs that are not lent.</summary>
    public int FreeCount
    {
        get { lock (_gate) return _free.Count; }
    }

    /// <summary>A bound pair; null when there is none left.</summary>
    public RtpPorts? TryLend()
    {
        lock (_gate)
        {
            for (var tries = _free.Count; tries > 0; tries--)
            {
                var port = _free.Dequeue();
                if (TryBind(port) is { } rtp)
                {
                    if (TryBind(port + 1) is { } rtcp) return new RtpPorts(rtp, rtcp, port, GiveBack);
                    rtp.Dispose();
                }
                _free.Enqueue(port);
            }
            return null;
        }
    }

    private void GiveBack(int port)
    {
        lock (_gate) _free.Enqueue(port);
    }

    private Socket? TryBind(int port)
    {
        var socket = new Socket(_address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(_address, port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}

/// <summary>What takes datagrams in, on a thread of the pool, one at a time for each port.</summary>
/// <param name="datagram">Valid during the call; may be worked on in place.</param>
/// <param name="from">Who sent it.</param>
/// <param name="isRtcp">True for what came on the odd port, or is RTCP on the even one (RFC 5761).</param>
public delegate void DatagramHandler(Span<byte> datagram, IPEndPoint from, bool isRtcp);

/// <summary>A lent pair of ports, until disposed.</summary>
public sealed class RtpPorts : IDisposable
{
    private const int MaxDatagramByteCount = 2048;

    private readonly Socket _rtp;
    private readonly Socket _rtcp;
    private readonly Action<int> _giveBack;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private Task _receiving = Task.CompletedTask;
    private bool _isDisposed;

    internal RtpPorts(Socket rtp, Socket rtcp, int port, Action<int> giveBack) =>
        (_rtp, _rtcp, Port, _giveBack) = (rtp, rtcp, port, giveBack);

    /// <summary>The even one, as it is told in SDP.</summary>
    public int Port { get; }

    /// <summary>Datagrams that could not be sent: nobody listens, or the network is full.</summary>
    public long UnsentCount { get; private set; }

    /// <summary>Begins to receive; what is there already is not handled on the caller's thread either.</summary>
    public void Receive(DatagramHandler handler)
    {
        var end = _end.Token;
        _receiving = Task.WhenAll(
            Task.Run(() => ReceiveAsync(_rtp, handler, isRtcpPort: false, end), CancellationToken.None),
            Task.Run(() => ReceiveAsync(_rtcp, handler, isRtcpPort: true, end), CancellationToken.None));
    }

    /// <summary>Sends at once, or not at all.</summary>
    public void Send(ReadOnlySpan<byte> datagram, IPEndPoint to, bool isRtcp)
    {
        try
        {
            (isRtcp ? _rtcp : _rtp).SendTo(datagram, SocketFlags.None, to);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // A peer that is gone is found out by its silence.
            UnsentCount++;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
        }
        _end.Cancel();
        _rtp.Dispose();
        _rtcp.Dispose();
        _end.Dispose();
        _giveBack(Port);
    }

    /// <summary>Ends when the pair is given back.</summary>
    public Task Ended => _receiving;

    private async Task ReceiveAsync(Socket socket, DatagramHandler handler, bool isRtcpPort, CancellationToken end)
    {
        var buffer = new byte[MaxDatagramByteCount];
        EndPoint any = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (!end.IsCancellationRequested)
        {
            try
            {
                var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, any, end).ConfigureAwait(false);
                var datagram = buffer.AsSpan(0, received.ReceivedBytes);
                handler(datagram, (IPEndPoint)received.RemoteEndPoint, isRtcpPort || Packets.Rtcp.Is(datagram));
            }
            catch (SocketException)
            {
                // "Connection reset" tells that a datagram of ours found nobody; one too long is none of ours.
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
