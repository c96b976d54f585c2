using TwilioEmu.Sip.Dialogs;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Parsing;
using TwilioEmu.Sip.Transactions;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>A SIP user agent without wire and clock (sans-I/O): messages and instants in, messages and news out.</summary>
/// <remarks>
/// RFC 3261 §8. Loop-confined. The host drives it: <see cref="Receive"/> with what came, <see cref="Tick"/> when <see cref="NextDue"/> is
/// reached,
/// <see cref="Unreachable"/> when a hop could not be reached, and after each of these and each command <see cref="TryTake"/> until there is
/// no more.
/// Bytes handed in are kept by the messages made of them.
/// </remarks>
public sealed class SipEndpoint : ITransactionUser
{
    private readonly Queue<SipOutput> _outputs = new();
    private readonly TransactionLayer _transactions;
    private readonly Alarms _alarms = new();
    private readonly Dictionary<DialogId, SipCall> _dialogs = [];
    private readonly HashSet<SipCall> _calls = [];
    private readonly HashSet<(string CallId, string? FromTag, uint Sequence)> _invites = [];

    public SipEndpoint(SipEndpointOptions options)
    {
        Options = options;
        Tokens = new(options.Random);
        _transactions = new(options.Timers, options.MaxTransactions, this);
    }

    /// <summary>Calls that are not over.</summary>
    public int CallCount => _calls.Count;

    public int TransactionCount => _transactions.Count;

    /// <summary>When <see cref="Tick"/> is to be called next; null when nothing waits.</summary>
    public DateTimeOffset? NextDue => (_transactions.NextDue, _alarms.NextDue) switch
    {
        ({ } a, { } b) => a < b ? a : b,
        (var a, var b) => a ?? b,
    };

    internal SipEndpointOptions Options { get; }

    internal SipTokens Tokens { get; }

    public bool TryTake(out SipOutput output) => _outputs.TryDequeue(out output!);

    /// <summary>Takes in a datagram, or one message that a stream's framing cut out.</summary>
    public void Receive(ReadOnlyMemory<byte> bytes, Hop source, DateTimeOffset now)
    {
        if (!SipParser.TryParse(bytes, out var message, out var error))
        {
            if (error == SipParseError.KeepAlive) return;
            var isAnswered = message is SipRequest { Method: not SipMethods.Ack } bad && TryRefuseUnread(bad, error, source);
            Emit(new SipOutput.Discarded(source, error, isAnswered));
            return;
        }
        if (message is SipResponse response)
        {
            // A response comes back to who sent the request (§18.1.2).
            if (response.TopVia.Branch is not null) _transactions.Receive(response, now);
            return;
        }
        var request = ResponseRoute.Stamp((SipRequest)message!, source);
        if (_transactions.IsFull && request.Method != SipMethods.Ack && !_transactions.Knows(request))
            Send(ResponseRoute.Of(request, source), Dressed(SipResponses.To(request, 503, tag: Tokens.Tag())
                .WithHeader(HeaderNames.RetryAfter, "5")));
        else _transactions.Receive(request, source, now);
    }

    /// <summary>Does what falls due until that instant.</summary>
    public void Tick(DateTimeOffset now)
    {
        while (NextDue is { } due && due <= now)
        {
            _transactions.Tick(due);
            _alarms.Tick(due);
        }
    }

    /// <summary>The transport could not bring messages to that hop, or lost its connection.</summary>
    public void Unreachable(Hop hop, DateTimeOffset now) => _transactions.Fail(hop, now);

    /// <summary>Calls somebody.</summary>
    public OutgoingCall Call(OutgoingCallTerms terms, DateTimeOffset now)
    {
        var call = new OutgoingCall(this, terms);
        _calls.Add(call);
        call.Begin(now);
        return call;
    }

    /// <summary>Sends a request outside of any dialog: REGISTER, OPTIONS, MESSAGE.</summary>
    public OutgoingRequest Ask(OutgoingRequestTerms terms, DateTimeOffset now)
    {
        var request = new OutgoingRequest(this, terms);
        request.Begin(now);
        return request;
    }

    /// <summary>The call that a header Replaces names, seen from us; null when there is none (RFC 3891 §3).</summary>
    public SipCall? Find(Replaces replaces) => _dialogs.GetValueOrDefault(new DialogId(replaces.CallId, replaces.ToTag, replaces.FromTag));

    internal void Emit(SipOutput output) => _outputs.Enqueue(output);

    internal string NewCallId() => Options.CallIdHost is { } host ? $"{Tokens.CallId()}@{host}" : Tokens.CallId();

    internal Alarm At(DateTimeOffset due, Action<DateTimeOffset> action) => _alarms.Set(due, action);

    internal void Attach(DialogId id, SipCall call) => _dialogs[id] = call;

    internal void Detach(DialogId id) => _dialogs.Remove(id);

    internal void Forget(SipCall call)
    {
        _calls.Remove(call);
        if (call is not IncomingCall incoming) return;
        _invites.Remove(MergeKey(incoming.Invite));
        incoming.LeaveTransaction();
    }

