using TwilioEmu.Sip.Dialogs;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transactions;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>Offers within a standing call, ours and the peer's: re-INVITE (RFC 3261 §14), UPDATE (RFC 3311), glare, refresh.</summary>
internal sealed class SessionOffers(SipCall call)
{
    private readonly AnswerRepeater _repeater = new(call.Endpoint);
    private OfferState _state;
    private ServerTransaction? _asked;
    private ReadOnlyMemory<byte> _local;
    private Alarm? _again;
    private (uint Sequence, SipRequest Ack, Transports.Hop Hop)? _ack;
    private uint _unacknowledged;

    private SipEndpoint Endpoint => call.Endpoint;

    /// <summary>Where the first INVITE's offer stands, and what we described with it.</summary>
    public void Begin(OfferState state, ReadOnlyMemory<byte> sdp)
    {
        _state = state;
        Described(sdp);
    }

    /// <summary>The open offer was answered.</summary>
    public void Settle() => _state = OfferState.Settled;

    public bool TryOffer(ReadOnlyMemory<byte> sdp, DateTimeOffset now)
    {
        if (_state != OfferState.Settled || _again is not null || _repeater.IsWaiting) return false;
        SendOffer(sdp, isRefresh: false, now);
        return true;
    }

    /// <summary>An UPDATE without offer where the peer takes it, else a re-INVITE with the session as it is (RFC 4028 §7.4).</summary>
    public void Refresh(bool byUpdate, DateTimeOffset now)
    {
        if (call.IsOver || call.Refresh.Timer is not { } timer) return;
        if (_state != OfferState.Settled || _repeater.IsWaiting) call.Refresh.Begin(timer with { Interval = TimeSpan.FromSeconds(4) },
            Nothing, now);
        else if (!byUpdate) SendOffer(_local, isRefresh: true, now);
        else
            call.Ask(SipMethods.Update, r => Dressed(r), new Asked((response, at) =>
            {
                if (response.IsSuccess) Refreshed(response, at);
                else if (response.Status is 405 or 501) SendOffer(_local, isRefresh: true, at);
            }, static (_, _) => { }), now);
    }

    /// <summary>A re-INVITE or UPDATE of the peer.</summary>
    public void Receive(ServerTransaction transaction, DateTimeOffset now)
    {
        var request = transaction.Request;
        var isOffer = request.Method == SipMethods.Invite || !request.Body.IsEmpty;
        if (isOffer && request.Method == SipMethods.Invite && (_repeater.IsWaiting || !call.IsEstablished)) RefuseAsTooSoon(transaction,
            now);
        else if (isOffer && OfferAnswer.Judge(_state) is var verdict && verdict != OfferVerdict.Take)
        {
            if (verdict == OfferVerdict.Glare) Endpoint.Respond(transaction, 491, now);
            else RefuseAsTooSoon(transaction, now);
        }
        else
        {
            call.Put(call.Find(DialogId.OfIncoming(request))!.Refreshed(request), isCurrent: false);
            if (!isOffer)
            {
                Succeed(transaction, default, now);
                return;
            }
            (_state, _asked) = (OfferState.Asked, transaction);
            transaction.User = call;
            if (request.Method == SipMethods.Invite) Endpoint.Respond(transaction, SipResponses.To(request, 100), now);
            Endpoint.Emit(new SipOutput.SessionOffered(call, request));
        }
    }

    public void Answer(ReadOnlyMemory<byte> sdp, DateTimeOffset now)
    {
        if (_asked is not { } transaction || call.IsOver) return;
        // Who offers nothing asks for our offer, and its ACK answers (RFC 3261 §14.2).
        (_state, _asked) = (transaction.Request.Body.IsEmpty ? OfferState.Offered : OfferState.Settled, null);
        Described(sdp);
        Succeed(transaction, sdp, now);
    }

    public void Refuse(int status, DateTimeOffset now)
    {
        if (_asked is not { } transaction) return;
        (_state, _asked) = (OfferState.Settled, null);
        Endpoint.Respond(transaction, status, now);
    }

    /// <summary>CANCEL of a re-INVITE: the session stays as it was (§14.1).</summary>
    public void Cancelled(ServerTransaction invite, DateTimeOffset now)
    {
        if (_asked == invite) Refuse(487, now);
    }

    /// <summary>An ACK came: of an answer of ours within the call, perhaps.</summary>
    public void Acknowledged(SipRequest ack)
    {
        if (!_repeater.IsWaiting || ack.CSeq.Number != _unacknowledged) return;
        _repeater.Stop();
        if (_state != OfferState.Offered) return;
        _state = OfferState.Settled;
        Endpoint.Emit(new SipOutput.SessionConfirmed(call, ack));
    }

