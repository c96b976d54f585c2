using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Lets the owners of phones act in calls, for stories and the control API. Loop-confined.</summary>
public static class PhoneActs
{
    private static readonly Words<LegState> States = new(
        (LegState.Dialling, "dialling"), (LegState.Ringing, "ringing"), (LegState.Answered, "connected"), (LegState.Ended, "ended"));

    /// <summary>The SID of the newest call a phone takes part in, or that rings it; null for none.</summary>
    public static string? CallOf(HandsetDirectory handsets, string number) =>
        handsets.LegsAt(number) is [.., var newest] ? newest.CallSid : null;

    /// <summary>A phone's owner does something in a call.</summary>
    /// <param name="handsets">The phones.</param>
    /// <param name="callSid">The call.</param>
    /// <param name="number">Which phone, or null where only one takes part.</param>
    /// <param name="act">What its owner does.</param>
    /// <returns>What forbids it, or null when it was done.</returns>
    public static string? Act(HandsetDirectory handsets, string callSid, string? number, ScriptStep act) =>
        Find(handsets, callSid, number, out var leg) ?? Forbids(leg!, act) ?? Done(leg!, l => l.Do(act));

    /// <summary>A phone's owner, who is connected, does something that no script spells.</summary>
    /// <inheritdoc cref="Act(HandsetDirectory, string, string?, ScriptStep)"/>
    public static string? Act(HandsetDirectory handsets, string callSid, string? number, Action<HandsetLeg> act) =>
        Find(handsets, callSid, number, out var leg) ?? Forbids(leg!, null) ?? Done(leg!, act);

    private static string? Find(HandsetDirectory handsets, string callSid, string? number, out HandsetLeg? leg)
    {
        leg = null;
        var legs = handsets.LegsOf(callSid).Where(l => number is null || l.Number == number).ToList();
        if (legs.Count == 0)
        {
            return number is null
                ? $"no handset takes part in the call {callSid} now"
                : $"handset {number} takes no part in the call {callSid} now";
        }
        if (legs.Count > 1)
        {
            return $"{legs.Count} handsets take part in the call {callSid}; say which: {string.Join(", ", legs.Select(l => l.Number))}";
        }
        leg = legs[0];
        return null;
    }

    private static string? Forbids(HandsetLeg leg, ScriptStep? act)
    {
        if (act is ScriptStep.Answers && leg.State != LegState.Ringing)
        {
            return $"handset {leg.Number} does not ring: it is {Word(leg.State)}";
        }
        if (act is not (ScriptStep.Answers or ScriptStep.HangsUp) && leg.State != LegState.Answered)
        {
            return $"handset {leg.Number} is not connected: it is {Word(leg.State)}";
        }
        return null;
    }

    private static string? Done(HandsetLeg leg, Action<HandsetLeg> act)
    {
        act(leg);
        return null;
    }

    /// <summary>The state of a phone's end of a call, in a word.</summary>
    public static string Word(LegState state) => States.Spell(state);
}
