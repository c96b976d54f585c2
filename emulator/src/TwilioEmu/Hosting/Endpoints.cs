using System.Net;
using TwilioEmu.Access;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Proxy;
using TwilioEmu.Tls;

namespace TwilioEmu.Hosting;

/// <summary>Where the process listens, under which names, and what its proxy may do.</summary>
internal sealed record Endpoints
{
    /// <summary>An IP address, or <c>localhost</c> for both loopback ones.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>HTTP: REST, control API, forward proxy. 0 picks a free port.</summary>
    public int Port { get; init; }

    /// <summary>TLS; 0 picks a free port, null listens nowhere.</summary>
    public int? HttpsPort { get; init; }

    /// <summary>Where SIP phones are listened for; null for nowhere.</summary>
    public SipListening? Sip { get; init; }

    /// <summary>Where gateways are listened for; null for nowhere.</summary>
    public SmppListening? Smpp { get; init; }

    /// <summary>False where SMSCs are not dialled: a story plays them itself.</summary>
    public bool BindsToCentres { get; init; } = true;

    /// <summary>Names beyond Twilio's and this machine's.</summary>
    public IReadOnlyList<string> TlsNames { get; init; } = [];

    /// <summary>Where the root comes from.</summary>
    public CaSource Ca { get; init; } = new();

    /// <summary>The folder the world is kept in; null for none: it ends with the process.</summary>
    public string? DataFolder { get; init; }

    public ProxyOptions Proxy { get; init; } = new();

    /// <summary>Who is let in.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>Whether browsers find the page here.</summary>
    public bool ServesUi { get; init; } = true;

    /// <summary>
    /// How far the proxy carries when nobody says: a port that only this machine reaches may lead anywhere,
    /// an open one only where it was told.
    /// </summary>
    public static PassThroughReach UsualReach(string host) =>
        AccessOptions.IsLoopback(host) ? PassThroughReach.All : PassThroughReach.Named;

    /// <summary>The source of certificates, its root bound to the names this process serves.</summary>
    public CaSource CaOfNames =>
        Ca with
        {
            Names =
            [
                .. Ca.Names, .. TlsNames,
                .. IPAddress.TryParse(Host, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
                    ? new[] { Host }
                    : [],
            ],
        };
}
