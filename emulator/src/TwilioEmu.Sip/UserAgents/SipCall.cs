using TwilioEmu.Sip.Dialogs;
using TwilioEmu.Sip.Digest;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transactions;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>A call with a SIP peer: its dialogs and the session they carry. What caller and called side have in common.</summary>
/// <remarks>Loop-confined. Commands to a call that is over do nothing.</remarks>
public abstract class SipCall
{
    private readonly Dictionary<DialogId, Dialog> _dialogs = [];
    private readonly SessionOffers _offers;
    private readonly SessionRefresh _refresh;
    private readonly Transfers _transfers;
    private DialogId? _current;
    private bool _isTold;

    private protected SipCall(SipEndpoint endpoint, DigestLogin? login, bool ownsCallId)
    {
        (Endpoint, Login, OwnsCallId) = (endpoint, login, ownsCallId);
        (_offers, _refresh, _transfers) = (new(this), new(this), new(this));
    }

    /// <summary>Call-ID on the wire.</summary>
    public abstract string CallId { get; }

    /// <summary>The dialog in which the call stands; null before there is one.</summary>
    public Dialog? Dialog => _current is { } id ? _dialogs.GetValueOrDefault(id) : null;

    /// <summary>Answered, and not over.</summary>
    public bool IsEstablished { get; private protected set; }

    public bool IsOver { get; private set; }

    internal SipEndpoint Endpoint { get; }

    internal DigestLogin? Login { get; }

    internal bool OwnsCallId { get; }

    internal SessionOffers Offers => _offers;

    internal SessionRefresh Refresh => _refresh;

    /// <summary>Ends the call, whatever state it is in.</summary>
    /// <param name="headers">For the BYE or CANCEL: <c>Reason</c>, <c>X-</c> headers.</param>
    public abstract void HangUp(DateTimeOffset now, IEnumerable<SipHeader>? headers = null);

    /// <summary>Offers another session: hold, resume, another address. The outcome is <see cref="SipOutput.SessionAnswered"/>.</summary>
    /// <returns>False while another offer is open, or the call is not answered.</returns>
    public bool Offer(ReadOnlyMemory<byte> sdp, DateTimeOffset now) => IsEstablished && !IsOver && _offers.TryOffer(sdp, now);

    /// <summary>Answers <see cref="SipOutput.SessionOffered"/>.</summary>
    public void AnswerOffer(ReadOnlyMemory<byte> sdp, DateTimeOffset now) => _offers.Answer(sdp, now);

    /// <summary>Refuses it: 488 for what cannot be done; the session stays as it was.</summary>
    public void RefuseOffer(int status, DateTimeOffset now) => _offers.Refuse(status, now);

    /// <summary>Sends an INFO; what the peer says to it is not told.</summary>
    public void Info(string contentType, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        if (!IsOver && Dialog is not null) Ask(SipMethods.Info, r => r.WithBody(contentType, body), Asked.Nobody, now);
    }

    /// <summary>Asks the peer to call somebody else (REFER). How it goes is <see cref="SipOutput.TransferProgressed"/>.</summary>
    public void Transfer(NameAddr target, DateTimeOffset now, IEnumerable<SipHeader>? headers = null)
    {
        if (IsEstablished && !IsOver) _transfers.Ask(target, headers, now);
    }

    /// <summary>Takes <see cref="SipOutput.TransferAsked"/> on (202), or refuses it with that status.</summary>
    public void AnswerTransfer(TransferAsk ask, int status, DateTimeOffset now) => _transfers.Answer(ask, status, now);

    /// <summary>Tells who asked for the transfer how it goes; a final status ends the telling.</summary>
    public void NotifyTransfer(TransferAsk ask, int status, DateTimeOffset now) => _transfers.Notify(ask, status, now);

    internal abstract void Cancelled(ServerTransaction invite, SipRequest cancel, DateTimeOffset now);

    internal abstract void Acknowledged(SipRequest ack, DateTimeOffset now);

    /// <summary>A request within one of the call's dialogs.</summary>
    internal virtual void Receive(ServerTransaction transaction, DateTimeOffset now)
    {
        var request = transaction.Request;
        var id = DialogId.OfIncoming(request);
        var dialog = _dialogs[id];
        if (!dialog.IsInOrder(request))
        {
            Endpoint.Respond(transaction, 500, now);
            return;
        }
        _dialogs[id] = dialog.WithRemoteSequence(request.CSeq.Number);
        switch (request.Method)
        {
            case SipMethods.Bye: HungUpByPeer(transaction, now); break;
            case SipMethods.Invite or SipMethods.Update: _offers.Receive(transaction, now); break;
            case SipMethods.Info:
                Endpoint.Respond(transaction, 200, now);
                Endpoint.Emit(new SipOutput.InfoCame(this, request));
                break;
            case SipMethods.Refer: _transfers.Receive(transaction, now); break;
            case SipMethods.Notify: _transfers.ReceiveNotify(transaction, now); break;
            case SipMethods.Options: Endpoint.Respond(transaction, Endpoint.Capabilities(request), now); break;
            default: Endpoint.Respond(transaction, 405, now, HeaderNames.Allow, Endpoint.Options.AllowLine); break;
        }
    }

