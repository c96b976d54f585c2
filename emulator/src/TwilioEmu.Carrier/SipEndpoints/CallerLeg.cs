using TwilioEmu.Carrier.Switching;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>A SIP phone that called.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class CallerLeg(SipHost host, IncomingCall call, SipDomain domain, PartyAddress address, LegTracks tracks)
    : SipLeg(host, SipMedia.UseOf(domain), address, LegState.Dialling, tracks)
{
    /// <summary>The caller offered nothing, we did, and its ACK answers.</summary>
    private bool _awaitsAnswer;

    /// <summary>The answer that early media went with, and that the final one repeats (RFC 3261 §13.2.1).</summary>
    private (byte[] Answer, AudioAgreement Agreement)? _early;
    private bool _isAnswering;

    /// <summary>The caller's offer as it was read when it was judged; null where there is none.</summary>
    public SessionDescription? Offered { get; init; }

    protected override SipCall Standing => call;

    /// <summary>What a caller is refused with; what is no status for one is 480 (inferred).</summary>
    private int StatusOf(LegEnd why) => why switch
    {
        // <Reject>: "busy" is 486, "rejected" 404 (twilio.com/docs/voice/api/sip-twiml).
        { Kind: LegEndKind.Rejected, By: Side.Emulator } when Subscriber is null => 404,
        { SipStatus: >= 400 and not 487 } => why.SipStatus,
        _ => 480,
    };

    private IEnumerable<SipHeader> Names => GatewayHeaders.Of(CallSid, Subscriber is not null);

    protected override void Ended(SipCall ended, SipEnd end) => Finish(end.Kind switch
    {
        SipEndKind.HungUp or SipEndKind.Cancelled => end.ByUs ? LegEnd.Released : LegEnd.HungUp,
        SipEndKind.Refused => LegEnd.Answered(end.Status, end.Reason, Side.Emulator),
        // It did not acknowledge our answer, or did not refresh the session.
        SipEndKind.TimedOut when !call.IsEstablished && State == LegState.Answered =>
            new LegEnd(LegEndKind.Failed, end.Status, end.Reason, Side.Party) { Code = end.Reason == "No ACK" ? 32022 : 32011 },
        _ => new LegEnd(LegEndKind.Failed, end.Status, end.Reason, Side.Party),
    });

    /// <summary>The ACK came.</summary>
    public void Confirmed(SipRequest ack, DateTimeOffset now)
    {
        if (!_awaitsAnswer || Sound is not { } sound) return;
        _awaitsAnswer = false;
        if (sound.Offers.TryConclude(ack.Body.Span, out var agreement))
        {
            State = LegState.Answered;
            Connect(sound, agreement!);
            Tell(Answered(agreement!, call.Invite));
        }
        else call.HangUp(now, Goodbye());
    }

    /// <summary>180; with early media 183 and the answer, where the caller made an offer and there are ports.</summary>
    protected override void Ring(bool hasEarlyMedia, DateTimeOffset now)
    {
        if (State != LegState.Dialling || _isAnswering || _early is not null) return;
        if (!hasEarlyMedia || call.Invite.Body.IsEmpty || !TryOpenSound()
            || AnswerOffer(Sound!, out var answer, out var agreement) != 0)
        {
            call.Ring(180, now, headers: Names);
            return;
        }
        _early = (answer, agreement!);
        call.Ring(183, now, answer, Names);
        Connect(Sound!, agreement!);
    }

    protected override void Reagreed(SipCall call, byte[] answer, AudioAgreement agreement)
    {
        if (_early is not null) _early = (answer, agreement);
    }

    protected override void Answer(DateTimeOffset now)
    {
        if (State != LegState.Dialling || _isAnswering) return;
        if (Sound is null && !TryOpenSound())
        {
            call.Refuse(503, now, [new SipHeader(HeaderNames.RetryAfter, "5")]);
            return;
        }
        _isAnswering = true;
        var sound = Sound!;
        if (call.Invite.Body.IsEmpty)
        {
            _awaitsAnswer = true;
            call.Answer(sound.Offers.Offer(null), now, Names);
            return;
        }
        if (_early is not var (answer, agreement))
        {
            var refusal = AnswerOffer(sound, out answer, out var agreed);
            if (refusal != 0)
            {
                _isAnswering = false;
                call.Refuse(refusal, now, new SipRefusal(refusal, 32102, "Invalid or unsupported session description").Headers);
                return;
            }
            agreement = agreed!;
        }
        State = LegState.Answered;
        call.Answer(answer, now, Names);
        Connect(sound, agreement);
        Tell(Answered(agreement, call.Invite));
    }

    private int AnswerOffer(LiveSound sound, out byte[] answer, out AudioAgreement? agreement) => Offered is { } offered
        ? sound.Offers.Answer(offered, out answer, out agreement)
        : sound.Offers.Answer(call.Invite.Body.Span, out answer, out agreement);

    protected override void GiveUp(LegEnd why, DateTimeOffset now)
    {
        // Before the answer a status says why.
        if (State == LegState.Dialling && !_isAnswering) call.Refuse(
            StatusOf(why), now, why.By == Side.Emulator ? why.Headers.Select(h => new SipHeader(h.Key, h.Value)) : null);
        else call.HangUp(now, Goodbye(why));
    }
}
