using System.Net;
using System.Net.Sockets;

// Sockets live in transports, and this is one.
#pragma warning disable RS0030

namespace TwilioEmu.Media.Rtp.Sockets;

/// <summary>One bound UDP port, which is asked for what has come: the kernel keeps it until then, and nobody is woken for it.</summary>
/// <remarks>
/// Hundreds of calls bring hundreds of datagrams within a millisecond; threads that are woken to take them in compete with the one that
/// sends. A datagram costs 0 B, but for the first of a sender. Safe from any thread.
/// </remarks>
internal sealed class PortEar : IDisposable
{
    private const int MaxDatagramByteCount = 2048;

    /// <summary>Datagrams taken in at once: who floods one port does not keep the others waiting (inferred).</summary>
    private const int MaxAtOnce = 64;

    /// <summary>More than a kernel keeps for a port by default.</summary>
    private const int MaxKept = 4096;

    /// <summary>How often in vain reports are asked for by their bytes before they are asked for thoroughly: a second's frames.</summary>
    private const int ReportPatience = 50;

    private readonly Lock _gate = new();
    private readonly Socket _socket;
    private readonly bool _isRtcp;
    private readonly IPEndPoint _anyone;
    private SocketAddress _from;
    private SocketAddress _lastFrom;
    private IPEndPoint? _sender;
    private Way? _way;
    private bool _hasSomeCome;
    private int _vainCount;

    /// <param name="socket">Bound; not waited for from now on.</param>
    /// <param name="isRtcp">Whether it is the odd one of a pair.</param>
    public PortEar(Socket socket, bool isRtcp)
    {
        (_socket, _isRtcp) = (socket, isRtcp);
        _socket.Blocking = false;
        _anyone = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        (_from, _lastFrom) = (new SocketAddress(socket.AddressFamily), new SocketAddress(socket.AddressFamily));
    }

    /// <summary>Hands out what has come by now, on the caller's thread.</summary>
    /// <param name="handler">Gets it.</param>
    /// <param name="isFrame">
    /// True once a frame: then, if nothing has come within it, what has no bytes is looked for, too (a keep-alive of RFC 6263
    /// §4.1), behind which all else waits.
    /// </param>
    public void Poll(DatagramHandler handler, bool isFrame)
    {
        lock (_gate)
        {
            for (var i = 0; i < MaxAtOnce && (HasBytes_NeedsLock() || (isFrame && IsInVain_NeedsLock() && HasSome_NeedsLock())); i++)
            {
                Take_NeedsLock(handler);
                _hasSomeCome = true;
            }
            if (isFrame) _hasSomeCome = false;
        }
    }

    /// <summary>What came while nobody had the port is for nobody.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            for (var i = 0; i < MaxKept && HasSome_NeedsLock(); i++) Take_NeedsLock(null);
        }
    }

    public bool TrySend(ReadOnlySpan<byte> datagram, IPEndPoint to)
    {
        try
        {
            // The same place again and again: it is written down for the system once.
            if (_way is not { } way || !ReferenceEquals(way.To, to)) _way = way = new Way(to, to.Serialize());
            _socket.SendTo(datagram, SocketFlags.None, way.Written);
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();

    private bool IsInVain_NeedsLock()
    {
        if (_hasSomeCome || (_isRtcp && ++_vainCount < ReportPatience)) return false;
        _vainCount = 0;
        return true;
    }

    private bool HasBytes_NeedsLock()
    {
        try
        {
            return _socket.Available > 0;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private bool HasSome_NeedsLock()
    {
        try
        {
            return _socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void Take_NeedsLock(DatagramHandler? handler)
    {
        Span<byte> room = stackalloc byte[MaxDatagramByteCount];
        int byteCount;
        try
        {
            byteCount = _socket.ReceiveFrom(room, SocketFlags.None, _from);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was closed, or an error tells that a datagram of ours found nobody, or that one was too long: the next is another.
            return;
        }
        if (handler is null) return;
        var datagram = room[..byteCount];
        handler(datagram, Sender_NeedsLock(), _isRtcp || Packets.Rtcp.Is(datagram));
    }

    /// <summary>The same one as a rule, whose address was read before.</summary>
    private IPEndPoint Sender_NeedsLock()
    {
        if (_sender is not null && _from.Equals(_lastFrom)) return _sender;
        _sender = (IPEndPoint)_anyone.Create(_from);
        (_from, _lastFrom) = (_lastFrom, _from);
        // What is received into has to have its whole length.
        _from.Size = _lastFrom.Size;
        return _sender;
    }

    private sealed record Way(IPEndPoint To, SocketAddress Written);
}
