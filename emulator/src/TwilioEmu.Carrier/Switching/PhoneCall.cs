using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.Switching;

/// <summary>A call from one phone of the carrier's to another, which no app takes part in: two legs back to back.</summary>
/// <remarks>
/// Loop-confined. Each hears the other from the answer on, or from the callee's early media on. Whatever ends one leg ends the other:
/// a refusal is passed on as it came. Either phone may have the other connected with somebody else (a blind transfer): 1. 202, and the
/// target is called, shown the number of whom it is to talk to; 2. answered, it takes the place of the phone that wished it, which is
/// told 200 and hung up on; else that phone is told why, and the call goes on. A phone that leaves meanwhile lets it go on, too.
/// </remarks>
internal sealed class PhoneCall(World world, Exchange exchange, ILeg caller) : ILegOwner
{
    private ILeg _caller = caller;
    private ILeg? _callee;
    private ILeg? _target;
    private ILeg? _wishing;
    private ITransferReply? _reply;
    private bool _isJoined;

    /// <summary>Calls the other phone.</summary>
    public void Begin(IVoiceLine line, CallOffer offer) => _callee = line.Place(offer, this);

    public void Told(ILeg leg, LegNews news)
    {
        switch (news)
        {
            case LegNews.Progressed when leg == _target: _reply?.Tell(180); break;
            case LegNews.Progressed(var hasEarlyMedia) when leg == _callee && !_isJoined:
                _caller.Do(new LegCommand.Ring(hasEarlyMedia));
                if (hasEarlyMedia) Join(_caller, leg);
                break;
            case LegNews.Answered when leg == _target: TakePlace(leg); break;
            case LegNews.Answered when leg == _callee:
                if (!_isJoined) Join(_caller, leg);
                _caller.Do(new LegCommand.Answer());
                break;
            case LegNews.Asked(LegWish.Transfer transfer): Transfer(leg, transfer); break;
            case LegNews.Ended(var end): Ended(leg, end); break;
        }
    }

    private ILeg? OtherOf(ILeg leg) => leg == _caller ? _callee : _caller;

    private void Join(ILeg one, ILeg other)
    {
        _isJoined = true;
        var now = world.Clock.GetUtcNow();
        one.ToParty.Put(new Cue(now, Lanes.Main, new Source.Of(other.FromParty)));
        other.ToParty.Put(new Cue(now, Lanes.Main, new Source.Of(one.FromParty)));
    }

    /// <summary>1. Whom, and whether anybody has that number.</summary>
    private void Transfer(ILeg wishing, LegWish.Transfer wish)
    {
        var other = OtherOf(wishing);
        var to = PartyAddress.Read(Subscribers.Dialled(NumberIn(wish.Target), wishing.Address.Value));
        if (_target is not null || other?.State != LegState.Answered || to.Kind != AddressKind.E164
            || exchange.VoiceLine(to) is not { } line)
        {
            wish.Reply.Answer(_target is not null ? 491 : 603);
            return;
        }
        wish.Reply.Answer(202);
        (_wishing, _reply) = (wishing, wish.Reply);
        _target = line.Place(
            new CallOffer(AccountSid.None, "", other.Address, to, 0)
            {
                Kind = OfferKind.Refer,
                AwaitsGreeting = true,
                Marks = wishing.Address.Kind == AddressKind.E164
                    ? new CarrierMarks(ForwardedFrom: wishing.Address.Value)
                    : CarrierMarks.None,
            },
            this);
    }

    /// <summary>2. It talks to whom the other talked to.</summary>
    private void TakePlace(ILeg target)
    {
        var (wishing, stays) = (_wishing!, OtherOf(_wishing!)!);
        if (wishing == _caller) _caller = target;
        else _callee = target;
        (_target, _wishing) = (null, null);
        Join(stays, target);
        _reply?.Tell(200);
        _reply = null;
        wishing.Do(new LegCommand.End(LegEnd.Released));
    }

    private void Ended(ILeg leg, LegEnd end)
    {
        if (leg == _target)
        {
            _target = null;
            _reply?.Tell(end.SipStatus >= 300 ? end.SipStatus : 480);
            _reply = null;
            // Who wished it has left already, and nobody took its place.
            if (_wishing?.State == LegState.Ended) OtherOf(_wishing)?.Do(new LegCommand.End(LegEnd.HungUp));
            _wishing = null;
        }
        else if (leg == _wishing) _reply = null;
        else if (leg == _caller || leg == _callee)
        {
            _target?.Do(new LegCommand.End(LegEnd.Cancelled));
            OtherOf(leg)?.Do(new LegCommand.End(leg == _caller && _callee?.State == LegState.Ringing ? LegEnd.Cancelled : end));
        }
    }

    /// <summary>The keys in a Refer-To: <c>tel:+1...</c>, <c>sip:4155550177@...</c>, with or without brackets.</summary>
    private static string NumberIn(string target)
    {
        var uri = target.Trim();
        if (uri.IndexOf('<', StringComparison.Ordinal) is var open and >= 0) uri = uri[(open + 1)..].Split('>')[0];
        var at = uri.IndexOf(':', StringComparison.Ordinal);
        return Uri.UnescapeDataString(uri[(at + 1)..].Split('@', ';', '?')[0]);
    }
}
