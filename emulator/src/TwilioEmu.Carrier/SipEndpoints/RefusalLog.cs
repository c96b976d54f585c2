using TwilioEmu.Kernel.Ids;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Tells the journal of requests that were refused: not of challenges, and of no more than a scanner may fill it with.</summary>
/// <remarks>Loop-confined. So is what an account's debugger hears of.</remarks>
internal sealed class RefusalLog(SipHost host)
{
    /// <summary>Refusals told in a minute; a scanner must not push out everything else.</summary>
    private const int MaxToldPerMinute = 60;

    private DateTimeOffset _since;
    private int _count;

    /// <param name="request">What was refused.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="domain">Whose it is; its account's debugger hears of it. Null for nobody's, and for the carrier's.</param>
    public void Tell(SipRequest request, Hop source, SipRefusal refusal, SipDomain? domain = null)
    {
        var now = host.Wall;
        if (now - _since >= TimeSpan.FromMinutes(1)) (_since, _count) = (now, 0);
        // A challenge is how every call and every registration begins.
        if (refusal.Status == 407 || ++_count > MaxToldPerMinute) return;
        var entry = host.World.Journal.Write(
            domain?.Account ?? AccountSid.None, SipEntries.Refused, request.Uri.Host, 0,
            ("method", request.Method), ("to", request.To.Uri.ToString()), ("from", request.From.Uri.ToString()),
            ("source", source.ToString()), ("status", refusal.Status), ("error", refusal.Code), ("why", refusal.Why));
        if (domain is null || refusal.Code == 0) return;
        host.Refused?.Invoke(
            domain, refusal.Code, $"{request.Method} from {source} was refused ({refusal.Status}): {refusal.Why}", entry.Seq);
    }
}
