using TwilioEmu.Sip.Dialogs;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>Keeps a session alive, or ends it when the peer does not (RFC 4028).</summary>
internal sealed class SessionRefresh(SipCall call)
{
    private Alarm? _alarm;
    private bool _peerTakesUpdate;

    public SessionTimer? Timer { get; private set; }

    /// <summary>Begins, or begins anew after a refresh.</summary>
    public void Begin(SessionTimer? timer, SipMessage peer, DateTimeOffset now)
    {
        Stop();
        Timer = timer;
        if (peer.Headers.Has(HeaderNames.Allow)) _peerTakesUpdate = peer.Headers.HasToken(HeaderNames.Allow, SipMethods.Update);
        if (timer is null) return;
        _alarm = timer.WeRefresh
            ? call.Endpoint.At(now + timer.RefreshAfter, at => call.Offers.Refresh(_peerTakesUpdate, at))
            : call.Endpoint.At(now + timer.EndAfter, at => call.Bye(null, new(SipEndKind.TimedOut, 408, "Session Expired", ByUs: true),
                at));
    }

    public void Stop()
    {
        _alarm?.Cancel();
        _alarm = null;
    }
}
