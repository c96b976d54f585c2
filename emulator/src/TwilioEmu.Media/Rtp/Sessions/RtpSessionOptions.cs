using System.Net;
using TwilioEmu.Media.Codecs;
using TwilioEmu.Media.Rtp.Secure;

namespace TwilioEmu.Media.Rtp.Sessions;

/// <summary>What SDP agreed on, and where counting begins.</summary>
/// <param name="PayloadType">What sound is sent as: 0 PCMU, 8 PCMA, or a number that the peer gave one of them.</param>
/// <param name="SendEventType">Payload type of telephone-event towards the peer; null: not agreed.</param>
/// <param name="ReceiveEventType">The same from the peer; RFC 3264 lets each side choose its own.</param>
/// <param name="Advertised">The peer's address in its SDP.</param>
/// <param name="Ssrc">Ours, from the world's seed.</param>
/// <param name="FirstSequence">Of the first packet.</param>
/// <param name="FirstTimestamp">Of the first packet.</param>
/// <param name="Cname">Ours.</param>
public sealed record RtpSessionOptions(
    int PayloadType, int? SendEventType, int? ReceiveEventType, IPEndPoint Advertised, uint Ssrc, ushort FirstSequence, uint FirstTimestamp,
        string Cname)
{
    private const int Pcma = 8;

    /// <summary>What sound is received as; a peer that numbers on its own sends as its own number, too.</summary>
    public int ReceivePayloadType { get; init; } = PayloadType;

    /// <summary>How samples are coded, whatever the numbers.</summary>
    public G711Law Law { get; init; } = PayloadType == Pcma ? G711Law.A : G711Law.Mu;

    public JitterBounds Jitter { get; init; } = JitterBounds.Default;

    /// <summary>Protects what is sent; null: in the clear. The session disposes it.</summary>
    public SrtpStream? Protect { get; init; }

    /// <summary>Opens what is received; null: in the clear. The session disposes it.</summary>
    public SrtpStream? Unprotect { get; init; }
}
