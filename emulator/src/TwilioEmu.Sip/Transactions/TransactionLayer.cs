using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Sip.Transactions;

/// <summary>What the layer tells: to the wire, and to the transaction user.</summary>
internal interface ITransactionUser
{
    void Send(Hop hop, SipMessage message);

    /// <summary>What was written before.</summary>
    void Send(Hop hop, ReadOnlyMemory<byte> bytes);

    /// <summary>A new request, with its transaction.</summary>
    void RequestCame(ServerTransaction transaction, DateTimeOffset now);

    /// <summary>An ACK of a 2xx, which is no transaction's.</summary>
    void AckCame(SipRequest ack, Hop source, DateTimeOffset now);

    void ResponseCame(ClientTransaction transaction, SipResponse response, DateTimeOffset now);

    /// <summary>No answer came in time, or nobody took it to the wire.</summary>
    void RequestFailed(ClientTransaction transaction, bool isTimeout, DateTimeOffset now);

    /// <summary>No ACK came for a refusal, or a response could not be sent.</summary>
    void ResponseFailed(ServerTransaction transaction, bool isTimeout, DateTimeOffset now);

    /// <summary>A 2xx or another response that no transaction waits for.</summary>
    void StrayResponseCame(SipResponse response, DateTimeOffset now);
}

/// <summary>All transactions of an endpoint, their timers, and which message is whose.</summary>
/// <remarks>RFC 3261 §17. Loop-confined; no clock of its own: instants are handed in.
/// Transactions are bounded by <paramref name="capacity"/>.</remarks>
internal sealed class TransactionLayer(TransactionTimers timers, int capacity, ITransactionUser user)
{
    private readonly Dictionary<TransactionKey, ClientTransaction> _clients = [];
    private readonly Dictionary<TransactionKey, ServerTransaction> _servers = [];
    private readonly PriorityQueue<(Transaction Transaction, SipTimer Timer), (DateTimeOffset Due, long Sequence)> _due = new();
    private long _sequence;

    public int Count => _clients.Count + _servers.Count;

    public bool IsFull => Count >= capacity;

    public DateTimeOffset? NextDue
    {
        get
        {
            while (_due.TryPeek(out var next, out _) && next.Transaction.IsOver) _due.Dequeue();
            return _due.TryPeek(out _, out var at) ? at.Due : null;
        }
    }

    /// <summary>Sends a request whose top Via has a branch of its own.</summary>
    public ClientTransaction Send(SipRequest request, Hop hop, object owner, DateTimeOffset now)
    {
        var transaction = new ClientTransaction(TransactionKey.OfClient(request), request, hop, owner);
        _clients.Add(transaction.Key, transaction);
        Step(transaction, SipInput.Start, null, now);
        return transaction;
    }

    /// <summary>Ends it where it is; what comes for it is a stray.</summary>
    public void Drop(Transaction transaction)
    {
        transaction.State = new(TransactionState.Terminated);
        Forget(transaction);
    }

    /// <summary>A response after the final one changes nothing, but for a 2xx again.</summary>
    public void Respond(ServerTransaction transaction, SipResponse response, DateTimeOffset now)
    {
        if (transaction.IsAnswered && !response.IsSuccess) return;
        transaction.Answer(response);
        Step(transaction, response.Status switch
        {
            < 200 => SipInput.Answer1xx,
            < 300 => SipInput.Answer2xx,
            _ =>
            SipInput.Answer3xxTo6xx
        }, null, now);
        if (transaction.State.Name == TransactionState.Accepted) transaction.ForgetResponse();
    }

    public void Receive(SipResponse response, DateTimeOffset now)
    {
        if (!_clients.TryGetValue(TransactionKey.OfClient(response), out var transaction)) user.StrayResponseCame(response, now);
        else Step(transaction, response.Status switch
        {
            < 200 => SipInput.Response1xx,
            < 300 => SipInput.Response2xx,
            _ =>
            SipInput.Response3xxTo6xx
        }, response, now);
    }

    /// <summary>A request that is whole. A new one beyond the capacity is for the caller to refuse without state: ask <see cref="IsFull"/>
    /// and <see cref="Knows"/> first.</summary>
    public void Receive(SipRequest request, Hop source, DateTimeOffset now)
    {
        var key = TransactionKey.OfServer(request);
        if (_servers.TryGetValue(key, out var transaction))
            Step(transaction, request.Method == SipMethods.Ack ? SipInput.Ack : SipInput.Retransmission, request, now);
        else if (request.Method == SipMethods.Ack) user.AckCame(request, source, now);
        else
        {
            transaction = new(key, request, source, ResponseRoute.Of(request, source));
            _servers.Add(key, transaction);
            Step(transaction, SipInput.Start, request, now);
        }
    }

    public bool Knows(SipRequest request) => _servers.ContainsKey(TransactionKey.OfServer(request));

    /// <summary>The INVITE that a CANCEL is about (§9.2).</summary>
    public ServerTransaction? FindInvite(SipRequest cancel) =>
        _servers.GetValueOrDefault(TransactionKey.OfServer(cancel, SipMethods.Invite));

