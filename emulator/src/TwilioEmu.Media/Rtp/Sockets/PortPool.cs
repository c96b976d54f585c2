using System.Net;
using System.Net.Sockets;

// Sockets live in transports, and this is one.
#pragma warning disable RS0030

namespace TwilioEmu.Media.Rtp.Sockets;

/// <summary>Pairs of UDP ports within a range: an even one for RTP, the next one for RTCP (RFC 3550 §11).</summary>
/// <remarks>
/// Safe from any thread. Ports that somebody else holds are passed over. Pairs that were given
/// back stay bound, some of them, so that a call costs no sockets: the one that was given back
/// first is lent again first, and late packets of a former call do not reach the next one.
/// </remarks>
public sealed class PortPool : IDisposable
{
    /// <summary>Pairs that stay bound while nobody has them; another emulator on this machine may want the rest of the range.</summary>
    public const int MaxKept = 128;

    private readonly Lock _gate = new();
    private readonly Queue<int> _free;
    private readonly Queue<(PortEar Rtp, PortEar Rtcp, int Port)> _kept = [];
    private readonly IPAddress _address;
    private int _boundCount;
    private bool _isDisposed;

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
        get { lock (_gate) return _free.Count + _kept.Count; }
    }

    /// <summary>A bound pair; null when there is none left.</summary>
    public RtpPorts? TryLend()
    {
        lock (_gate)
        {
            // As long as few are bound, new ones are better than such as were in use a moment ago.
            if (_kept.Count == 0 || _boundCount < MaxKept)
            {
                for (var tries = _free.Count; tries > 0; tries--)
                {
                    var port = _free.Dequeue();
                    if (TryBind(port, isRtcp: false) is { } rtp)
                    {
                        if (TryBind(port + 1, isRtcp: true) is { } rtcp)
                        {
                            _boundCount++;
                            return new RtpPorts(rtp, rtcp, port, GiveBack);
                        }
                        rtp.Dispose();
                    }
                    _free.Enqueue(port);
                }
            }
            return _kept.TryDequeue(out var kept) ? Cleared(kept.Rtp, kept.Rtcp, kept.Port) : null;
        }
    }

    /// <summary>Unbinds what is not lent; what is lent is unbound when it is given back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            while (_kept.TryDequeue(out var kept)) Close(kept.Rtp, kept.Rtcp);
        }
    }

    private RtpPorts Cleared(PortEar rtp, PortEar rtcp, int port)
    {
        rtp.Forget();
        rtcp.Forget();
        return new RtpPorts(rtp, rtcp, port, GiveBack);
    }

    private void GiveBack(PortEar rtp, PortEar rtcp, int port)
    {
        lock (_gate)
        {
            if (!_isDisposed && _boundCount <= MaxKept)
            {
                _kept.Enqueue((rtp, rtcp, port));
                return;
            }
            _boundCount--;
            Close(rtp, rtcp);
            _free.Enqueue(port);
        }
    }

    private static void Close(PortEar rtp, PortEar rtcp)
    {
        rtp.Dispose();
        rtcp.Dispose();
    }

    private PortEar? TryBind(int port, bool isRtcp)
    {
        var socket = new Socket(_address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(_address, port));
            return new PortEar(socket, isRtcp);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}

/// <summary>What takes datagrams in, one at a time for each port, on the thread of whoever asks for them.</summary>
/// <param name="datagram">Valid during the call; may be worked on in place.</param>
/// <param name="from">Who sent it.</param>
/// <param name="isRtcp">True for what came on the odd port, or is RTCP on the even one (RFC 5761).</param>
public delegate void DatagramHandler(Span<byte> datagram, IPEndPoint from, bool isRtcp);

/// <summary>A lent pair of ports, until disposed.</summary>
public sealed class RtpPorts : IDisposable
{
    private readonly PortEar _rtp;
    private readonly PortEar _rtcp;
    private readonly Action<PortEar, PortEar, int> _giveBack;
    private int _isDisposed;

    internal RtpPorts(PortEar rtp, PortEar rtcp, int port, Action<PortEar, PortEar, int> giveBack) =>
        (_rtp, _rtcp, Port, _giveBack) = (rtp, rtcp, port, giveBack);

    /// <summary>The even one, as it is told in SDP.</summary>
    public int Port { get; }

    /// <summary>Datagrams that could not be sent: nobody listens, or the network is full.</summary>
    public long UnsentCount { get; private set; }

    /// <summary>
    /// Hands out what has come since the pair was lent or was asked last, on the caller's thread; nothing once disposed.
    /// Asked once a frame.
    /// </summary>
    public void Poll(DatagramHandler handler)
    {
        if (Volatile.Read(ref _isDisposed) != 0) return;
        _rtp.Poll(handler, isFrame: true);
        _rtcp.Poll(handler, isFrame: true);
    }

    /// <summary>
    /// The same within a frame, and of the even port alone: reports are seconds apart, and asking costs as much as for sound.
    /// </summary>
    public void PollSound(DatagramHandler handler)
    {
        if (Volatile.Read(ref _isDisposed) == 0) _rtp.Poll(handler, isFrame: false);
    }

    /// <summary>Sends at once, or not at all.</summary>
    public void Send(ReadOnlySpan<byte> datagram, IPEndPoint to, bool isRtcp)
    {
        // A peer that is gone is found out by its silence.
        if (!(isRtcp ? _rtcp : _rtp).TrySend(datagram, to)) UnsentCount++;
    }

    /// <summary>Nothing more is handed out, but for what is being handled now.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        _giveBack(_rtp, _rtcp, Port);
    }
}
