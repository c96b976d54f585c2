using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Sip.Transactions;

/// <summary>A request and its responses, on one side of the wire.</summary>
internal abstract class Transaction(TransactionKey key, SipRequest request, Hop hop, Step step)
{
    public TransactionKey Key { get; } = key;

    public SipRequest Request { get; } = request;

    /// <summary>Where its messages go.</summary>
    public Hop Hop { get; } = hop;

    public MachineState State { get; set; } = new(TransactionState.Initial);

    public bool IsOver => State.Name == TransactionState.Terminated;

    public Step Step { get; } = step;
}

/// <summary>We sent the request.</summary>
/// <param name="user">Whoever is told of its responses.</param>
internal sealed class ClientTransaction(TransactionKey key, SipRequest request, Hop hop, object user)
    : Transaction(key, request, hop, request.Method == SipMethods.Invite ? InviteClientMachine.Step : NonInviteClientMachine.Step)
{
    public object User { get; } = user;
}

/// <summary>We answer it. <see cref="Source"/> is where the request came from; <see cref="Transaction.Hop"/> where its responses
/// go.</summary>
internal sealed class ServerTransaction(TransactionKey key, SipRequest request, Hop source, Hop hop)
    : Transaction(key, request, hop, request.Method == SipMethods.Invite ? InviteServerMachine.Step : NonInviteServerMachine.Step)
{
    public Hop Source { get; } = source;

    public SipResponse? LastResponse { get; set; }

    /// <summary>Whoever answers it: a call, or nothing yet.</summary>
    public object? User { get; set; }

    public bool IsAnswered => LastResponse is { IsFinal: true };
}
