using TwilioEmu.Carrier.Switching;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Tells a SIP phone how it goes with its REFER: by the answer, then by NOTIFY (RFC 3515 §2.4).</summary>
internal sealed class TransferReply(SipHost host, SipCall call, TransferAsk ask) : ITransferReply
{
    public void Answer(int status) => host.Act(now => call.AnswerTransfer(ask, status, now));

    public void Tell(int status) => host.Act(now => call.NotifyTransfer(ask, status, now));
}