    /// <summary>The transport could not reach that hop: all that waits on it fails.</summary>
    public void Fail(Hop hop, DateTimeOffset now)
    {
        foreach (var transaction in _clients.Values.Where(t => IsOn(t, hop)).Cast<Transaction>()
            .Concat(_servers.Values.Where(t => IsOn(t, hop))).ToArray())
            Step(transaction, SipInput.TransportError, null, now);
    }

    public void Tick(DateTimeOffset now)
    {
        while (_due.TryPeek(out var next, out var at) && at.Due <= now)
        {
            _due.Dequeue();
            // The step happens at its own instant, so that a late tick delays nothing that follows from it.
            if (!next.Transaction.IsOver) Step(next.Transaction, InputOf(next.Timer), null, at.Due);
        }
    }

    private static bool IsOn(Transaction transaction, Hop hop) =>
        hop.Connection != 0 && transaction.Hop.Connection != 0 ? transaction.Hop.Connection == hop.Connection
            : transaction.Hop with { Connection = 0 } == hop with { Connection = 0 };

    private void Step(Transaction transaction, SipInput input, SipMessage? message, DateTimeOffset now)
    {
        var terms = new MachineTerms(timers, transaction.Hop.Transport.IsReliable());
        (transaction.State, var actions) = transaction.Step(transaction.State, input, terms);
        // Out of the tables before anybody is told, who may begin the next under the same key.
        if (transaction.IsOver) Forget(transaction);
        foreach (var action in actions) Do(transaction, action, message, now);
    }

    private void Do(Transaction transaction, SipAction action, SipMessage? message, DateTimeOffset now)
    {
        switch (action.Kind)
        {
            case SipActionKind.SendRequest: user.Send(transaction.Hop, transaction.Request); break;
            case SipActionKind.SendAck: user.Send(transaction.Hop, AckOfRefusal(transaction.Request, (SipResponse)message!)); break;
            case SipActionKind.SendResponse when transaction is ServerTransaction { LastResponse: { IsEmpty: false } response }:
                user.Send(transaction.Hop, response);
                break;
            case SipActionKind.SendResponse: break;
            case SipActionKind.Deliver when transaction is ClientTransaction client:
                user.ResponseCame(client, (SipResponse)message!,
                now); break;
            case SipActionKind.Deliver when message is SipRequest { Method: SipMethods.Ack } ack:
                user.AckCame(ack,
                ((ServerTransaction)transaction).Source, now); break;
            case SipActionKind.Deliver: user.RequestCame((ServerTransaction)transaction, now); break;
            case SipActionKind.TellTimeout or SipActionKind.TellTransportError:
                var isTimeout = action.Kind == SipActionKind.TellTimeout;
                if (transaction is ClientTransaction failed) user.RequestFailed(failed, isTimeout, now);
                else user.ResponseFailed((ServerTransaction)transaction, isTimeout, now);
                break;
            case SipActionKind.StartTimer: _due.Enqueue((transaction, action.Timer), (now + action.After, _sequence++)); break;
            default: throw new ArgumentOutOfRangeException(nameof(action), action.Kind.ToString());
        }
    }

    private void Forget(Transaction transaction)
    {
        if (transaction is ClientTransaction) _clients.Remove(transaction.Key);
        else _servers.Remove(transaction.Key);
    }

    /// <summary>§17.1.1.3: same Request-URI, Call-ID, From, CSeq number, Route and top Via as the INVITE, To as the response has
    /// it.</summary>
    private static SipRequest AckOfRefusal(SipRequest invite, SipResponse response)
    {
        var headers = SipHeaders.Empty.With(HeaderNames.Via, invite.TopVia.ToString()).With(HeaderNames.MaxForwards, "70")
            .With(invite.Headers.Lines.Where(h => h.Is(HeaderNames.Route)))
            .With(HeaderNames.From, invite.From.ToString()).With(HeaderNames.To, response.To.ToString())
            .With(HeaderNames.CallId, invite.CallId).With(HeaderNames.CSeq, $"{invite.CSeq.Number} {SipMethods.Ack}");
        return new(SipMethods.Ack, invite.Uri, headers, default);
    }

    private static SipInput InputOf(SipTimer timer) => timer switch
    {
        SipTimer.A => SipInput.TimerA,
        SipTimer.B => SipInput.TimerB,
        SipTimer.D => SipInput.TimerD,
        SipTimer.E => SipInput.TimerE,
        SipTimer.F => SipInput.TimerF,
        SipTimer.G => SipInput.TimerG,
        SipTimer.H => SipInput.TimerH,
        SipTimer.I => SipInput.TimerI,
        SipTimer.J => SipInput.TimerJ,
        SipTimer.K => SipInput.TimerK,
        SipTimer.L => SipInput.TimerL,
        SipTimer.M => SipInput.TimerM,
        _ => throw new ArgumentOutOfRangeException(nameof(timer), timer.ToString()),
    };
}
