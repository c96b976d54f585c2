namespace TwilioEmu.Sip.Transactions;

/// <summary>The three times of which all timers are made, RFC 3261 §17.1.1.1 and table 4.</summary>
/// <param name="T1">An estimate of the round trip.</param>
/// <param name="T2">The longest interval between retransmissions.</param>
/// <param name="T4">The longest a message stays in the network.</param>
public sealed record TransactionTimers(TimeSpan T1, TimeSpan T2, TimeSpan T4)
{
    public static TransactionTimers Default { get; } = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(4),
        TimeSpan.FromSeconds(5));

    /// <summary>64*T1: timers B, F, H, J, L, M, and how long a 2xx is sent again (§13.3.1.4).</summary>
    public TimeSpan GiveUp => 64 * T1;

    /// <summary>Timer D: at least 32 s (§17.1.1.2).</summary>
    public TimeSpan D => GiveUp;

    /// <summary>The next of the doubling intervals that end at T2.</summary>
    public TimeSpan Double(TimeSpan interval) => interval * 2 < T2 ? interval * 2 : T2;
}

/// <summary>Timers of RFC 3261 table 4, and L and M of RFC 6026.</summary>
internal enum SipTimer
{
    /// <summary>INVITE request retransmission.</summary>
    A,

    /// <summary>INVITE transaction timeout.</summary>
    B,

    /// <summary>Wait for retransmitted responses to INVITE.</summary>
    D,

    /// <summary>Non-INVITE request retransmission.</summary>
    E,

    /// <summary>Non-INVITE transaction timeout.</summary>
    F,

    /// <summary>INVITE response retransmission.</summary>
    G,

    /// <summary>Wait for the ACK.</summary>
    H,

    /// <summary>Wait for retransmitted ACKs.</summary>
    I,

    /// <summary>Wait for retransmitted non-INVITE requests.</summary>
    J,

    /// <summary>Wait for retransmitted non-INVITE responses.</summary>
    K,

    /// <summary>Wait for retransmitted INVITEs after a 2xx.</summary>
    L,

    /// <summary>Wait for retransmitted and forked 2xx.</summary>
    M,
}
