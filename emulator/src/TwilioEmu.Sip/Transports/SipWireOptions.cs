using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace TwilioEmu.Sip.Transports;

/// <summary>Limits and certificates of the wires. The limits are (inferred): what a busy PBX has, tenfold.</summary>
public sealed record SipWireOptions
{
    /// <summary>Connections at a time; one more is closed as it comes.</summary>
    public int MaxConnections { get; init; } = 4096;

    /// <summary>Of one address; one more is closed as it comes.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 512;

    /// <summary>From accepting or dialling to the end of all handshakes, and then to the first whole message.</summary>
    public TimeSpan HalfOpen { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Without a message or ping either way; longer than a phone's registration, which keeps its connection.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Bytes a connection may owe its peer before it is given up.</summary>
    public int MaxQueuedBytes { get; init; } = 1 << 20;

    /// <summary>Names are resolved in that time, or not.</summary>
    public TimeSpan Resolve { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Asks for a name's addresses; unless told, the system. Any thread.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Lookup { get; init; } =
        static (name, stop) => Dns.GetHostAddressesAsync(name, stop);

    /// <summary>Addresses of one name that are looked at.</summary>
    public int MaxAddresses { get; init; } = 8;

    /// <summary>The certificate for the name a TLS client asks for (SNI; null when it names none). Null: no TLS is listened on.</summary>
    public Func<string?, X509Certificate2>? Certificate { get; init; }

    /// <summary>
    /// Judges the first bytes of a connection that was accepted: null lets it in, else it is told that and closed. Any thread.
    /// </summary>
    public Func<SipTransport, ReadOnlyMemory<byte>, byte[]?>? JudgeOpening { get; init; }

    /// <summary>Told of a connection that was ended because what came over it was no frame or no message, and why. Any thread.</summary>
    public Action<SipTransport, string>? Misspoke { get; init; }

    /// <summary>
    /// Whether a page of an origin (RFC 6454 §7) may open a WebSocket; null lets any. Programs name none, and are let in. Any thread.
    /// </summary>
    public Func<string, bool>? AdmitsPage { get; init; }

    /// <summary>Judges the certificate of a server we dial; null for the system's own judgement.</summary>
    public RemoteCertificateValidationCallback? JudgeServer { get; init; }
}
