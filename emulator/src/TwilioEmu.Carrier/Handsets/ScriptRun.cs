using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Prompts;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>Does in a call what a script says, step by step; after the last the phone listens until the other side hangs up.</summary>
internal static class ScriptRun
{
    /// <summary>How long a recording lasts that cannot be read.</summary>
    private static readonly TimeSpan StandIn = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(HandsetLeg leg, IReadOnlyList<ScriptStep> steps, CancellationToken cancellation)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            leg.Reach(new ScriptProgress(steps, i));
            switch (steps[i])
            {
                case ScriptStep.Waits waits:
                    await Task.Delay(waits.For, leg.World.Clock, cancellation);
                    break;
                case ScriptStep.Answers:
                    // Answered already; it has a meaning only as the first step.
                    break;
                case ScriptStep.Hears hears:
                    if (!await leg.Ear.HearsAsync(hears.Text, hears.Within, cancellation))
                    {
                        leg.FailScript(hears);
                        return;
                    }
                    break;
                case ScriptStep.Presses presses:
                    await leg.PressAsync(presses.Digits);
                    break;
                case ScriptStep.Says says:
                    await leg.SayAsync(new Utterance(UtteranceKind.Speech, says.Text, SpeechPace.DurationOf(says.Text)));
                    break;
                case ScriptStep.Plays plays:
                    await leg.SayAsync(new Utterance(UtteranceKind.Audio, plays.File, await MeasureAsync(leg, plays.File, cancellation)));
                    break;
                case ScriptStep.HangsUp:
                    leg.HangUpNow();
                    return;
                default:
                    throw new InvalidOperationException($"no such step: {steps[i].GetType().Name}");
            }
            if (leg.State == LegState.Ended) return;
        }
        leg.Reach(null);
    }

    private static async Task<TimeSpan> MeasureAsync(HandsetLeg leg, string file, CancellationToken cancellation)
    {
        var duration = await leg.World.Loop.OffLoopAsync($"reading {file}", async c =>
        {
            try
            {
                var type = Path.GetExtension(file).ToLowerInvariant() switch { ".mp3" => "audio/mpeg", ".ul" or ".ulaw" => "audio/ulaw", _ => "audio/wav" };
                var bytes = await File.ReadAllBytesAsync(file, c);
                return SoundFile.TryMeasure(type, bytes, out var length) ? length : (TimeSpan?)null;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
            {
                return null;
            }
        }, cancellation);
        if (duration is { } known) return known;
        leg.World.Journal.Write(
            AccountSid.None, "handset.sound_unreadable", leg.Address, leg.Cause, ("call_sid", leg.CallSid), ("file", file), ("stand_in", StandIn));
        return StandIn;
    }
}
