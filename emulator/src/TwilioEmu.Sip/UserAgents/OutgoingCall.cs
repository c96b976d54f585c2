using TwilioEmu.Sip.Dialogs;
using TwilioEmu.Sip.Digest;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.Transactions;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>A call of ours: the INVITE, its forks, early media, challenges, CANCEL.</summary>
/// <remarks>
/// RFC 3261 §13.2. The first 2xx makes the call; one of another fork is acknowledged and hung up at once. 401, 407 and 422 are answered by
/// the same
/// INVITE with what was asked for. Redirections (3xx) are refusals that the host may follow. Where the target has several ways, a way that
/// fails (no transport, 503, no sign of life in 64*T1) leaves the call to the next one (RFC 3263 §4.3).
/// </remarks>
public sealed class OutgoingCall : SipCall
{
    private readonly OutgoingCallTerms _terms;
    private readonly string _localTag;
    private readonly Dictionary<string, (SipRequest? Ack, Hop Hop)> _acks = [];
    private readonly Dictionary<DialogId, uint> _reliable = [];
    private ClientTransaction? _invite;
    private Hop _hop;
    private int _way;
    private TimeSpan? _interval;
    private TimeSpan _shortest = SessionTimer.ShortestInterval;
    private SipHeaders _credentials = SipHeaders.Empty;
    private uint _sequence;
    private int _challenges;
    private bool _hasProvisional;
    private bool _isCancelled;
    private IEnumerable<SipHeader>? _goodbye;

    internal OutgoingCall(SipEndpoint endpoint, OutgoingCallTerms terms) : base(endpoint, terms.Login, ownsCallId: true)
    {
        (_terms, CallId, _localTag, _interval) = (terms, endpoint.NewCallId(), endpoint.Tokens.Tag(), endpoint.Options.SessionInterval);
    }

    public override string CallId { get; }

    internal void Begin(DateTimeOffset now)
    {
        var next = _terms.Routes is [var first, ..] ? first.Uri : _terms.Target;
        if (_terms.Hop is { } told) _hop = told;
        else if (_terms.Ways is [var nearest, ..]) _hop = nearest;
        else if (!Hop.TryOf(next, out _hop))
        {
            End(new(SipEndKind.Unreachable, 503, "No Way To Target", ByUs: false), now);
            return;
        }
        Offers.Begin(_terms.Offer.IsEmpty ? OfferState.Settled : OfferState.Offered, _terms.Offer);
        Invite(now);
    }

    /// <summary>Answers an answer that offered: the INVITE had no body, the 2xx had.</summary>
    public void Acknowledge(ReadOnlyMemory<byte> sdp, DateTimeOffset now)
    {
        if (Dialog is not { } dialog || !_acks.TryGetValue(dialog.Id.RemoteTag ?? "", out var sent) || sent.Ack is not null) return;
        Offers.Begin(OfferState.Settled, sdp);
        SendAck(dialog, sdp);
    }

    public override void HangUp(DateTimeOffset now, IEnumerable<SipHeader>? headers = null)
    {
        if (IsOver || _isCancelled) return;
        if (IsEstablished)
        {
            if (Dialog is { } dialog && _acks.TryGetValue(dialog.Id.RemoteTag ?? "", out var sent) && sent.Ack is null) SendAck(dialog,
                default);
            Bye(headers, new(SipEndKind.HungUp, 200, "", ByUs: true), now);
            return;
        }
        (_isCancelled, _goodbye) = (true, headers);
        // §9.1: not before the other end has said that it knows of the INVITE; timer B ends the waiting.
        if (_hasProvisional) SendCancel(now);
    }

    internal override void Cancelled(ServerTransaction invite, SipRequest cancel, DateTimeOffset now) => Offers.Cancelled(invite, now);

    internal override void Acknowledged(SipRequest ack, DateTimeOffset now) => Offers.Acknowledged(ack);

    private protected override void HungUpByPeer(ServerTransaction bye, DateTimeOffset now)
    {
        // A BYE of one fork while others may answer ends that fork alone.
        if (IsEstablished || DialogIds.Count() == 1)
        {
            if (!IsEstablished && _invite is not null) Endpoint.Drop(_invite);
            base.HungUpByPeer(bye, now);
            return;
        }
        var id = DialogId.OfIncoming(bye.Request);
        Endpoint.Respond(bye, 200, now);
        Drop(id);
    }

