using TwilioEmu.Carrier.Switching;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>A SIP phone that called.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class CallerLeg(SipHost host, IncomingCall call, PartyAddress address, LegTracks tracks) : SipLeg(host, address, LegState.Dialling, tracks)
{
    /// <summary>What we offered to a caller that offered nothing; its ACK answers.</summary>
    private SessionDescription? _offer;

    public override void Ended(SipCall ended, SipEnd end) => Finish(end.Kind switch
    {
        SipEndKind.HungUp or SipEndKind.Cancelled => end.ByUs ? LegEnd.Released : LegEnd.HungUp,
        SipEndKind.Refused => LegEnd.Answered(end.Status, end.Reason, Side.Emulator),
        _ => new LegEnd(LegEndKind.Failed, end.Status, end.Reason, Side.Party),
    });

    /// <summary>The ACK came.</summary>
    public void Confirmed(SipRequest ack, DateTimeOffset now)
    {
        if (_offer is not { } offer || Sound is not { } sound) return;
        _offer = null;
        if (SdpReader.TryRead(ack.Body.Span, out var answer, out _)
            && AudioNegotiation.Conclude(offer, answer, sound.Terms, out var agreement) == AudioRefusal.None)
        {
            State = LegState.Answered;
            Connect(sound, agreement!);
            Tell(Answered(agreement!, call.Invite));
        }
        else call.HangUp(now);
    }

    protected override void Ring(DateTimeOffset now)
    {
        if (State == LegState.Dialling) call.Ring(180, now);
    }

    protected override void Answer(DateTimeOffset now)
    {
        if (State != LegState.Dialling || Sound is not null) return;
        if (!TryOpenSound())
        {
            call.Refuse(503, now, [new SipHeader(HeaderNames.RetryAfter, "5")]);
            return;
        }
        var sound = Sound!;
        if (call.Invite.Body.IsEmpty)
        {
            _offer = AudioNegotiation.Offer(sound.Terms);
            call.Answer(SdpWriter.Write(_offer), now);
            return;
        }
        var refusal = Negotiate(call.Invite, sound.Terms, out var answer, out var agreement);
        if (refusal != 0)
        {
            call.Refuse(refusal, now, new SipRefusal(refusal, 32102, "Invalid or unsupported session description").Headers);
            return;
        }
        State = LegState.Answered;
        call.Answer(answer, now);
        Connect(sound, agreement!);
        Tell(Answered(agreement!, call.Invite));
    }

    protected override void GiveUp(LegEnd why, DateTimeOffset now)
    {
        // Before the answer a status says why; what is none for a caller is 480 (inferred).
        if (State == LegState.Dialling && Sound is null) call.Refuse(why.SipStatus is >= 400 and not 487 ? why.SipStatus : 480, now);
        else call.HangUp(now);
    }

    protected override void Info(string contentType, byte[] body, DateTimeOffset now) => call.Info(contentType, body, now);
}
