using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace TwilioEmu.Smpp.Transports;

/// <summary>Limits and certificates of the wires. The limits are (inferred): what a busy gateway has, tenfold.</summary>
public sealed record SmppWireOptions
{
    /// <summary>Connections at a time; one more is closed as it comes.</summary>
    public int MaxConnections { get; init; } = 1024;

    /// <summary>Of one address; one more is closed as it comes.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 256;

    /// <summary>For dialling, and for handshakes of TLS.</summary>
    public TimeSpan HalfOpen { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Octets a connection may owe its peer before it is given up.</summary>
    public int MaxQueuedBytes { get; init; } = 8 << 20;

    /// <summary>The certificate for the name a TLS client asks for (SNI; null when it names none). Null: no TLS is listened on.</summary>
    public Func<string?, X509Certificate2>? Certificate { get; init; }

    /// <summary>Judges the first octets of a connection that was accepted, where they are no SMPP or come to the
    /// port of TLS (true): null goes on, else the peer is told that and the connection closed. Any thread.</summary>
    public Func<bool, ReadOnlyMemory<byte>, byte[]?>? JudgeOpening { get; init; }

    /// <summary>Judges the certificate of a server we dial; null for the system's own judgement.</summary>
    public RemoteCertificateValidationCallback? JudgeServer { get; init; }
}
