using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>Where gateways are listened for.</summary>
public sealed record SmppListening
{
    /// <summary>To bind to.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>TCP; 0 picks a free one, null listens nowhere.</summary>
    public int? Port { get; init; }

    /// <summary>True goes on without when somebody else has the port: nobody asked for this one.</summary>
    public bool IsOnlyIfFree { get; init; }

    /// <summary>TLS; 0 picks a free one, null listens nowhere.</summary>
    public int? TlsPort { get; init; }

    /// <summary>The certificate for the name a TLS client asks for; null when it names none. Any thread.</summary>
    public Func<string?, X509Certificate2>? Certificate { get; init; }
}
