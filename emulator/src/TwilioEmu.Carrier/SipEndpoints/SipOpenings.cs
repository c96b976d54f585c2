using TwilioEmu.Carrier.Strangers;
using TwilioEmu.Kernel;
using TwilioEmu.Sip.Parsing;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Knows by the first bytes of a connection who came to the wrong port of SIP, and says so.</summary>
/// <param name="world">Whose journal is told.</param>
/// <param name="portOf">The port of a transport; 0 for none.</param>
/// <remarks>Any thread.</remarks>
internal sealed class SipOpenings(World world, Func<SipTransport, int> portOf)
{
    private readonly StrangerLog _log = new(() => world);

    /// <summary>Null lets the connection in; else what it is told before it is closed.</summary>
    public byte[]? Judge(SipTransport transport, ReadOnlyMemory<byte> first)
    {
        var spoken = SpokenReader.Of(first.Span);
        if (spoken == Spoken.Unknown || spoken == Expected(transport)) return null;
        var cure = spoken switch
        {
            Spoken.Sip => Other(SipTransport.Tcp, "SIP over TCP and UDP", "sip_port"),
            Spoken.Tls when transport == SipTransport.Tcp => Other(SipTransport.Tls, "SIP over TLS", "sips_port"),
            Spoken.Tls => "SIP over WebSocket is ws:// here, without TLS",
            Spoken.Http => "the API and the web page are at the HTTP port, which the ready line names",
            _ => "SMPP has a port of its own, where the config names systems that bind (smpp_port)",
        };
        _log.Tell($"{portOf(transport)}", Words(transport), spoken, cure);
        return spoken == Spoken.Http ? StrangerLog.HttpAnswer($"this port speaks {Words(transport)}; {cure}") : [];
    }

    /// <summary>A connection that was let in spoke it badly.</summary>
    public void Ended(SipTransport transport, string why) => _log.TellOfEnd($"{portOf(transport)}", Words(transport), why);

    /// <summary>What came is no message, or one that cannot be read.</summary>
    public void Unread(SipOutput.Discarded message)
    {
        var at = message.Source;
        _log.TellOfMessage(
            $"{portOf(at.Transport)}",
            Words(at.Transport),
            $"{at.Host}:{at.Port}",
            $"no SIP message ({message.Reason.Why()})",
            message.IsAnswered);
    }

    private static Spoken Expected(SipTransport transport) => transport switch
    {
        SipTransport.Tls => Spoken.Tls,
        SipTransport.Ws => Spoken.Http,
        _ => Spoken.Sip,
    };

    private static string Words(SipTransport transport) => transport switch
    {
        SipTransport.Tls => "SIP over TLS",
        SipTransport.Ws => "SIP over WebSocket",
        _ => "SIP",
    };

    private string Other(SipTransport transport, string words, string option) =>
        portOf(transport) is > 0 and var port ? $"{words} has port {port}" : $"{words} has no port here (option {option})";
}
