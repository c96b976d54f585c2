using System.Net;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Transports;

/// <summary>How messages travel.</summary>
public enum SipTransport
{
    Udp,
    Tcp,
    Tls,

    /// <summary>WebSocket, RFC 7118.</summary>
    Ws,
    Wss,
}

/// <summary>Transports' words, ports and nature.</summary>
public static class SipTransports
{
    private static readonly (SipTransport Transport, string Via, string Parameter, int Port)[] Table =
    [
        (SipTransport.Udp, "UDP", "udp", 5060), (SipTransport.Tcp, "TCP", "tcp", 5060), (SipTransport.Tls, "TLS", "tls", 5061),
        (SipTransport.Ws, "WS", "ws", 80), (SipTransport.Wss, "WSS", "wss", 443),
    ];

    /// <summary>What is sent arrives in order or the connection breaks: no retransmission.</summary>
    public static bool IsReliable(this SipTransport transport) => transport != SipTransport.Udp;

    public static bool IsSecure(this SipTransport transport) => transport is SipTransport.Tls or SipTransport.Wss;

    public static string ToVia(this SipTransport transport) => Table[(int)transport].Via;

    public static string ToParameter(this SipTransport transport) => Table[(int)transport].Parameter;

    public static int DefaultPort(this SipTransport transport) => Table[(int)transport].Port;

    public static bool TryParse(string word, out SipTransport transport)
    {
        foreach (var row in Table)
        {
            transport = row.Transport;
            if (row.Parameter.Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        }
        transport = default;
        return false;
    }
}

/// <summary>Where a message came from or goes next: a transport, a host (address or name, IPv6 without brackets), a port, and the
/// connection if it is a certain one.</summary>
/// <param name="Connection">As the transport numbered it; 0 for none in particular: the transport finds or opens one.</param>
/// <remarks>A name is resolved by the transport, by A and AAAA alone (RFC 3263 without NAPTR and SRV).</remarks>
public readonly record struct Hop(SipTransport Transport, string Host, int Port, long Connection = 0)
{
    /// <summary>The name whose address <see cref="Host"/> is, where a handshake tells it (TLS, WebSocket); null for none.</summary>
    public string? Name { get; init; }

    public static Hop Of(SipTransport transport, IPEndPoint remote, long connection = 0)
    {
        var address = remote.Address.IsIPv4MappedToIPv6 ? remote.Address.MapToIPv4() : remote.Address;
        return new(transport, address.ToString(), remote.Port, connection);
    }

    /// <summary>The hop a URI names: <c>transport</c>, <c>maddr</c>, port; sips is TLS, nothing is UDP (RFC 3263 §4.1, §4.2).</summary>
    public static bool TryOf(SipUri uri, out Hop hop)
    {
        hop = default;
        if (!uri.IsSip) return false;
        var transport = uri.IsSecure ? SipTransport.Tls : SipTransport.Udp;
        if (uri.Parameters["transport"] is { } word)
        {
            if (!SipTransports.TryParse(word, out transport)) return false;
            if (uri.IsSecure && transport == SipTransport.Udp) return false;
            if (uri.IsSecure) transport = transport is SipTransport.Ws or SipTransport.Wss ? SipTransport.Wss : SipTransport.Tls;
        }
        hop = new(transport, (uri.Parameters["maddr"] ?? uri.Host).Trim('[', ']'), uri.Port ?? transport.DefaultPort());
        return true;
    }

    public override string ToString() =>
        $"{Transport.ToParameter()}:{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";
}
