using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>Rings a phone as its behaviour says.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class HandsetLine(World world, Handset phone, LegRegister legs) : IVoiceLine
{
    /// <summary>From dialling to the first ring through the network (inferred; ITU-T E.721 has 3 s for a local call, mobile test rigs less).</summary>
    public static readonly TimeSpan NetworkDelay = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan BeepDuration = TimeSpan.FromMilliseconds(500);

    public ILeg Place(CallOffer offer, ILegMailbox mailbox)
    {
        var leg = new HandsetLeg(world, phone, offer.From, LegState.Ringing, legs, phone.Behaviour.Script) { CallSid = offer.Subject, Cause = offer.Cause };
        leg.Attach(mailbox);
        world.Loop.Start(() => LiveAsync(leg));
        return leg;
    }

    private async Task LiveAsync(HandsetLeg leg)
    {
        var behaviour = phone.Behaviour;
        await Task.Delay(NetworkDelay, world.Clock, leg.Ending);
        if (!await RingAsync(leg, behaviour)) return;
        world.Journal.Write(AccountSid.None, HandsetEntries.Answered, phone.Number, leg.Cause, ("call_sid", leg.CallSid), ("from", leg.Other));
        if (behaviour.PickUp == PickUp.Machine) await GreetAsync(leg);
        await ScriptRun.RunAsync(leg, [.. leg.Script.SkipWhile(s => s is ScriptStep.Answers)], leg.Ending);
    }

    /// <summary>True once the phone was answered.</summary>
    private async Task<bool> RingAsync(HandsetLeg leg, HandsetBehaviour behaviour)
    {
        if (behaviour.PickUp is PickUp.Unreachable)
        {
            leg.End(LegEnd.Unreachable);
            return false;
        }
        if (behaviour.PickUp is PickUp.Busy)
        {
            await Task.Delay(behaviour.After, world.Clock, leg.Ending);
            leg.End(LegEnd.Busy);
            return false;
        }
        world.Journal.Write(AccountSid.None, HandsetEntries.Ringing, phone.Number, leg.Cause, ("call_sid", leg.CallSid), ("from", leg.Other));
        leg.Ring();
        // A script that begins with an answer says so whatever else the phone would do.
        if (leg.Script is [ScriptStep.Answers answers, ..])
        {
            await AnswerAfterAsync(leg, answers.After);
            return true;
        }
        if (behaviour.IsDrivenFromOutside && leg.Script.Count == 0)
        {
            await leg.ConnectedAsync();
            return true;
        }
        switch (behaviour.PickUp)
        {
            case PickUp.Answers or PickUp.Machine:
                await AnswerAfterAsync(leg, behaviour.After);
                return true;
            case PickUp.Rejects:
                await Task.Delay(behaviour.After, world.Clock, leg.Ending);
                leg.End(LegEnd.Rejected);
                return false;
            case PickUp.NoAnswer:
                // Rings until the other side gives up; the owner may still be made to answer.
                await leg.ConnectedAsync();
                return true;
            default:
                throw new InvalidOperationException($"no such way to take a call: {behaviour.PickUp}");
        }
    }

    private async Task AnswerAfterAsync(HandsetLeg leg, TimeSpan after)
    {
        await Task.Delay(after, world.Clock, leg.Ending);
        leg.AnswerNow();
    }

    private static async Task GreetAsync(HandsetLeg leg)
    {
        var words = "Hello. I cannot take your call now. Please leave a message after the tone.";
        await leg.SayAsync(new Utterance(UtteranceKind.Speech, words, Media.Prompts.SpeechPace.DurationOf(words)));
        await leg.SayAsync(new Utterance(UtteranceKind.Tone, "beep", BeepDuration));
    }
}
