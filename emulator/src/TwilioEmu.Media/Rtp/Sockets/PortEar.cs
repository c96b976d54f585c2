using System.Net;
using System.Net.Sockets;

// Sockets live in transports, and this is one.
#pragma warning disable RS0030

namespace TwilioEmu.Media.Rtp.Sockets;

/// <summary>One bound UDP port that receives from the first time it is listened to until it is closed, call after call.</summary>
/// <remarks>Whatever comes while nobody listens is dropped. A datagram costs no allocation but its sender's address.</remarks>
internal sealed class PortEar(Socket socket, bool isRtcp) : IDisposable
{
    private const int MaxDatagramByteCount = 2048;

    private volatile DatagramHandler? _handler;
    private SocketAsyncEventArgs? _receive;
    private Way? _way;
    private volatile bool _isClosed;

    /// <summary>Who takes what comes from now on; null for nobody.</summary>
    public void Listen(DatagramHandler? handler)
    {
        _handler = handler;
        if (handler is null || _receive is not null) return;
        _receive = new SocketAsyncEventArgs
        {
            RemoteEndPoint = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0),
        };
        _receive.SetBuffer(new byte[MaxDatagramByteCount]);
        _receive.Completed += (_, received) => Take(received);
        // Not on the thread of whoever listens.
        ThreadPool.UnsafeQueueUserWorkItem(static ear => ear.Begin(ear._receive!), this, preferLocal: false);
    }

    public bool TrySend(ReadOnlySpan<byte> datagram, IPEndPoint to)
    {
        try
        {
            // The same place again and again: it is written down for the system once.
            if (_way is not { } way || !ReferenceEquals(way.To, to)) _way = way = new Way(to, to.Serialize());
            socket.SendTo(datagram, SocketFlags.None, way.Written);
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _isClosed = true;
        _handler = null;
        socket.Dispose();
        // One that receives is disposed when it has done with that.
        _receive?.Dispose();
    }

    private void Take(SocketAsyncEventArgs received)
    {
        Handle(received);
        Begin(received);
    }

    private void Begin(SocketAsyncEventArgs receive)
    {
        try
        {
            while (!_isClosed && !socket.ReceiveFromAsync(receive)) Handle(receive);
        }
        catch (ObjectDisposedException)
        {
            // It was closed.
        }
    }

    /// <summary>An error tells that a datagram of ours found nobody, or that one was too long: the next is another.</summary>
    private void Handle(SocketAsyncEventArgs received)
    {
        if (received.SocketError != SocketError.Success || _handler is not { } handler) return;
        var datagram = received.MemoryBuffer.Span[..received.BytesTransferred];
        handler(datagram, (IPEndPoint)received.RemoteEndPoint!, isRtcp || Packets.Rtcp.Is(datagram));
    }

    private sealed record Way(IPEndPoint To, SocketAddress Written);
}
