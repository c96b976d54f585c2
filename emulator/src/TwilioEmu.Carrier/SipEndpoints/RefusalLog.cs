using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Tells the journal of requests that were refused: not of challenges, and of no more than a scanner may fill it with.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class RefusalLog(SipHost host)
{
    /// <summary>Refusals told in a minute; a scanner must not push out everything else.</summary>
    private const int MaxToldPerMinute = 60;

    private DateTimeOffset _since;
    private int _count;

    public void Tell(SipRequest request, Hop source, SipRefusal refusal)
    {
        var now = host.Wall;
        if (now - _since >= TimeSpan.FromMinutes(1)) (_since, _count) = (now, 0);
        // A challenge is how every call and every registration begins.
        if (refusal.Status == 407 || ++_count > MaxToldPerMinute) return;
        host.Write(
            SipEntries.Refused, request.Uri.Host, ("method", request.Method), ("to", request.To.Uri.ToString()), ("from", request.From.Uri.ToString()),
            ("source", source.ToString()), ("status", refusal.Status), ("error", refusal.Code), ("why", refusal.Why));
    }
}
