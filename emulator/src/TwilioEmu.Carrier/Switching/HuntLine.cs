using TwilioEmu.Kernel;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.Switching;

/// <summary>A line by several ways: the next one is tried where the one before errs, not where it is busy or declines.</summary>
/// <remarks>Loop-confined.</remarks>
public sealed class HuntLine(World world, Exchange exchange, IReadOnlyList<PartyAddress> ways) : IVoiceLine
{
    public ILeg Place(CallOffer offer, ILegOwner owner)
    {
        var leg = new HuntLeg(world, exchange, offer, ways, owner);
        world.Loop.Post(leg.Next);
        return leg;
    }
}

/// <summary>The party's end of such a call: signalling of the way that is tried, sound of the one that can be heard.</summary>
internal sealed class HuntLeg(
    World world, Exchange exchange, CallOffer offer, IReadOnlyList<PartyAddress> ways, ILegOwner owner) : ILeg, ILegOwner
{
    private readonly LegTracks _tracks = exchange.NewTracks();
    private ILeg? _way;
    private LegEnd? _last;
    private LegEnd? _why;
    private int _tried;
    private bool _isHeard;

    public PartyAddress Address => offer.To;

    public LegState State { get; private set; } = LegState.Ringing;

    public Track FromParty => _tracks.FromParty;

    public Track ToParty => _tracks.ToParty;

    /// <summary>Tries the next way.</summary>
    public void Next()
    {
        while (_why is null && _tried < ways.Count)
        {
            var to = ways[_tried++];
            if (exchange.VoiceLine(to) is not { } line) continue;
            _isHeard = false;
            _way = line.Place(offer with { To = to }, this);
            return;
        }
        Finish(_why ?? _last ?? LegEnd.Unreachable);
    }

    public void Do(LegCommand command)
    {
        if (State == LegState.Ended) return;
        if (command is LegCommand.End(var why)) _why = why;
        _way?.Do(command);
    }

    public void Told(ILeg leg, LegNews news)
    {
        if (leg != _way || State == LegState.Ended) return;
        switch (news)
        {
            case LegNews.Ended(var end):
                _last = end;
                if (State == LegState.Ringing && end.IsTrouble) Next();
                else Finish(end);
                return;
            case LegNews.Answered: State = LegState.Answered; break;
        }
        if (news is LegNews.Answered or LegNews.Progressed { HasEarlyMedia: true } && !_isHeard) Join(leg);
        owner.Told(this, news);
    }

    private void Join(ILeg way)
    {
        _isHeard = true;
        var now = world.Clock.GetUtcNow();
        FromParty.Put(new Cue(now, Lanes.Main, new Source.Of(way.FromParty)));
        way.ToParty.Put(new Cue(now, Lanes.Main, new Source.Of(ToParty)));
    }

    private void Finish(LegEnd end)
    {
        if (State == LegState.Ended) return;
        if (_isHeard) FromParty.Put(new Cue(world.Clock.GetUtcNow(), Lanes.Main, new Source.Silence()));
        State = LegState.Ended;
        owner.Told(this, new LegNews.Ended(end));
    }
}
