// A wire is made of sockets.
#pragma warning disable RS0030
using System.Net;
using System.Net.Sockets;
using TwilioEmu.Sip.Parsing;

namespace TwilioEmu.Sip.Transports;

/// <summary>A UDP port: datagrams in and out.</summary>
internal sealed class UdpWire : IDisposable
{
    /// <summary>So that a burst of calls waits in the kernel and is not lost there.</summary>
    private const int KernelBytes = 4 << 20;

    private readonly Socket _socket;
    private readonly ISipReceiver _receiver;

    public UdpWire(IPEndPoint local, ISipReceiver receiver)
    {
        _receiver = receiver;
        _socket = new(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveBufferSize = KernelBytes,
            SendBufferSize = KernelBytes
        };
        try
        {
            if (local.AddressFamily == AddressFamily.InterNetworkV6) _socket.DualMode = local.Address.Equals(IPAddress.IPv6Any);
            _socket.Bind(local);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public IPEndPoint Local => (IPEndPoint)_socket.LocalEndPoint!;

    public bool Reaches(IPAddress address) => address.AddressFamily == _socket.AddressFamily
        || (_socket.AddressFamily == AddressFamily.InterNetworkV6 && _socket.DualMode);

    public bool TrySend(IPEndPoint remote, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var to = _socket.AddressFamily == AddressFamily.InterNetworkV6 && remote.AddressFamily == AddressFamily.InterNetwork
                ? new IPEndPoint(remote.Address.MapToIPv6(), remote.Port) : remote;
            return _socket.SendTo(bytes.Span, SocketFlags.None, to) == bytes.Length;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Receives until the wire is closed.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var buffer = new byte[SipLimits.MessageBytes];
        var anyone = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var got = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, anyone, cancellation);
                _receiver.Received(buffer.AsSpan(0, got.ReceivedBytes).ToArray(), Hop.Of(SipTransport.Udp, (IPEndPoint)got.RemoteEndPoint));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A datagram that was too long, or a report about one we sent: the next is another.
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
