using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transactions;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>Sends a response again and again until it is acknowledged: a 2xx until its ACK, a reliable provisional one until its
/// PRACK.</summary>
/// <remarks>RFC 3261 §13.3.1.4 (over any transport, from T1 doubling up to T2, given up after 64*T1); RFC 3262 §3 (doubling without end at
/// T2, given up alike).</remarks>
internal sealed class AnswerRepeater(SipEndpoint endpoint)
{
    private Alarm? _next;

    public bool IsWaiting => _next is not null;

    public void Begin(ServerTransaction transaction, SipResponse response, bool isCapped, DateTimeOffset now,
        Action<DateTimeOffset> givenUp)
    {
        endpoint.Respond(transaction, response, now);
        Wait(endpoint.Options.Timers.T1, now + endpoint.Options.Timers.GiveUp);

        void Wait(TimeSpan interval, DateTimeOffset end) => _next = endpoint.At(now + interval < end ? now + interval : end, at =>
        {
            _next = null;
            now = at;
            if (at >= end)
            {
                givenUp(at);
                return;
            }
            endpoint.Respond(transaction, response, at);
            Wait(isCapped ? endpoint.Options.Timers.Double(interval) : interval * 2, end);
        });
    }

    public void Stop()
    {
        _next?.Cancel();
        _next = null;
    }
}
