using TwilioEmu.Carrier.Handsets.Deeds;
using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>Does in a call what a script says, step by step; after the last the phone listens until the other side hangs up.</summary>
internal static class ScriptRun
{
    public static async Task RunAsync(HandsetLeg leg, IReadOnlyList<ScriptStep> steps, CancellationToken cancellation)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            leg.Reach(new ScriptProgress(steps, i));
            if (!await DeedRegistry.Of(steps[i]).RunAsync(steps[i], leg, cancellation) || leg.State == LegState.Ended) return;
        }
        leg.Reach(null);
    }
}