    private void Invite(DateTimeOffset now)
    {
        var isSecure = _terms.Target.IsSecure;
        var contact = Endpoint.Contact(_terms.From.Uri.User, _hop.Transport, isSecure);
        var headers = SipHeaders.Empty.With(HeaderNames.MaxForwards, "70");
        foreach (var route in _terms.Routes) headers = headers.With(HeaderNames.Route, route.ToString());
        headers = headers.With(HeaderNames.From, _terms.From.WithTag(_localTag).ToString())
            .With(HeaderNames.To, (_terms.To ?? new NameAddr(_terms.Target with { Headers = null })).ToString())
            .With(HeaderNames.CallId, CallId).With(HeaderNames.CSeq, new CSeq(++_sequence, SipMethods.Invite).ToString())
                .With(HeaderNames.Contact, $"<{contact}>")
            .With(HeaderNames.Allow, Endpoint.Options.AllowLine).With(HeaderNames.Supported, Endpoint.Options.SupportedLine);
        if (_interval is { } interval)
            headers = headers.With(HeaderNames.SessionExpires, $"{(long)interval.TotalSeconds}")
                .With(HeaderNames.MinSE, $"{(long)_shortest.TotalSeconds}");
        headers = headers.With(_credentials.Lines).With(_terms.Headers.Lines);
        var request = new SipRequest(SipMethods.Invite, _terms.Target with { Headers = null }, headers, default);
        if (!_terms.Offer.IsEmpty) request = request.WithBody(SdpWriter.ContentType, _terms.Offer);
        _hasProvisional = false;
        _invite = Endpoint.Ask(request, _hop, new Asked(Responded, Failed), now);
    }

    private void Responded(SipResponse response, DateTimeOffset now)
    {
        // What belongs to an INVITE that was challenged is over.
        if (response.CSeq.Number != _sequence) return;
        if (response.IsProvisional) Progressed(response, now);
        else if (response.IsSuccess) Answered(response, now);
        else Refused(response, now);
    }

    private void Progressed(SipResponse response, DateTimeOffset now)
    {
        var isFirst = !_hasProvisional;
        _hasProvisional = true;
        if (_isCancelled)
        {
            if (isFirst) SendCancel(now);
            return;
        }
        if (response.Status == 100 || IsOver) return;
        if (response.To.Tag is not null && !TryTakeEarly(response, now)) return;
        Endpoint.Emit(new SipOutput.CallProgressed(this, response));
    }

    /// <summary>Begins or goes on with an early dialog; false for a reliable response that came before, or out of order (RFC 3262
    /// §4).</summary>
    private bool TryTakeEarly(SipResponse response, DateTimeOffset now)
    {
        var id = DialogId.OfResponse(response);
        if (Find(id) is not { } known)
        {
            if (!Dialogs.Dialog.TryOfResponse(_invite!.Request, response, LocalTarget(), _terms.Hop, out var early)) return true;
            Put(early, isCurrent: Dialog is null);
        }
        else Put(known.Refreshed(response), isCurrent: Dialog?.Id == id);
        if (ReliableProvisionals.NumberOf(response) is not { } number) return true;
        if (_reliable.TryGetValue(id, out var last) && number != last + 1) return false;
        _reliable[id] = number;
        if (!response.Body.IsEmpty) Offers.Settle();
        Ask(id, SipMethods.Prack, r => r.WithHeaders(r.Headers.With(HeaderNames.RAck,
            new RAck(number, response.CSeq.Number, response.CSeq.Method).ToString())), Asked.Nobody, now);
        return true;
    }

    private void Answered(SipResponse response, DateTimeOffset now)
    {
        var tag = response.To.Tag ?? "";
        if (_acks.TryGetValue(tag, out var sent))
        {
            if (sent.Ack is not null) Endpoint.Send(sent.Hop, sent.Ack);
            return;
        }
        if (!Dialogs.Dialog.TryOfResponse(_invite!.Request, response, LocalTarget(), _terms.Hop, out var dialog))
        {
            if (!IsOver && !IsEstablished) End(new(SipEndKind.Broken, response.Status, "Answer Without Contact", ByUs: false, response),
                now);
            return;
        }
        // What was sent in the early dialog has counted.
        if (Find(dialog.Id) is { } early) dialog = dialog with
        {
            LocalSequence = Math.Max(early.LocalSequence, dialog.LocalSequence),
            RemoteSequence = early.RemoteSequence
        };
        if (IsOver || IsEstablished)
        {
            Dismiss(dialog, tag, now);
            return;
        }
        foreach (var other in DialogIds.Where(id => id != dialog.Id).ToArray()) Drop(other);
        Put(dialog, isCurrent: true);
        IsEstablished = true;
        Refresh.Begin(SessionTimer.OfResponse(response, _interval), response, now);
        var owesAnswer = _terms.Offer.IsEmpty && !response.Body.IsEmpty && !_isCancelled;
        Offers.Begin(owesAnswer ? OfferState.Asked : OfferState.Settled, default);
        if (owesAnswer) _acks[tag] = (null, default);
        else SendAck(dialog, default);
        if (_isCancelled) Bye(_goodbye, new(SipEndKind.Cancelled, 487, "Request Terminated", ByUs: true), now);
        else Endpoint.Emit(new SipOutput.CallAnswered(this, response));
    }