    /// <summary>A peer that waits for our word is not left waiting.</summary>
    public void Abandon(DateTimeOffset now) => Refuse(487, now);

    public void Stop()
    {
        _repeater.Stop();
        _again?.Cancel();
        _again = null;
    }

    /// <summary>The session as we last described it: what a refresh by re-INVITE says again.</summary>
    private void Described(ReadOnlyMemory<byte> sdp)
    {
        if (!sdp.IsEmpty) _local = sdp;
    }

    private static SipResponse Nothing { get; } = new(200, "", SipHeaders.Empty, default);

    private void RefuseAsTooSoon(ServerTransaction transaction, DateTimeOffset now) =>
        Endpoint.Respond(transaction, 500, now, HeaderNames.RetryAfter, $"{Endpoint.Tokens.Chance() % 11}");

    private void Succeed(ServerTransaction transaction, ReadOnlyMemory<byte> sdp, DateTimeOffset now)
    {
        var request = transaction.Request;
        var response = SipResponses.To(request, 200).WithHeader(HeaderNames.Contact, $"<{call.Dialog!.LocalTarget}>")
            .WithHeader(HeaderNames.Allow, Endpoint.Options.AllowLine);
        var timer = SessionTimer.OfRequest(request, call.Refresh.Timer?.Interval);
        if (timer is not null) response = response.WithHeaders(timer.WriteResponse(response.Headers));
        if (!sdp.IsEmpty) response = response.WithBody(Sdp.SdpWriter.ContentType, sdp);
        call.Refresh.Begin(timer, request, now);
        if (request.Method != SipMethods.Invite)
        {
            Endpoint.Respond(transaction, response, now);
            return;
        }
        _unacknowledged = request.CSeq.Number;
        _repeater.Begin(transaction, response, isCapped: true, now, at =>
            call.Bye(null, new(SipEndKind.TimedOut, 408, "No ACK", ByUs: true), at));
    }

    private void SendOffer(ReadOnlyMemory<byte> sdp, bool isRefresh, DateTimeOffset now)
    {
        _state = OfferState.Offered;
        call.Ask(SipMethods.Invite, r => sdp.IsEmpty ? Dressed(r) : Dressed(r).WithBody(Sdp.SdpWriter.ContentType, sdp),
            new Asked((response, at) => Responded(response, sdp, isRefresh, at), (_, at) => Told(null, isRefresh)), now);
    }

    private void Responded(SipResponse response, ReadOnlyMemory<byte> sdp, bool isRefresh, DateTimeOffset now)
    {
        if (response.IsProvisional) return;
        if (response.IsSuccess)
        {
            // A 2xx that comes again gets the same ACK again.
            if (_ack is { } last && last.Sequence == response.CSeq.Number)
            {
                Endpoint.Send(last.Hop, last.Ack);
                return;
            }
            if (call.Dialog is not { } dialog) return;
            call.Put(dialog.Refreshed(response), isCurrent: true);
            var (_, ack, hop) = call.Dialog!.NewRequest(SipMethods.Ack, response.CSeq.Number);
            _ack = (response.CSeq.Number, Endpoint.SendAck(ack, hop), hop);
            Described(sdp);
            _state = OfferState.Settled;
            if (call.IsOver) return;
            Refreshed(response, now);
            Told(response, isRefresh);
        }
        else if (response.Status == 491 && !call.IsOver)
        {
            _state = OfferState.Settled;
            _again = Endpoint.At(now + OfferAnswer.RetryAfterGlare(call.OwnsCallId, Endpoint.Tokens.Chance()), at =>
            {
                _again = null;
                if (_state == OfferState.Settled && !_repeater.IsWaiting) SendOffer(sdp, isRefresh, at);
                else Told(response, isRefresh);
            });
        }
        else Told(response, isRefresh);
    }

    private void Told(SipResponse? response, bool isRefresh)
    {
        if (_state == OfferState.Offered) _state = OfferState.Settled;
        if (!isRefresh && !call.IsOver) Endpoint.Emit(new SipOutput.SessionAnswered(call, response));
    }

    private void Refreshed(SipResponse response, DateTimeOffset now) =>
        call.Refresh.Begin(SessionTimer.OfResponse(response, call.Refresh.Timer?.Interval), response, now);

    private SipRequest Dressed(SipRequest request)
    {
        var headers = request.Headers.With(HeaderNames.Contact, $"<{call.Dialog!.LocalTarget}>")
            .With(HeaderNames.Allow, Endpoint.Options.AllowLine).With(HeaderNames.Supported, SessionTimer.OptionTag);
        return request.WithHeaders(call.Refresh.Timer is { } timer ? SessionTimer.WriteRequest(headers, timer.Interval, timer.WeRefresh)
            : headers);
    }
}
