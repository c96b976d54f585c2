using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Voice.Sound;

namespace TwilioEmu.Voice.Calls;

/// <summary>A leg that a trunk placed, to one of its targets or to whom a switch transfers: no call of its own.</summary>
/// <remarks>Loop-confined. Disposed, its sound is over; the leg itself ends by <see cref="End(LegEnd)"/>.</remarks>
internal sealed class TrunkLeg : ILegOwner, IDisposable
{
    private readonly CallServices _services;
    private readonly LiveCall _call;
    private readonly string _target;
    private ILeg? _leg;
    private LegMedia? _media;

    public TrunkLeg(CallServices services, LiveCall call, string target)
    {
        (_services, _call, _target) = (services, call, target);
        Connected = new Signal<bool>(services.World.Loop);
        Left = new Signal<bool>(services.World.Loop);
    }

    /// <summary>Completes when it is answered (true) or has ended unanswered (false).</summary>
    public Signal<bool> Connected { get; }

    public Signal<bool> Left { get; }

    /// <summary>How it ended; null while it stands.</summary>
    public LegEnd? Ending { get; private set; }

    public ICallMedia Media => _media!;

    /// <summary>Told when it rings, and whether it can be heard already.</summary>
    public Action<bool>? Progressed { get; set; }

    /// <summary>Takes the party's wish to be connected with somebody else; false leaves it undone.</summary>
    public Func<LegWish.Transfer, bool>? TransferAsked { get; set; }

    /// <summary>Calls it.</summary>
    /// <param name="line">What leads there.</param>
    /// <param name="caller">As it is shown.</param>
    /// <param name="order">The trunk's.</param>
    public void Place(IVoiceLine line, string caller, TrunkOrder order)
    {
        var record = _call.Record;
        var offer = new CallOffer(record.Account, record.Sid, PartyAddress.Read(caller), PartyAddress.Read(_target), _call.Cause)
        {
            Kind = OfferKind.Trunk,
            CallerHost = order.Domain is { Length: > 0 } domain ? domain : null,
            // The switch is told which of the account's numbers was called.
            Marks = order.IsOriginating && _call.Offer is { To.IsNumber: true } called
                ? called.Marks with { ForwardedFrom = called.To.Value }
                : CarrierMarks.None,
            DisplayName = caller == record.From ? record.CallerName : null,
            Reason = order.IsOriginating ? null : Reason(),
            // A telephone has no SRTP, and needs none.
            IsSecure = order.IsSecure && PartyAddress.Read(_target).Kind == AddressKind.Sip,
        };
        _leg = line.Place(offer, this);
        _media = new LegMedia(
            _services.World, _leg, new Transcript(_services.World, record.Account, record.Sid, _target, () => _call.Cause));
    }

    /// <summary>Why a switch calls, as it says in a header; 32115 for what is none, and the call goes on without (inferred).</summary>
    private string? Reason()
    {
        var asked = _call.Offer?.Headers.FirstOrDefault(h => h.Key.Equals(CallReasons.Header, StringComparison.OrdinalIgnoreCase)).Value;
        if (asked is null || CallReasons.IsValid(asked)) return asked;
        _services.Raise(
            _call.Record, 32115, $"{CallReasons.Header} header contains an invalid value: {CallReasons.Takes}", null, _call.Cause);
        return null;
    }

    public void End(LegEnd why) => _leg?.Do(new LegCommand.End(why));

    public void Told(ILeg leg, LegNews news)
    {
        switch (news)
        {
            case LegNews.Progressed(var hasEarlyMedia): Progressed?.Invoke(hasEarlyMedia); break;
            case LegNews.Answered: Connected.TrySet(true); break;
            case LegNews.Ended(var end):
                Ending = end;
                Connected.TrySet(false);
                Left.TrySet(true);
                break;
            // The trunk's side is what Insights has of a call to a switch.
            case LegNews.Measured measured: _call.Measured(measured); break;
            case LegNews.Warned(var code, var message): _services.Raise(_call.Record, code, message, null, _call.Cause); break;
            // Whom a trunk called by telephone has nobody else called by it.
            case LegNews.Asked(LegWish.Transfer transfer) when TransferAsked?.Invoke(transfer) != true: transfer.Reply.Answer(603); break;
        }
    }

    public void Dispose() => _media?.Close();
}
