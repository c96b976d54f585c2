using TwilioEmu.Carrier.Handsets.Deeds;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>Rings a phone as its behaviour says.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class HandsetLine(World world, Handset phone, Exchange exchange, LegRegister legs) : IVoiceLine
{
    /// <summary>
    /// From dialling to the first ring through the network (inferred; ITU-T E.721 has 3 s for a local call, mobile test rigs less).
    /// </summary>
    public static readonly TimeSpan NetworkDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>CED lasts 2.6 to 4 s (ITU-T T.30 4.2).</summary>
    private static readonly TimeSpan FaxDuration = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan BeepDuration = TimeSpan.FromMilliseconds(500);

    public ILeg Place(CallOffer offer, ILegOwner owner)
    {
        var leg = new HandsetLeg(world, phone, offer.From.ToString(), LegState.Ringing, exchange.NewTracks(), legs, phone.Behaviour.Script)
        {
            CallSid = offer.Subject,
            Cause = offer.Cause,
            Studio = exchange.Studio,
        };
        leg.Attach(owner);
        world.Loop.Start(() => LiveAsync(leg, offer));
        return leg;
    }

    private async Task LiveAsync(HandsetLeg leg, CallOffer offer)
    {
        var behaviour = phone.Behaviour;
        await Task.Delay(NetworkDelay, world.Clock.For("handset.ringing"), leg.Ending);
        if (!await RingAsync(leg, offer, behaviour)) return;
        world.Journal.Write(
            AccountSid.None, HandsetEntries.Answered, phone.Number, leg.Cause, ("call_sid", leg.CallSid), ("from", leg.Other));
        var script = leg.Script.SkipWhile(s => s is ScriptStep.Answers).ToList();
        await GreetAsync(
            leg, behaviour,
            offer.AwaitsGreeting && !(script is [var first, ..] && DeedRegistry.Of(first).OpensTheCall));
        await ScriptRun.RunAsync(leg, script, leg.Ending);
    }

    /// <summary>True once the phone was answered.</summary>
    private async Task<bool> RingAsync(HandsetLeg leg, CallOffer offer, HandsetBehaviour behaviour)
    {
        if (NobodyThere(offer, behaviour) is { } why)
        {
            leg.End(why);
            return false;
        }
        if (behaviour.PickUp is PickUp.Unreachable)
        {
            leg.End(LegEnd.Unreachable);
            return false;
        }
        if (behaviour.PickUp is PickUp.Busy)
        {
            await Task.Delay(behaviour.After, world.Clock.For("call.busy"), leg.Ending);
            leg.End(LegEnd.Busy);
            return false;
        }
        WriteRinging(leg, offer);
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
            case PickUp.Answers or PickUp.Machine or PickUp.Fax:
                await AnswerAfterAsync(leg, behaviour.After);
                return true;
            case PickUp.Rejects:
                await Task.Delay(behaviour.After, world.Clock.For("call.busy"), leg.Ending);
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

    /// <summary>Why it cannot ring at all: no WhatsApp on the phone, no device registered as the client. Null where it can.</summary>
    /// <remarks>Nobody registered counts as no answer, at once (inferred: the docs name no status, the SDKs' 31480 is SIP's 480).</remarks>
    private LegEnd? NobodyThere(CallOffer offer, HandsetBehaviour behaviour)
    {
        if (offer.To.Kind == AddressKind.WhatsApp && !behaviour.HasWhatsApp) return LegEnd.Unreachable;
        if (offer.To.Kind != AddressKind.Client || phone.IsRegistered) return null;
        world.Journal.Warn(
            offer.Account, phone.Number, offer.Cause,
            $"{phone.Number} is called and no device is registered as that: say how it behaves under handsets:, or with PUT "
                + $"/_emu/v1/handsets/{phone.Number}");
        return LegEnd.NoAnswer;
    }

    /// <summary>
    /// An app's own phone is told the parameters of its call (<c>&lt;Client&gt;&lt;Parameter&gt;</c>), and any why it is called
    /// (<c>callReason</c>).
    /// </summary>
    private void WriteRinging(HandsetLeg leg, CallOffer offer)
    {
        List<(string, object?)> facts = [("call_sid", leg.CallSid), ("from", leg.Other)];
        if (offer.Parameters.Count > 0) facts.Add(("parameters", offer.Parameters));
        if (offer.Reason is { } reason) facts.Add(("call_reason", reason));
        world.Journal.Write(AccountSid.None, HandsetEntries.Ringing, phone.Number, leg.Cause, [.. facts]);
    }

    private async Task AnswerAfterAsync(HandsetLeg leg, TimeSpan after)
    {
        await Task.Delay(after, world.Clock.For("handset.answered"), leg.Ending);
        leg.AnswerNow();
    }

    /// <summary>What sounds before anything else: a fax's tone, a machine's greeting and beep, a person's hello.</summary>
    private static async Task GreetAsync(HandsetLeg leg, HandsetBehaviour behaviour, bool saysHello)
    {
        switch (behaviour.PickUp)
        {
            case PickUp.Fax:
                await leg.SayAsync(new Source.Tone(new ToneName(ToneKind.FaxAnswering), FaxDuration));
                break;
            case PickUp.Machine:
                await leg.SayAsync(Sounds.Speech(behaviour.Greeting
                    ?? "Hello. I cannot take your call now. Please leave a message after the tone."));
                if (behaviour.Beeps) await leg.SayAsync(new Source.Tone(new ToneName(ToneKind.MachineBeep), BeepDuration));
                break;
            case PickUp.Answers when (behaviour.Greeting ?? (saysHello && !behaviour.IsDrivenFromOutside ? "Hello?" : null)) is { } hello:
                await leg.SayAsync(Sounds.Speech(hello));
                break;
        }
    }
}
