// A wire is made of sockets.
#pragma warning disable RS0030
using System.Net;
using System.Net.Sockets;
using TwilioEmu.Sip.Parsing;

namespace TwilioEmu.Sip.Transports;

/// <summary>A UDP port: datagrams in and out.</summary>
/// <remarks>
/// The last peer is remembered each way, as the kernel and as a message has it: phones send and are sent several in a row.
/// </remarks>
internal sealed class UdpWire : IDisposable
{
    /// <summary>So that a burst of calls waits in the kernel and is not lost there.</summary>
    private const int KernelBytes = 4 << 20;

    private readonly Socket _socket;
    private readonly ISipReceiver _receiver;
    private Way? _way;

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

    public bool TrySend(IPAddress address, int port, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            // Any thread sends: what is remembered is replaced whole.
            if (_way is not { } way || way.Port != port || !way.Address.Equals(address))
            {
                var isMapped = _socket.AddressFamily == AddressFamily.InterNetworkV6
                    && address.AddressFamily == AddressFamily.InterNetwork;
                var remote = new IPEndPoint(isMapped ? address.MapToIPv6() : address, port);
                _way = way = new Way(address, port, remote.Serialize());
            }
            return _socket.SendTo(bytes.Span, SocketFlags.None, way.Written) == bytes.Length;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Receives until the wire is closed, which ends what it waits for.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var buffer = new byte[SipLimits.MessageBytes];
        var anyone = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        var (from, last) = (new SocketAddress(_socket.AddressFamily), new SocketAddress(_socket.AddressFamily));
        Hop? source = null;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var count = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, from, CancellationToken.None);
                if (source is null || !from.Equals(last))
                {
                    source = Hop.Of(SipTransport.Udp, (IPEndPoint)anyone.Create(from));
                    (from, last) = (last, from);
                }
                // What is received into has to have its whole length.
                from.Size = SocketAddress.GetMaximumAddressSize(_socket.AddressFamily);
                _receiver.Received(buffer.AsSpan(0, count).ToArray(), source.Value);
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

    private sealed record Way(IPAddress Address, int Port, SocketAddress Written);
}
