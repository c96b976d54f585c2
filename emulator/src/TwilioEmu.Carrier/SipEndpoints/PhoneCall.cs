using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>A call from one phone of the carrier's to another, which no app takes part in: two legs back to back.</summary>
/// <remarks>
/// Loop-confined. Each hears the other from the answer on, or from the callee's early media on. Whatever ends one leg ends the other: a refusal is
/// passed on as it came. Transfers are declined, for there is nobody who would say where to.
/// </remarks>
internal sealed class PhoneCall(World world, ILeg caller) : ILegOwner
{
    private ILeg? _callee;
    private bool _isJoined;

    /// <summary>Calls the other phone.</summary>
    public void Begin(IVoiceLine line, CallOffer offer) => _callee = line.Place(offer, this);

    public void Told(ILeg leg, LegNews news)
    {
        switch (news)
        {
            case LegNews.Progressed(var hasEarlyMedia) when leg == _callee:
                caller.Do(new LegCommand.Ring(hasEarlyMedia));
                if (hasEarlyMedia) Join();
                break;
            case LegNews.Answered when leg == _callee:
                Join();
                caller.Do(new LegCommand.Answer());
                break;
            case LegNews.Asked(LegWish.Transfer transfer): transfer.Reply.Answer(603); break;
            case LegNews.Ended(var end): (leg == caller ? _callee : caller)?.Do(new LegCommand.End(leg == caller && _callee?.State == LegState.Ringing ? LegEnd.Cancelled : end)); break;
        }
    }

    private void Join()
    {
        if (_isJoined) return;
        _isJoined = true;
        var now = world.Clock.GetUtcNow();
        caller.ToParty.Put(new Cue(now, Lanes.Main, new Source.Of(_callee!.FromParty)));
        _callee.ToParty.Put(new Cue(now, Lanes.Main, new Source.Of(caller.FromParty)));
    }
}
