using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>Whoever sent a request, told how it goes: each response, or that none comes.</summary>
/// <param name="responded">Provisional and final responses.</param>
/// <param name="failed">True: nothing came in time (taken as 408). False: the wire broke (taken as 503). RFC 3261 §8.1.3.1.</param>
internal sealed class Asked(Action<SipResponse, DateTimeOffset> responded, Action<bool, DateTimeOffset> failed)
{
    public static Asked Nobody { get; } = new(static (_, _) => { }, static (_, _) => { });

    public void Responded(SipResponse response, DateTimeOffset now) => responded(response, now);

    public void Failed(bool isTimeout, DateTimeOffset now) => failed(isTimeout, now);
}