    /// <summary>Gives the request a Via with a branch of its own and sends it in a transaction of its own.</summary>
    internal ClientTransaction Ask(SipRequest request, Hop hop, Asked asked, DateTimeOffset now)
    {
        return _transactions.Send(WithVia(request, hop), hop, asked, now);
    }

    /// <summary>A CANCEL has the Via of what it cancels (§9.1).</summary>
    internal void Cancel(ClientTransaction invite, IEnumerable<SipHeader>? more, DateTimeOffset now)
    {
        var request = invite.Request;
        var headers = SipHeaders.Empty.With(HeaderNames.Via, request.TopVia.ToString()).With(HeaderNames.MaxForwards, "70")
            .With(request.Headers.Lines.Where(h => h.Is(HeaderNames.Route)))
            .With(HeaderNames.From, request.From.ToString()).With(HeaderNames.To, request.To.ToString())
            .With(HeaderNames.CallId, request.CallId).With(HeaderNames.CSeq, $"{request.CSeq.Number} {SipMethods.Cancel}").With(more ?? []);
        _transactions.Send(new(SipMethods.Cancel, request.Uri, headers, default), invite.Hop, Asked.Nobody, now);
    }

    /// <summary>Nobody waits for its answer any more, or it can be brought to nobody.</summary>
    internal void Drop(Transaction transaction) => _transactions.Drop(transaction);

    /// <summary>An ACK of a 2xx is sent outside of any transaction, with a branch of its own.</summary>
    internal SipRequest SendAck(SipRequest ack, Hop hop)
    {
        var whole = WithVia(ack, hop);
        Send(hop, whole);
        return whole;
    }

    internal void Send(Hop hop, SipMessage message) => Emit(new SipOutput.Send(hop, SipWriter.Write(message)));

    internal void Respond(ServerTransaction transaction, SipResponse response, DateTimeOffset now) =>
        _transactions.Respond(transaction, Dressed(response), now);

    internal void Respond(ServerTransaction transaction, int status, DateTimeOffset now, string? name = null, string? value = null)
    {
        if (transaction.IsAnswered) return;
        var response = SipResponses.To(transaction.Request, status, tag: Tokens.Tag());
        Respond(transaction, name is null ? response : response.WithHeader(name, value!), now);
    }

    /// <summary>Where peers reach us by that transport.</summary>
    internal SipUri Contact(string? user, SipTransport transport, bool isSecure)
    {
        var address = Options.AddressOf(transport);
        var parameters = transport == SipTransport.Udp || isSecure ? SipParameters.None
            : SipParameters.None.With("transport", transport.ToParameter());
        return new(isSecure ? "sips" : "sip", user, null, address.Host, address.Port, parameters);
    }

    void ITransactionUser.Send(Hop hop, SipMessage message) => Send(hop, message);

    void ITransactionUser.Send(Hop hop, ReadOnlyMemory<byte> bytes) => Emit(new SipOutput.Send(hop, bytes));

    void ITransactionUser.RequestCame(ServerTransaction transaction, DateTimeOffset now)
    {
        var request = transaction.Request;
        if (request.Method == SipMethods.Cancel) Cancelled(transaction, now);
        else if (request.To.Tag is not null)
        {
            if (_dialogs.TryGetValue(DialogId.OfIncoming(request), out var call)) call.Receive(transaction, now);
            else Respond(transaction, 481, now);
        }
        else ReceiveOutside(transaction, now);
    }

    void ITransactionUser.AckCame(SipRequest ack, Hop source, DateTimeOffset now)
    {
        if (_dialogs.TryGetValue(DialogId.OfIncoming(ack), out var call)) call.Acknowledged(ack, now);
    }

    void ITransactionUser.ResponseCame(ClientTransaction transaction, SipResponse response, DateTimeOffset now) => ((Asked)transaction.User)
        .Responded(response, now);

    void ITransactionUser.RequestFailed(ClientTransaction transaction, bool isTimeout, DateTimeOffset now) => ((Asked)transaction.User)
        .Failed(isTimeout, now);

    void ITransactionUser.ResponseFailed(ServerTransaction transaction, bool isTimeout, DateTimeOffset now)
    {
        if (transaction.User is IncomingCall call) call.ResponseFailed(isTimeout, now);
    }

    void ITransactionUser.StrayResponseCame(SipResponse response, DateTimeOffset now)
    {
        // Nobody waits for it; a 2xx of a forgotten INVITE is left to the other end's own timer (64*T1 without ACK, then BYE).
    }

    private void Cancelled(ServerTransaction cancel, DateTimeOffset now)
    {
        var request = cancel.Request;
        if (_transactions.FindInvite(request) is not { } invite)
        {
            Respond(cancel, 481, now);
            return;
        }
        var response = SipResponses.To(request, 200, tag: (invite.User as IncomingCall)?.LocalTag ?? Tokens.Tag());
        Respond(cancel, response, now);
        if (invite.IsAnswered) return;
        if (invite.User is SipCall call) call.Cancelled(invite, request, now);
        else Respond(invite, 487, now);
    }

