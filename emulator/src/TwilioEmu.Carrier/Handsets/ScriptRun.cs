using TwilioEmu.Carrier.Handsets.Deeds;
using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>Does in a call what a script says, step by step; after the last the phone listens until the other side hangs up.</summary>
internal static class ScriptRun
{
    public static async Task RunAsync(HandsetLeg leg, IReadOnlyList<ScriptStep> steps, CancellationToken cancellation)
    {
        if (await StepsAsync(leg, steps, cancellation)) leg.Reach(null);
    }

    /// <summary>Does steps that stand within another: a branch, a round. How far the owner is, is told of the innermost.</summary>
    /// <returns>False when the script ends with them.</returns>
    public static async Task<bool> StepsAsync(HandsetLeg leg, IReadOnlyList<ScriptStep> steps, CancellationToken cancellation)
    {
        var outer = leg.Progress;
        for (var i = 0; i < steps.Count; i++)
        {
            leg.Reach(new ScriptProgress(steps, i));
            if (!await DeedRegistry.Of(steps[i]).RunAsync(steps[i], leg, cancellation) || leg.State == LegState.Ended) return false;
        }
        leg.Reach(outer);
        return true;
    }
}
