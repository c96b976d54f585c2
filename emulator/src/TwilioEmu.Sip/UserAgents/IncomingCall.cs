using TwilioEmu.Sip.Dialogs;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.Transactions;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>A call to us: ringing, reliably where asked, the answer until it is acknowledged, CANCEL.</summary>
/// <remarks>RFC 3261 §13.3, RFC 3262. It stands (<see cref="SipCall.IsEstablished"/>) with the ACK.</remarks>
public sealed class IncomingCall : SipCall
{
    private readonly ServerTransaction _transaction;
    private readonly AnswerRepeater _answer;
    private readonly AnswerRepeater _provisional;
    private readonly Queue<SipResponse> _waiting = new();
    private Alarm? _ringing;
    private uint _nextNumber;
    private uint _number;
    private SipResponse? _delayedAnswer;
    private bool _isAnswered;
    private bool _hangsUpOnAck;
    private IEnumerable<SipHeader>? _goodbye;

    private IncomingCall(SipEndpoint endpoint, ServerTransaction transaction, string tag) : base(endpoint, null, ownsCallId: false)
    {
        (_transaction, LocalTag, Invite) = (transaction, tag, transaction.Request);
        (_answer, _provisional) = (new(endpoint), new(endpoint));
    }

    public override string CallId => Invite.CallId;

    public SipRequest Invite { get; }

    internal string LocalTag { get; }

    internal static bool TryBegin(SipEndpoint endpoint, ServerTransaction transaction, DateTimeOffset now, out IncomingCall call)
    {
        var invite = transaction.Request;
        call = new(endpoint, transaction, endpoint.Tokens.Tag());
        var target = endpoint.Contact(invite.Uri.User, transaction.Source.Transport, invite.Uri.IsSecure);
        if (!Dialogs.Dialog.TryOfRequest(invite, call.LocalTag, target, transaction.Source, out var dialog)) return false;
        transaction.User = call;
        call.Put(dialog, isCurrent: true);
        call.Offers.Begin(invite.Body.IsEmpty ? OfferState.Settled : OfferState.Asked, default);
        endpoint.Respond(transaction, SipResponses.To(invite, 100), now);
        call._ringing = endpoint.At(now + endpoint.Options.LongestRinging, call.RangTooLong);
        endpoint.Emit(new SipOutput.CallOffered(call, invite, transaction.Source));
        return true;
    }

    /// <summary>Tells how it goes: 180, 183 with early media, 181, 182. Reliably when the caller requires it, or
    /// <paramref name="reliably"/>
    /// and it can.</summary>
    public void Ring(int status, DateTimeOffset now, ReadOnlyMemory<byte> sdp = default, IEnumerable<SipHeader>? headers = null,
        bool reliably = false)
    {
        if (IsOver || _isAnswered || status is <= 100 or >= 200) return;
        var response = WithBody(Dressed(status, null).WithHeaders(headers), sdp);
        var canReliably = Invite.Headers.HasToken(HeaderNames.Require, ReliableProvisionals.OptionTag)
            || (reliably && Invite.Headers.HasToken(HeaderNames.Supported, ReliableProvisionals.OptionTag));
        if (!canReliably)
        {
            Endpoint.Respond(_transaction, response, now);
            return;
        }
        // One at a time: the next waits for the PRACK of the one before (RFC 3262 §3).
        _waiting.Enqueue(response);
        if (!_provisional.IsWaiting) SendReliably(now);
    }

    /// <summary>Answers. Repeated until the ACK; without one the call ends as timed out after 64*T1.</summary>
    /// <param name="sdp">The answer to the INVITE's offer, or an offer if it had none. Empty if a reliable 183 carried it.</param>
    public void Answer(ReadOnlyMemory<byte> sdp, DateTimeOffset now, IEnumerable<SipHeader>? headers = null)
    {
        if (IsOver || _isAnswered) return;
        _isAnswered = true;
        _ringing?.Cancel();
        Offers.Begin(Invite.Body.IsEmpty && !sdp.IsEmpty ? OfferState.Offered : OfferState.Settled, sdp);
        var timer = SessionTimer.OfRequest(Invite, Endpoint.Options.SessionInterval);
        var response = Dressed(200, null).WithHeader(HeaderNames.Supported, Endpoint.Options.SupportedLine)
            .WithHeaders(headers);
        if (timer is not null) response = response.WithHeaders(timer.WriteResponse(response.Headers));
        response = WithBody(response, sdp);
        _waiting.Clear();
        if (_provisional.IsWaiting) _delayedAnswer = response;
        else SendAnswer(response, now);
    }

    /// <summary>Refuses with 3xx to 6xx: 407 with a challenge, 486, 603.</summary>
    public void Refuse(int status, DateTimeOffset now, IEnumerable<SipHeader>? headers = null, string? reason = null)
    {
        if (IsOver || _isAnswered || status is < 300 or > 699) return;
        var response = SipResponses.To(Invite, status, reason, LocalTag).WithHeaders(headers);
        Endpoint.Respond(_transaction, response, now);
        End(new(SipEndKind.Refused, status, response.Reason, ByUs: true), now);
    }