    /// <summary>§8.2 in its order: method, scheme, merged requests, Require, content.</summary>
    private void ReceiveOutside(ServerTransaction transaction, DateTimeOffset now)
    {
        var request = transaction.Request;
        if (!Options.Methods.Contains(request.Method)) Respond(transaction, 405, now, HeaderNames.Allow, Options.AllowLine);
        else if (!request.Uri.IsSip && request.Uri.Scheme != "tel") Respond(transaction, 416, now);
        else if (UnsupportedIn(request) is { Length: > 0 } unsupported) Respond(transaction, 420, now, HeaderNames.Unsupported,
            unsupported);
        else switch (request.Method)
            {
                case SipMethods.Invite: ReceiveInvite(transaction, now); break;
                case SipMethods.Options when Options.AnswersOptions: Respond(transaction, Capabilities(request), now); break;
                case SipMethods.Bye or SipMethods.Prack or SipMethods.Update or SipMethods.Info or SipMethods.Notify:
                    Respond(transaction,
                    481, now); break;
                default: Emit(new SipOutput.RequestCame(new IncomingRequest(this, transaction))); break;
            }
    }

    private void ReceiveInvite(ServerTransaction transaction, DateTimeOffset now)
    {
        var invite = transaction.Request;
        if (_invites.Contains(MergeKey(invite))) Respond(transaction, 482, now);
        else if (!invite.Body.IsEmpty && !Options.Accepts.Contains(invite.ContentType ?? "")) Respond(transaction, 415, now,
            HeaderNames.Accept, string.Join(", ", Options.Accepts));
        else if (invite.Headers[HeaderNames.ContentEncoding] is { } encoding
            && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            Respond(transaction, 415, now, "Accept-Encoding", "identity");
        else if (_calls.Count >= Options.MaxCalls) Respond(transaction, 503, now, HeaderNames.RetryAfter, "5");
        else if (SessionTimer.TryRead(invite, out var interval, out _) && interval < SessionTimer.ShortestInterval
            && invite.Headers.HasToken(HeaderNames.Supported, SessionTimer.OptionTag))
            Respond(transaction, 422, now, HeaderNames.MinSE, $"{(long)SessionTimer.ShortestInterval.TotalSeconds}");
        else if (IncomingCall.TryBegin(this, transaction, now, out var call))
        {
            _calls.Add(call);
            _invites.Add(MergeKey(invite));
        }
        else Respond(transaction, 400, now);
    }

    /// <summary>What two INVITEs have in common that came by different ways: a fork that meets itself (§8.2.2.2).</summary>
    private static (string CallId, string? FromTag, uint Sequence) MergeKey(SipRequest invite) =>
        (invite.CallId, invite.From.Tag, invite.CSeq.Number);

    internal SipResponse Capabilities(SipRequest request) => SipResponses.To(request, 200, tag: Tokens.Tag())
        .WithHeader(HeaderNames.Allow, Options.AllowLine).WithHeader(HeaderNames.Accept, string.Join(", ", Options.Accepts))
        .WithHeader(HeaderNames.Supported, Options.SupportedLine);

    private static string UnsupportedIn(SipRequest request) => string.Join(", ", request.Headers.Values(HeaderNames.Require)
        .Select(v => System.Text.Encoding.UTF8.GetString(v.Span))
            .Where(tag => tag is not (ReliableProvisionals.OptionTag or SessionTimer.OptionTag)));

    private SipRequest WithVia(SipRequest request, Hop hop)
    {
        var via = new Via(hop.Transport.ToVia(), Options.AddressOf(hop.Transport), SipParameters.None.With("branch", Tokens.Branch())
            .With("rport", null));
        var headers = request.Headers.Prepend(HeaderNames.Via, via.ToString());
        return request.WithHeaders(Options.UserAgent is { } product && !headers.Has(HeaderNames.UserAgent)
            ? headers.With(HeaderNames.UserAgent, product) : headers);
    }

    private SipResponse Dressed(SipResponse response) =>
        Options.Server is { } product && response.Status > 100 && !response.Headers.Has(HeaderNames.Server)
            ? response.WithHeader(HeaderNames.Server, product) : response;

    /// <summary>What was not read is refused from what its lines say, without state, to where it came from.</summary>
    private bool TryRefuseUnread(SipRequest request, SipParseError error, Hop source)
    {
        if (!request.Headers.Has(HeaderNames.Via) || !request.Headers.Has(HeaderNames.CSeq)) return false;
        var status = error == SipParseError.BadVersion ? 505 : 400;
        var headers = SipHeaders.Empty.With(request.Headers.Lines.Where(h =>
            h.Is(HeaderNames.Via) || h.Is(HeaderNames.From) || h.Is(HeaderNames.To) || h.Is(HeaderNames.CallId) || h.Is(HeaderNames.CSeq)));
        Send(source, Dressed(new(status, error == SipParseError.BadVersion ? SipResponses.ReasonOf(505) : $"Bad Request ({error.Why()})",
            headers, default)));
        return true;
    }
}
