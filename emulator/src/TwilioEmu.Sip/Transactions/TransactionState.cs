namespace TwilioEmu.Sip.Transactions;

internal enum TransactionState
{
    Initial,
    Calling,
    Trying,
    Proceeding,

    /// <summary>A 2xx has gone by; repetitions of it or of the INVITE are expected (RFC 6026).</summary>
    Accepted,
    Completed,
    Confirmed,
    Terminated,
}

/// <summary>What happens to a transaction.</summary>
internal enum SipInput
{
    /// <summary>It begins: a request is to be sent, or has come.</summary>
    Start,

    // to a client
    Response1xx,
    Response2xx,
    Response3xxTo6xx,

    // to a server
    Retransmission,
    Ack,
    Answer1xx,
    Answer2xx,
    Answer3xxTo6xx,

    // to both
    TransportError,
    TimerA,
    TimerB,
    TimerD,
    TimerE,
    TimerF,
    TimerG,
    TimerH,
    TimerI,
    TimerJ,
    TimerK,
    TimerL,
    TimerM,
}

/// <summary>What a transaction does about it.</summary>
internal enum SipActionKind
{
    SendRequest,

    /// <summary>The ACK of a refusal, which belongs to the transaction (§17.1.1.3).</summary>
    SendAck,

    /// <summary>The last response, again or for the first time.</summary>
    SendResponse,

    /// <summary>Hands what came to the transaction user.</summary>
    Deliver,
    TellTimeout,
    TellTransportError,
    StartTimer,
}

internal readonly record struct SipAction(SipActionKind Kind, SipTimer Timer = default, TimeSpan After = default)
{
    public static SipAction Start(SipTimer timer, TimeSpan after) => new(SipActionKind.StartTimer, timer, after);

    public static implicit operator SipAction(SipActionKind kind) => new(kind);
}

/// <summary>The whole state of a machine.</summary>
/// <param name="Interval">How long the last retransmission timer ran; the next doubles it.</param>
internal readonly record struct MachineState(TransactionState Name, TimeSpan Interval = default);

/// <summary>What a machine is told once and for all.</summary>
internal readonly record struct MachineTerms(TransactionTimers Timers, bool IsReliable);

/// <summary>One step: a pure function of state and input. An input that no row names changes nothing: a timer that outlived its state, for
/// one.</summary>
internal delegate (MachineState State, IReadOnlyList<SipAction> Actions) Step(MachineState state, SipInput input, MachineTerms terms);
