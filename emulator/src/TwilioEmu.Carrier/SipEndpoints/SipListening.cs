using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Where SIP and RTP are listened for.</summary>
public sealed record SipListening
{
    /// <summary>Pairs enough for 500 calls (inferred).</summary>
    public static readonly (int First, int Last) UsualRtpPorts = (40000, 40999);

    /// <summary>To bind to.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>UDP and TCP, the same number; 0 picks a free one.</summary>
    public required int Port { get; init; }

    /// <summary>True goes on without SIP when somebody else has the port: nobody asked for this one.</summary>
    public bool IsOnlyIfFree { get; init; }

    /// <summary>TLS; 0 picks a free one, null listens nowhere.</summary>
    public int? TlsPort { get; init; }

    /// <summary>True goes on without TLS when somebody else has its port.</summary>
    public bool IsTlsOnlyIfFree { get; init; }

    /// <summary>SIP over WebSocket (RFC 7118); 0 picks a free one, null listens nowhere.</summary>
    public int? WebSocketPort { get; init; }

    /// <summary>The certificate for the name a TLS client asks for; null when it names none. Any thread.</summary>
    public Func<string?, X509Certificate2>? Certificate { get; init; }

    /// <summary>Whether a page of an origin may open a WebSocket; null lets any. Any thread.</summary>
    public Func<string, bool>? AdmitsPage { get; init; }

    /// <summary>First and last port of the sound, both included.</summary>
    public (int First, int Last) RtpPorts { get; init; } = UsualRtpPorts;

    /// <summary>The address written into Contact, Via and SDP; null for the one that is bound, or 127.0.0.1 where that is any.</summary>
    public string? Host { get; init; }

    /// <summary>A call whose phone sends neither sound nor reports for so long is over (32014; the length is inferred).</summary>
    public TimeSpan RtpTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a standing call is refreshed (RFC 4028), and ended when it is not; the live service's is 1800 s.</summary>
    public TimeSpan SessionInterval { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>Asks for the addresses of a name that is called; unless told, the system. Any thread.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Lookup { get; init; } =
        static (name, stop) => Dns.GetHostAddressesAsync(name, stop);

    /// <summary>The address that peers are told.</summary>
    public string Advertised =>
        Host ?? (Address.Equals(IPAddress.Any) ? "127.0.0.1" : Address.Equals(IPAddress.IPv6Any) ? "::1" : Address.ToString());

    /// <summary>True for a host where it is listened for; of names for <c>localhost</c> alone, and for what peers are told.</summary>
    internal bool IsAt(string host)
    {
        if (host == Advertised) return true;
        var isLocalhost = host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        if (!IPAddress.TryParse(isLocalhost ? "127.0.0.1" : host, out var address)) return false;
        var takesAny = Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any);
        return address.Equals(Address) || (takesAny && IPAddress.IsLoopback(address));
    }
}
