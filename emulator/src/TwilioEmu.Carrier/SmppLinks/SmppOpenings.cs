using TwilioEmu.Carrier.Strangers;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>Knows by the first octets of a connection who came to the wrong port of SMPP, and says so.</summary>
/// <remarks>Any thread.</remarks>
internal sealed class SmppOpenings(SmppHost host)
{
    private readonly StrangerLog _log = new(() => host.World);

    /// <summary>Null lets the session judge; else what the peer is told before the connection is closed.</summary>
    public byte[]? Judge(bool isSecure, ReadOnlyMemory<byte> first)
    {
        var spoken = SpokenReader.Of(first.Span);
        if (spoken == Spoken.Unknown || spoken == (isSecure ? Spoken.Tls : Spoken.Smpp)) return null;
        var cure = spoken switch
        {
            Spoken.Smpp =>
                host.Port > 0 ? $"SMPP without TLS has port {host.Port}" : "SMPP without TLS has no port here (option smpp_port)",
            Spoken.Tls =>
                host.TlsPort > 0 ? $"SMPP over TLS has port {host.TlsPort}" : "SMPP over TLS has no port here (option smpps_port)",
            Spoken.Sip => "SIP has a port of its own, which the ready line names",
            _ => "the API and the web page are at the HTTP port, which the ready line names",
        };
        var expected = isSecure ? "SMPP over TLS" : "SMPP";
        _log.Tell($"{(isSecure ? host.TlsPort : host.Port)}", expected, spoken, cure);
        if (spoken == Spoken.Http) return StrangerLog.HttpAnswer($"this port speaks {expected}; {cure}");
        // Without TLS a session answers what is no PDU with generic_nack (SMPP 3.4 4.3), which is a word more than none.
        return isSecure ? [] : null;
    }
}
