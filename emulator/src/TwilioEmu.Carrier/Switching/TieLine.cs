using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Media.Dtmf;

namespace TwilioEmu.Carrier.Switching;

/// <summary>Joins an outgoing call to a number that the emulator itself owns: what one end is given to hear, the other end says.</summary>
/// <remarks>Loop-confined. Two <see cref="TieLeg"/>s back to back: the near one is held by who places the call, the far one by who receives it.</remarks>
internal sealed class TieLine(World world, Exchange exchange) : IVoiceLine
{
    public ILeg Place(CallOffer offer, ILegMailbox mailbox)
    {
        var near = new TieLeg(world, offer.To, LegState.Ringing) { Mailbox = mailbox };
        var far = new TieLeg(world, offer.From, LegState.Dialling);
        (near.Peer, far.Peer) = (far, near);
        world.Loop.Post(() =>
        {
            if (near.State == LegState.Ended) return;
            if (exchange.CallsTo(offer.To) is not { } calls)
            {
                near.HangUp(LegEnd.Unreachable);
                return;
            }
            calls.Receive(far, offer with { Account = AccountSid.None, Subject = "" }, out var receiver);
            far.Mailbox = receiver;
            mailbox.Ringing(near);
        });
        return near;
    }
}

/// <summary>One end of a tie line.</summary>
internal sealed class TieLeg(World world, string address, LegState state) : ILeg
{
    private Utterance? _hearing;
    private ITimer? _hearingEnds;

    public string Address { get; } = address;

    public LegState State { get; private set; } = state;

    public ILegMailbox? Mailbox { get; set; }

    public TieLeg? Peer { get; set; }

    public void Answer()
    {
        if (State != LegState.Dialling) return;
        State = LegState.Answered;
        Peer!.State = LegState.Answered;
        Tell(Peer, (leg, mailbox) => mailbox.Answered(leg));
    }

    public void HangUp(LegEnd why)
    {
        if (State == LegState.Ended) return;
        // The other end is told why it was refused; once connected, only that it is over.
        var told = State == LegState.Answered ? LegEnd.HungUp : why;
        End(why);
        Peer!.End(told);
    }

    public void Hear(Utterance utterance)
    {
        if (State != LegState.Answered) return;
        HearNothing();
        _hearing = utterance;
        Tell(Peer!, (leg, mailbox) => mailbox.BeganSpeaking(leg, utterance));
        _hearingEnds = world.Clock.CreateTimer(static leg => ((TieLeg)leg!).HearNothing(), this, utterance.Duration, Timeout.InfiniteTimeSpan);
    }

    public void HearNothing()
    {
        if (_hearing is not { } utterance) return;
        _hearingEnds?.Dispose();
        (_hearing, _hearingEnds) = (null, null);
        Tell(Peer!, (leg, mailbox) => mailbox.EndedSpeaking(leg, utterance));
    }

    public void HearDigits(string digits)
    {
        if (State != LegState.Answered) return;
        var after = TimeSpan.Zero;
        foreach (var step in DialString.Read(digits))
        {
            if (step.Key is { } key)
            {
                var delay = after;
                world.Loop.Start(() => SendAsync(key, delay));
            }
            after += step.Duration;
        }
    }

    public void ExpectsInput(bool isAwaited)
    {
        // Nobody acts for this end from outside.
    }

    private async Task SendAsync(char key, TimeSpan after)
    {
        if (after > TimeSpan.Zero) await Task.Delay(after, world.Clock, world.Ending);
        Tell(Peer!, (leg, mailbox) => mailbox.Pressed(leg, key));
    }

    private void End(LegEnd why)
    {
        if (State == LegState.Ended) return;
        HearNothing();
        State = LegState.Ended;
        if (Mailbox is { } mailbox) world.Loop.Post(() => mailbox.Ended(this, why));
    }

    private void Tell(TieLeg leg, Action<TieLeg, ILegMailbox> news)
    {
        world.Loop.Post(() =>
        {
            if (leg is { State: not LegState.Ended, Mailbox: { } mailbox }) news(leg, mailbox);
        });
    }
}
