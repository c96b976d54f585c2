using TwilioEmu.Carrier.Switching;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>A SIP phone that is called: at all the places it registered from at once, the first answer wins.</summary>
/// <remarks>
/// Loop-confined. Every branch has its own INVITE with the same offer; the losers get a CANCEL (RFC
/// 3261 §16.7 for which refusal counts). The first branch with early media is heard until one answers.
/// </remarks>
internal sealed class CalleeLeg(
    SipHost host, SrtpUse use, PartyAddress address, LegTracks tracks) : SipLeg(host, use, address, LegState.Ringing, tracks)
{
    private readonly List<OutgoingCall> _branches = [];
    private OutgoingCall? _answered;
    private (OutgoingCall Call, AudioAgreement Agreement, bool IsChanged)? _early;
    private (SipEnd End, string CallId)? _best;
    private LegEnd? _why;
    private bool _hasRung;

    protected override SipCall? Standing => _answered;

    /// <summary>Sends the INVITEs. A turn of its own.</summary>
    /// <param name="termsOf">Whom to call, given the offer's bytes.</param>
    public void Begin(Func<byte[], IEnumerable<OutgoingCallTerms>> termsOf, DateTimeOffset now)
    {
        if (State == LegState.Ended) return;
        if (!TryOpenSound())
        {
            Finish(LegEnd.Answered(503, "no port for the sound is left", Side.Emulator));
            return;
        }
        foreach (var terms in termsOf(Sound!.Offers.Offer(null)).ToList())
        {
            var call = Host.Call(terms, this, now);
            if (!call.IsOver) _branches.Add(call);
        }
        if (_branches.Count == 0) Finish(new LegEnd(LegEndKind.Failed, 503, "no way leads to it", Side.Party) { Code = 32011 });
        else Tell(new LegNews.Placed(_branches[0].CallId));
    }

    /// <summary>An address of a branch's target failed, and the next one is tried: what was heard by the one before is no longer.</summary>
    public void Rerouted(SipOutput.CallRerouted told)
    {
        if (_early is { } early && early.Call == told.Call) _early = null;
        Host.Write(
            SipEntries.Rerouted, Address.ToString(), ("call_sid", CallSid), ("failed", told.Failed.ToString()), ("status", told.Status),
            ("next", told.Next.ToString()));
    }

    /// <summary>It is over before it began.</summary>
    public void Fail(LegEnd end) => Finish(end);

    /// <summary>A branch rings, or can be heard already.</summary>
    public void Progressed(OutgoingCall call, SipResponse response)
    {
        if (State != LegState.Ringing || _answered is not null || response.Status < 180) return;
        var hasEarlyMedia = _early is null && !response.Body.IsEmpty && TryAgree(response, out var agreement)
            && agreement!.Direction.HasFlag(MediaDirection.ReceiveOnly)
            && (_early = (call, agreement, IsChanged: false)) is not null;
        if (hasEarlyMedia) Connect(Sound!, _early!.Value.Agreement);
        if (_hasRung && !hasEarlyMedia) return;
        _hasRung = true;
        Tell(new LegNews.Progressed(hasEarlyMedia));
    }

    /// <summary>A branch answered.</summary>
    public void Answered(OutgoingCall call, SipResponse response, DateTimeOffset now)
    {
        if (_answered is not null || State != LegState.Ringing || Sound is not { } sound)
        {
            call.HangUp(now, Goodbye());
            return;
        }
        _answered = call;
        foreach (var other in _branches.Where(b => b != call).ToList()) other.HangUp(now, [GatewayHeaders.AnsweredElsewhere]);
        // A reliable provisional response may have brought the answer already (RFC 3262 §5), and an UPDATE a later session (RFC 3311).
        var agreement = _early is { } early && early.Call == call && (early.IsChanged || response.Body.IsEmpty) ? early.Agreement
            : TryAgree(response, out var agreed) ? agreed
            : null;
        if (agreement is null)
        {
            _why = new LegEnd(LegEndKind.Failed, 488, "its answer does not fit what was offered", Side.Party) { Code = 32011 };
            call.HangUp(now, Goodbye());
            return;
        }
        State = LegState.Answered;
        Connect(sound, agreement);
        Tell(Answered(agreement, response));
    }

    protected override void Ended(SipCall call, SipEnd end)
    {
        _branches.RemoveAll(b => b == call);
        if (_answered is not null)
        {
            if (call == _answered)
            {
                Finish(_why
                    ?? (end.Kind == SipEndKind.HungUp ? end.ByUs ? LegEnd.Released : LegEnd.HungUp : MeaningOf(end)) with
                    {
                        Headers = Headers(end),
                    });
            }
            return;
        }
        if (_best is not { } before || Rank(end) < Rank(before.End)) _best = (end, call.CallId);
        if (_branches.Count > 0 || _best is not var (best, id)) return;
        Finish(_why ?? MeaningOf(best) with { Headers = Headers(best), SipCallId = id });
    }

    protected override void GiveUp(LegEnd why, DateTimeOffset now)
    {
        _why ??= why;
        if (_branches.Count == 0) Finish(why);
        else foreach (var branch in _branches.ToList()) branch.HangUp(now, Goodbye(why));
    }

    protected override void Reagreed(SipCall call, byte[] answer, AudioAgreement agreement)
    {
        if (_answered is null && call is OutgoingCall branch) _early = (branch, agreement, IsChanged: true);
    }

    private bool TryAgree(SipResponse response, out AudioAgreement? agreement) =>
        Sound!.Offers.TryConclude(response.Body.Span, out agreement);

    private static IReadOnlyList<KeyValuePair<string, string>> Headers(SipEnd end) =>
        end.Message is { } message ? SipHeaderRules.Passed(message.Headers) : [];

    /// <summary>
    /// The end, and the debugger's word for it: 13224 for a number that is none
    /// there, 32011 for trouble with the endpoint (error dictionary).
    /// </summary>
    private static LegEnd MeaningOf(SipEnd end) => end.Kind switch
    {
        SipEndKind.Refused => LegEnd.Answered(end.Status, end.Reason, Side.Party) with { Code = CodeOf(end.Status) },
        SipEndKind.TimedOut => LegEnd.Answered(408, "no answer to the INVITE", Side.Party) with { Code = 32011 },
        _ => new LegEnd(LegEndKind.Failed, end.Status, end.Reason, Side.Party) { Code = 32011 },
    };

    private static int CodeOf(int status) => status switch
    {
        400 or 404 or 410 or 484 or 604 => 13224,
        >= 300 and < 400 => 32219,
        480 or 486 or 487 or 600 or 603 => 0,
        _ => 32011,
    };

    /// <summary>6xx first, then the lowest class, but a busy or declining phone before one that is not there.</summary>
    private static int Rank(SipEnd end) =>
        end.Status >= 600 ? 0
            : end.Status is 486 ? 1
            : end.Status < 400 ? 2
            : end.Status < 500 && end.Status is not (404 or 408 or 480 or 481) ? 3
            : end.Status < 500 ? 4
            : 5;
}
