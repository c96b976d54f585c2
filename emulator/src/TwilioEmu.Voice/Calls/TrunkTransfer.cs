using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Voice.Verbs.Referring;

namespace TwilioEmu.Voice.Calls;

/// <summary>A switch's wish that the telephone it talks to be connected with somebody else (REFER), within one bridge of a trunk.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/sip-trunking/call-transfer: blind ones alone. 1. What <c>TransferMode</c> does not allow is declined
/// (32218): to <c>tel:+1...</c>, or to a number at the trunk's own domain, it takes <c>enable-all</c>, to other SIP addresses
/// <c>sip-only</c> as well; 2. 202, and the target is called, shown the one that <c>TransferCallerId</c> says; 3. answered, it takes the
/// switch's place, which is told 200 and hung up on; else the switch is told why, and the call goes on. A switch that leaves meanwhile lets
/// it go on, too.
/// </remarks>
internal sealed class TrunkTransfer
{
    private readonly CallServices _services;
    private readonly LiveCall _call;
    private readonly TrunkOrder _order;
    private readonly TrunkLeg _far;
    private Signal<TrunkLeg?>? _outcome;
    private bool _isClosed;

    public TrunkTransfer(CallServices services, LiveCall call, TrunkOrder order, TrunkLeg far)
    {
        (_services, _call, _order, _far) = (services, call, order, far);
        Reached = new Signal<TrunkLeg>(services.World.Loop);
        if (order.IsOriginating) far.TransferAsked = Take;
        else call.TransferAsked = Take;
    }

    /// <summary>Completes when a target has answered.</summary>
    public Signal<TrunkLeg> Reached { get; }

    /// <summary>No more wishes are taken.</summary>
    /// <returns>The target, once it answers; null when there is none, or who is transferred has left.</returns>
    public async Task<TrunkLeg?> CloseAsync()
    {
        _isClosed = true;
        if (_outcome is not { } outcome) return null;
        Task left = _order.IsOriginating ? _call.Over.Task : _far.Left.Task;
        return await Task.WhenAny(outcome.Task, left) == outcome.Task ? await outcome.Task : null;
    }

    private bool Take(LegWish.Transfer wish)
    {
        _services.World.Journal.Write(
            _call.Record.Account, ReferEntries.Wished, _call.Record.Sid, _call.Cause, ("target", wish.Target), ("by", _order.Sid));
        var (number, uri, replaces) = SipAddresses.TargetOf(wish.Target);
        if (uri is not null && SipAddresses.PartsOf(uri) is var (user, host)
            && host.Equals(_order.Domain, StringComparison.OrdinalIgnoreCase))
        {
            number = user;
        }
        // 1. May it be?
        var (status, why) =
            _isClosed || _outcome is { IsSet: false } ? (491, "another transfer is on its way")
            : _order.Transfers == TrunkTransfers.None
                ? (603, $"the trunk {_order.Sid} follows no transfers: set its TransferMode to enable-all or sip-only")
            : replaces ? (603, $"an attended transfer (Replaces) was asked of the trunk {_order.Sid}, which follows blind ones alone")
            : number is null && uri is null ? (400, $"{wish.Target} is neither tel: nor sip:")
            : number is not null && _order.Transfers != TrunkTransfers.All ? (
                603,
                $"the trunk {_order.Sid} transfers to SIP addresses alone, and {number} is a number: set its TransferMode to enable-all")
            : (202, "");
        wish.Reply.Answer(status);
        if (status == 202)
        {
            var outcome = _outcome = new Signal<TrunkLeg?>(_services.World.Loop);
            _services.World.Loop.Start(() => FollowAsync(wish, number ?? uri!, outcome));
        }
        else _services.Raise(_call.Record, 32218, why, null, _call.Cause);
        return true;
    }

    /// <summary>2. and 3.</summary>
    private async Task FollowAsync(LegWish.Transfer wish, string target, Signal<TrunkLeg?> outcome)
    {
        if (_services.Exchange.VoiceLine(PartyAddress.Read(target)) is not { } line)
        {
            wish.Reply.Tell(404);
            outcome.TrySet(null);
            return;
        }
        var leg = new TrunkLeg(_services, _call, target) { Progressed = _ => wish.Reply.Tell(180) };
        leg.Place(line, Caller, _order);
        Task left = _order.IsOriginating ? _call.Over.Task : _far.Left.Task;
        if (await Task.WhenAny(leg.Connected.Task, left) == left)
        {
            leg.End(LegEnd.Cancelled);
            leg.Dispose();
            outcome.TrySet(null);
            return;
        }
        if (!await leg.Connected.Task)
        {
            wish.Reply.Tell(leg.Ending is { SipStatus: >= 300 and var why } ? why : 503);
            leg.Dispose();
            outcome.TrySet(null);
            return;
        }
        wish.Reply.Tell(200);
        outcome.TrySet(leg);
        Reached.TrySet(leg);
    }

    /// <summary>Whom the target sees: the switch's number, or that of who is transferred.</summary>
    private string Caller =>
        _order.IsOriginating != _order.ShowsTransferor ? _order.From
            : _call.Offer?.To is { IsNumber: true } dialled ? dialled.Value
            : _order.To;
}
