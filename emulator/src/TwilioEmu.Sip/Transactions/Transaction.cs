using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Sip.Transactions;

/// <summary>A request and its responses, on one side of the wire.</summary>
internal abstract class Transaction(TransactionKey key, SipRequest request, Hop hop, Step step)
{
    private SipRequest? _request = request;

    public TransactionKey Key { get; } = key;

    /// <summary>The request, until it is forgotten.</summary>
    public SipRequest Request => _request ?? throw new InvalidOperationException("the request was answered, and is forgotten");

    /// <summary>Where its messages go.</summary>
    public Hop Hop { get; } = hop;

    public MachineState State { get; set; } = new(TransactionState.Initial);

    public bool IsOver => State.Name == TransactionState.Terminated;

    public Step Step { get; } = step;

    protected void ForgetRequest() => _request = null;
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
/// <remarks>
/// Answered, it stays for 32 s and more, by which thousands add up: then nothing is kept but what retransmissions are answered with.
/// Whoever needs the request longer keeps it.
/// </remarks>
internal sealed class ServerTransaction(TransactionKey key, SipRequest request, Hop source, Hop hop)
    : Transaction(key, request, hop, request.Method == SipMethods.Invite ? InviteServerMachine.Step : NonInviteServerMachine.Step)
{
    public Hop Source { get; } = source;

    /// <summary>The last response as it went over the wire; empty before the first, and where it is not sent again.</summary>
    public ReadOnlyMemory<byte> LastResponse { get; private set; }

    /// <summary>Whoever answers it: a call, or nothing yet.</summary>
    public object? User { get; set; }

    public bool IsAnswered { get; private set; }

    /// <summary>Another response is the last.</summary>
    public void Answer(SipResponse response)
    {
        LastResponse = Parsing.SipWriter.Write(response);
        if (!response.IsFinal) return;
        IsAnswered = true;
        ForgetRequest();
    }

    /// <summary>A 2xx is sent by its call, as often as it takes (RFC 6026 §7.1).</summary>
    public void ForgetResponse() => LastResponse = default;
}
