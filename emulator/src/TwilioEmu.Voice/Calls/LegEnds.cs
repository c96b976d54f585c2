using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Voice.Calls;

/// <summary>What becomes of a call whose leg ended before an answer.</summary>
/// <remarks>Spec sheet voice 2 and 3: rejected counts as no-answer; a caller who gives up leaves a no-answer (inferred). SIP codes: RFC 3261 21.</remarks>
internal static class LegEnds
{
    public static (CallStatus Status, int SipCode) Unanswered(LegEnd why) => why switch
    {
        LegEnd.Busy => (CallStatus.Busy, 486),
        LegEnd.NoAnswer => (CallStatus.NoAnswer, 480),
        LegEnd.Rejected => (CallStatus.NoAnswer, 603),
        LegEnd.Unreachable => (CallStatus.Failed, 404),
        LegEnd.Cancelled => (CallStatus.Canceled, 487),
        LegEnd.HungUp => (CallStatus.NoAnswer, 487),
        _ => throw new ArgumentOutOfRangeException(nameof(why), why, "no such end of a leg"),
    };
}
