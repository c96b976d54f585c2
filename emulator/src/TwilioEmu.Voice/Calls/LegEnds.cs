using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Voice.Calls;

/// <summary>What the end of a leg makes of its call: the one table from which status and SIP code are derived.</summary>
/// <remarks>
/// twilio.com/docs/voice/api/call-resource (status): rejected counts as no-answer; a caller who gives up leaves a no-answer (inferred). SIP
/// codes: RFC 3261 §21; 487 for time-outs is measured. <c>DialCallStatus</c> is the child call's status.
/// <code>
/// end                        before the answer   after it
/// hung up                    no-answer, 487      completed, 200
/// busy                       busy                completed, 200
/// no answer, rejected        no-answer           completed, 200
/// time to ring is over       no-answer           completed, 200
/// unreachable, failed        failed              completed, 200
/// cancelled                  canceled            completed, 200
/// </code>
/// </remarks>
internal static class LegEnds
{
    private const int Ok = 200;
    private const int RequestTerminated = 487;

    /// <summary>The status that the call ends in, and the final SIP response that its callback tells.</summary>
    public static (CallStatus Status, int SipCode) Meaning(this LegEnd end, bool isAnswered)
    {
        if (isAnswered) return (CallStatus.Completed, Ok);
        return end.Kind switch
        {
            LegEndKind.HungUp => (CallStatus.NoAnswer, RequestTerminated),
            LegEndKind.Busy => (CallStatus.Busy, end.SipStatus),
            LegEndKind.NoAnswer or LegEndKind.Rejected or LegEndKind.TimedOut => (CallStatus.NoAnswer, end.SipStatus),
            LegEndKind.Unreachable or LegEndKind.Failed => (CallStatus.Failed, end.SipStatus),
            LegEndKind.Cancelled => (CallStatus.Canceled, end.SipStatus),
            _ => throw new ArgumentOutOfRangeException(nameof(end), end.Kind, "no such end of a leg"),
        };
    }
}
