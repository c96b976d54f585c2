using System.Net;
using TwilioEmu.Media.Rtp.Secure;

namespace TwilioEmu.Media.Rtp.Sessions;

/// <summary>What SDP agreed on, and where counting begins.</summary>
/// <param name="PayloadType">0 PCMU or 8 PCMA, the same both ways.</param>
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
    public JitterBounds Jitter { get; init; } = JitterBounds.Default;

    /// <summary>Protects what is sent; null: in the clear. The session disposes it.</summary>
    public SrtpStream? Protect { get; init; }

    /// <summary>Opens what is received; null: in the clear. The session disposes it.</summary>
    public SrtpStream? Unprotect { get; init; }
}