    /// <summary>The peer's BYE, which in an early dialog ends an unanswered call, too (§15).</summary>
    private protected virtual void HungUpByPeer(ServerTransaction bye, DateTimeOffset now)
    {
        var request = bye.Request;
        Endpoint.Respond(bye, 200, now);
        End(new(SipEndKind.HungUp, 200, "", ByUs: false, request), now);
    }

    /// <summary>A request within the current dialog, challenges answered. 481 and silence end the call (§12.2.1.2).</summary>
    internal void Ask(string method, Func<SipRequest, SipRequest> shape, Asked asked, DateTimeOffset now) =>
        Ask(_current!.Value, method, shape, asked, now);

    internal void Ask(DialogId id, string method, Func<SipRequest, SipRequest> shape, Asked asked, DateTimeOffset now, int challenges = 0)
    {
        var (dialog, bare, hop) = _dialogs[id].NewRequest(method);
        _dialogs[id] = dialog;
        // SIPS or a name without host leads nowhere: the transport says so, and the request fails as any other.
        var request = shape(bare);
        Endpoint.Ask(request, hop, new Asked((response, at) => Responded(response, at), (isTimeout, at) =>
        {
            asked.Failed(isTimeout, at);
            if (method != SipMethods.Bye) End(new(isTimeout ? SipEndKind.TimedOut : SipEndKind.Unreachable, isTimeout ? 408 : 503, "",
                ByUs: false), at);
        }), now);

        void Responded(SipResponse response, DateTimeOffset at)
        {
            if (response.Status is 401 or 407 && Login is not null && challenges < OutgoingRequest.MaxChallenges && _dialogs.ContainsKey(id)
                && DigestClient.TryAnswer(request, response, Login, Endpoint.Tokens.Tag, out var headers))
            {
                var credentials = headers.Lines.Where(h => h.Is(HeaderNames.Authorization) || h.Is(HeaderNames.ProxyAuthorization))
                    .ToArray();
                Ask(id, method, r => shape(r) is var again ? again.WithHeaders(again.Headers.Without(HeaderNames.Authorization)
                    .Without(HeaderNames.ProxyAuthorization).With(credentials)) : r,
                    asked, at, challenges + 1);
                return;
            }
            asked.Responded(response, at);
            if (response.Status is 408 or 481 && method != SipMethods.Bye && !IsOver) Bye(null,
                new(SipEndKind.Broken, response.Status, response.Reason, ByUs: false, response), at);
        }
    }

    /// <summary>Hangs up by BYE in the current dialog; the end is told when it is answered, or when nothing answers.</summary>
    /// <remarks>
    /// Of a peer that already answers nothing it is told at once, as RFC 3261 §15.1.1 has it of all: not after 32 s more.
    /// </remarks>
    internal void Bye(IEnumerable<SipHeader>? headers, SipEnd end, DateTimeOffset now)
    {
        if (IsOver || Dialog is null) return;
        IsOver = true;
        Close();
        Ask(SipMethods.Bye, r => headers is null ? r : r.WithHeaders(r.Headers.With(headers)), new Asked(
            (response, at) => { if (response.IsFinal) Tell(end with { Message = end.Message ?? response }); },
            (_, _) => Tell(end)), now);
        if (end.Kind == SipEndKind.TimedOut) Tell(end);
    }

    /// <summary>The call is over: nothing more is sent.</summary>
    internal void End(SipEnd end, DateTimeOffset now)
    {
        if (!IsOver)
        {
            IsOver = true;
            Close();
        }
        _offers.Abandon(now);
        Tell(end);
    }

    internal void Put(Dialog dialog, bool isCurrent)
    {
        _dialogs[dialog.Id] = dialog;
        if (isCurrent) _current = dialog.Id;
        Endpoint.Attach(dialog.Id, this);
    }

    internal Dialog? Find(DialogId id) => _dialogs.GetValueOrDefault(id);

    internal void Drop(DialogId id)
    {
        _dialogs.Remove(id);
        Endpoint.Detach(id);
    }

    internal IEnumerable<DialogId> DialogIds => _dialogs.Keys;

    /// <summary>Timers stop.</summary>
    private protected virtual void Close()
    {
        IsEstablished = false;
        _refresh.Stop();
        _offers.Stop();
    }

    private void Tell(SipEnd end)
    {
        if (_isTold) return;
        _isTold = true;
        foreach (var id in _dialogs.Keys) Endpoint.Detach(id);
        Endpoint.Forget(this);
        Endpoint.Emit(new SipOutput.CallEnded(this, end));
    }
}