    /// <summary>A fork that answered too late: acknowledged and hung up (§13.2.2.4).</summary>
    private void Dismiss(Dialog dialog, string tag, DateTimeOffset now)
    {
        SendAck(dialog, default);
        var (_, bye, hop) = dialog.NewRequest(SipMethods.Bye);
        Endpoint.Ask(bye, hop, Asked.Nobody, now);
    }

    private void Refused(SipResponse response, DateTimeOffset now)
    {
        if (IsOver || IsEstablished) return;
        if (!_isCancelled && response.Status is 401 or 407 && Login is not null && _challenges < OutgoingRequest.MaxChallenges
            && DigestClient.TryAnswer(_invite!.Request, response, Login, Endpoint.Tokens.Tag, out var headers))
        {
            _challenges++;
            _credentials = new([.. headers.Lines.Where(h => h.Is(HeaderNames.Authorization) || h.Is(HeaderNames.ProxyAuthorization))]);
            Invite(now);
            return;
        }
        // RFC 4028 §7.3: once with the interval asked for; a second 422 is a refusal.
        if (!_isCancelled && response.Status == 422 && response.Headers.Number(HeaderNames.MinSE) is { } seconds
            && _interval < TimeSpan.FromSeconds(seconds))
        {
            _interval = _shortest = TimeSpan.FromSeconds(seconds);
            Invite(now);
            return;
        }
        if (response.Status == 503 && TakesNextWay(503, now)) return;
        End(new(_isCancelled ? SipEndKind.Cancelled : SipEndKind.Refused, response.Status, response.Reason, ByUs: _isCancelled, response),
            now);
    }

    private void Failed(bool isTimeout, DateTimeOffset now)
    {
        if (IsOver || IsEstablished || TakesNextWay(isTimeout ? 408 : 503, now)) return;
        End(_isCancelled ? new(SipEndKind.Cancelled, 487, "Request Terminated", ByUs: true)
            : isTimeout ? new(SipEndKind.TimedOut, 408, SipResponses.ReasonOf(408), ByUs: false)
                : new(SipEndKind.Unreachable, 503, SipResponses.ReasonOf(503), ByUs: false), now);
    }

    /// <summary>Goes on by the next way, in a transaction of its own; false when there is none, or nobody waits any more.</summary>
    /// <remarks>Timer B rings only where nothing came at all, as RFC 3263 §4.3 wants it. What rang by the way before is over.</remarks>
    private bool TakesNextWay(int status, DateTimeOffset now)
    {
        if (_isCancelled || _terms.Hop is not null || _way + 1 >= _terms.Ways.Length) return false;
        var failed = _hop;
        foreach (var id in DialogIds.ToArray()) Drop(id);
        _reliable.Clear();
        (_hop, _challenges, _credentials) = (_terms.Ways[++_way], 0, SipHeaders.Empty);
        Endpoint.Emit(new SipOutput.CallRerouted(this, failed, status, _hop));
        Invite(now);
        return true;
    }

    private void SendCancel(DateTimeOffset now)
    {
        var invite = _invite!;
        Endpoint.Cancel(invite, _goodbye, now);
        // §9.1: no final answer in 64*T1 after it, and the call is taken for cancelled.
        Endpoint.At(now + Endpoint.Options.Timers.GiveUp, at =>
        {
            if (IsOver || IsEstablished) return;
            Endpoint.Drop(invite);
            End(new(SipEndKind.Cancelled, 487, "Request Terminated", ByUs: true), at);
        });
    }

    private void SendAck(Dialog dialog, ReadOnlyMemory<byte> sdp)
    {
        var (_, ack, hop) = dialog.NewRequest(SipMethods.Ack, _sequence);
        ack = ack.WithHeaders(ack.Headers.With(_credentials.Lines));
        _acks[dialog.Id.RemoteTag ?? ""] = (Endpoint.SendAck(sdp.IsEmpty ? ack : ack.WithBody(SdpWriter.ContentType, sdp), hop), hop);
    }

    private SipUri LocalTarget() => Endpoint.Contact(_terms.From.Uri.User, _hop.Transport, _terms.Target.IsSecure);
}
