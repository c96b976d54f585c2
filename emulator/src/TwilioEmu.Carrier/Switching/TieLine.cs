using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.Switching;

/// <summary>The lines of the emulator's own numbers, and of TwiML Apps.</summary>
internal sealed class TieLines(World world, Exchange exchange) : ILineProvider
{
    private readonly TieLine _line = new(world, exchange);

    public bool Serves(AddressKind kind) => kind is AddressKind.E164 or AddressKind.ShortCode or AddressKind.App;

    public IVoiceLine? Find(PartyAddress address) =>
        address.Kind == AddressKind.App || (address.IsNumber && exchange.IsNumber(address.Value)) ? _line : null;
}

/// <summary>
/// Joins an outgoing call to a number or TwiML App that the emulator itself owns: what one end is given to hear, the other end says.
/// </summary>
/// <remarks>
/// Loop-confined. Two <see cref="TieLeg"/>s back to back: the near one is held by who places the call, the far one by who receives it. It
/// writes no sound: each end's <see cref="ILeg.FromParty"/> plays the other's <see cref="ILeg.ToParty"/>.
/// </remarks>
internal sealed class TieLine(World world, Exchange exchange) : IVoiceLine
{
    public ILeg Place(CallOffer offer, ILegOwner owner)
    {
        var near = new TieLeg(world, offer.To, LegState.Ringing, exchange.NewTracks()) { Owner = owner };
        var far = new TieLeg(world, offer.From, LegState.Dialling, exchange.NewTracks());
        (near.Peer, far.Peer) = (far, near);
        world.Loop.Post(() =>
        {
            if (near.State == LegState.Ended) return;
            if ((offer.To.Kind == AddressKind.App ? exchange.Calls : exchange.CallsTo(offer.To.Value)) is not { } calls)
            {
                near.Do(new LegCommand.End(LegEnd.Unreachable));
                return;
            }
            calls.Receive(far, offer with { Account = AccountSid.None, Subject = "" }, out var receiver);
            far.Owner = receiver;
            owner.Told(near, new LegNews.Progressed(HasEarlyMedia: false));
        });
        return near;
    }
}

/// <summary>One end of a tie line: signalling only.</summary>
internal sealed class TieLeg(World world, PartyAddress address, LegState state, LegTracks tracks) : ILeg
{
    public PartyAddress Address { get; } = address;

    public LegState State { get; private set; } = state;

    public Track FromParty { get; } = tracks.FromParty;

    public Track ToParty { get; } = tracks.ToParty;

    public ILegOwner? Owner { get; set; }

    public TieLeg? Peer { get; set; }

    public void Do(LegCommand command)
    {
        switch (command)
        {
            case LegCommand.Answer: world.Loop.Post(Connect); break;
            case LegCommand.End(var why): HangUp(why); break;
        }
    }

    private void Connect()
    {
        if (State != LegState.Dialling) return;
        State = LegState.Answered;
        Peer!.State = LegState.Answered;
        var now = world.Clock.GetUtcNow();
        FromParty.Put(new Cue(now, Lanes.Main, new Source.Of(Peer.ToParty)));
        Peer.FromParty.Put(new Cue(now, Lanes.Main, new Source.Of(ToParty)));
        Owner?.Told(this, new LegNews.Answered(LegFacts.Simulated));
        Peer.Tell(new LegNews.Answered(LegFacts.Simulated));
    }

    private void HangUp(LegEnd why)
    {
        if (State == LegState.Ended) return;
        // The other end is told why it was refused; once connected, only that it is over.
        var told = State == LegState.Answered ? LegEnd.HungUp with { Returned = why.Returned } : why with { By = Side.Party };
        End(why);
        Peer!.End(told);
    }

    private void End(LegEnd why)
    {
        if (State == LegState.Ended) return;
        if (State == LegState.Answered) FromParty.Put(new Cue(world.Clock.GetUtcNow(), Lanes.Main, new Source.Silence()));
        State = LegState.Ended;
        if (Owner is { } owner) world.Loop.Post(() => owner.Told(this, new LegNews.Ended(why)));
    }

    private void Tell(LegNews news) => world.Loop.Post(() =>
    {
        if (State != LegState.Ended) Owner?.Told(this, news);
    });
}