    /// <summary>Before the answer a refusal with 480; after it BYE, but not before the ACK (§15).</summary>
    public override void HangUp(DateTimeOffset now, IEnumerable<SipHeader>? headers = null)
    {
        if (IsOver) return;
        if (!_isAnswered) Refuse(480, now, headers);
        else if (IsEstablished) Bye(headers, new(SipEndKind.HungUp, 200, "", ByUs: true), now);
        else (_hangsUpOnAck, _goodbye) = (true, headers);
    }

    internal override void Cancelled(ServerTransaction invite, SipRequest cancel, DateTimeOffset now)
    {
        if (invite != _transaction)
        {
            Offers.Cancelled(invite, now);
            return;
        }
        if (IsOver || _isAnswered) return;
        Endpoint.Respond(_transaction, SipResponses.To(Invite, 487, tag: LocalTag), now);
        End(new(SipEndKind.Cancelled, 487, SipResponses.ReasonOf(487), ByUs: false, cancel), now);
    }

    internal override void Acknowledged(SipRequest ack, DateTimeOffset now)
    {
        if (ack.CSeq.Number != Invite.CSeq.Number)
        {
            Offers.Acknowledged(ack);
            return;
        }
        if (!_answer.IsWaiting) return;
        _answer.Stop();
        IsEstablished = true;
        Offers.Settle();
        Refresh.Begin(SessionTimer.OfRequest(Invite, Endpoint.Options.SessionInterval), Invite, now);
        if (_hangsUpOnAck) Bye(_goodbye, new(SipEndKind.HungUp, 200, "", ByUs: true), now);
        else Endpoint.Emit(new SipOutput.CallConfirmed(this, ack));
    }

    internal override void Receive(ServerTransaction transaction, DateTimeOffset now)
    {
        if (transaction.Request.Method != SipMethods.Prack)
        {
            base.Receive(transaction, now);
            return;
        }
        var prack = transaction.Request;
        if (!_provisional.IsWaiting || !RAck.TryParse(prack.Headers[HeaderNames.RAck], out var rack)
            || rack != new RAck(_number, Invite.CSeq.Number, SipMethods.Invite))
        {
            Endpoint.Respond(transaction, 481, now);
            return;
        }
        Put(Dialog!.WithRemoteSequence(prack.CSeq.Number), isCurrent: true);
        _provisional.Stop();
        // An offer within a PRACK would be another session before there is one; it is refused, the response is acknowledged all the same.
        Endpoint.Respond(transaction, prack.Body.IsEmpty || Invite.Body.IsEmpty ? 200 : 488, now);
        if (_delayedAnswer is { } answer)
        {
            _delayedAnswer = null;
            SendAnswer(answer, now);
        }
        else if (_waiting.Count > 0) SendReliably(now);
    }

    /// <summary>It is over: the transaction, which stays for a while, keeps nothing of it.</summary>
    internal void LeaveTransaction() => _transaction.User = null;

    internal void ResponseFailed(bool isTimeout, DateTimeOffset now)
    {
        if (isTimeout || IsOver || IsEstablished) return;
        Endpoint.Drop(_transaction);
        End(new(SipEndKind.Unreachable, 503, SipResponses.ReasonOf(503), ByUs: false), now);
    }

    private protected override void HungUpByPeer(ServerTransaction bye, DateTimeOffset now)
    {
        if (!_isAnswered) Endpoint.Respond(_transaction, SipResponses.To(Invite, 487, tag: LocalTag), now);
        base.HungUpByPeer(bye, now);
    }

    private protected override void Close()
    {
        _ringing?.Cancel();
        _answer.Stop();
        _provisional.Stop();
        _waiting.Clear();
        base.Close();
    }

    private void SendReliably(DateTimeOffset now)
    {
        if (_nextNumber == 0) _nextNumber = Endpoint.Tokens.FirstRSeq();
        _number = _nextNumber++;
        var response = _waiting.Dequeue().WithHeader(HeaderNames.Require, ReliableProvisionals.OptionTag)
            .WithHeader(HeaderNames.RSeq, $"{_number}");
        if (!response.Body.IsEmpty) Offers.Settle();
        _provisional.Begin(_transaction, response, isCapped: false, now, at =>
        {
            _isAnswered = false;
            Refuse(504, at);
        });
    }

    private void SendAnswer(SipResponse response, DateTimeOffset now) => _answer.Begin(_transaction, response, isCapped: true, now, at =>
        Bye(null, new(SipEndKind.TimedOut, 408, "No ACK", ByUs: true), at));

    private void RangTooLong(DateTimeOffset now) => Refuse(480, now);

    /// <summary>A response that makes a dialog carries Record-Route back, and our Contact (§12.1.1).</summary>
    private SipResponse Dressed(int status, string? reason)
    {
        var response = SipResponses.To(Invite, status, reason, LocalTag)
            .WithHeaders(Invite.Headers.Lines.Where(h => h.Is(HeaderNames.RecordRoute)));
        return response.WithHeader(HeaderNames.Contact, $"<{Dialog!.LocalTarget}>")
            .WithHeader(HeaderNames.Allow, Endpoint.Options.AllowLine);
    }

    private static SipResponse WithBody(SipResponse response, ReadOnlyMemory<byte> sdp) => sdp.IsEmpty ? response
        : response.WithBody(SdpWriter.ContentType, sdp);
}
