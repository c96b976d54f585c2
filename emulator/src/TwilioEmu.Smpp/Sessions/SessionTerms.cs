using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Smpp.Sessions;

/// <summary>Which side of a link we are.</summary>
public enum SmppRole
{
    /// <summary>Message centre: others bind to us.</summary>
    Smsc,

    /// <summary>External short messaging entity: we bind.</summary>
    Esme,
}

/// <summary>Timers and limits of a session (SMPP 3.4 §2.7, §7.2); the lengths are (inferred), as gateways usually have them.</summary>
public sealed record SessionTerms
{
    /// <summary>session_init_timer: from the connection to the bind.</summary>
    public TimeSpan Init { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>enquire_link_timer: nothing heard for so long, and we ask; null never asks.</summary>
    public TimeSpan? EnquireLink { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>response_timer.</summary>
    public TimeSpan Response { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>inactivity_timer: no request but enquire_link for so long, and we unbind; null never does.</summary>
    public TimeSpan? Inactivity { get; init; }

    /// <summary>Requests of ours that may be unanswered; what is more waits (§2.7.3 speaks of ten).</summary>
    public int Window { get; init; } = 10;

    /// <summary>Texts of the peer's that may be unanswered; one more is refused with ESME_RTHROTTLED. Null for any.</summary>
    public int? PeerWindow { get; init; }

    /// <summary>
    /// Texts a second that are taken from the peer, over all sessions that have
    /// this one; one more is refused with ESME_RTHROTTLED. Null for any.
    /// </summary>
    public Throttle? PeerRate { get; init; }
}

/// <summary>Which way texts go over a bound session.</summary>
public enum BindMode
{
    /// <summary>Not bound.</summary>
    None,

    /// <summary>The ESME submits.</summary>
    Transmitter,

    /// <summary>The ESME is delivered to.</summary>
    Receiver,

    /// <summary>Both.</summary>
    Transceiver,
}

/// <summary>Why a session is over.</summary>
public enum SessionEnd
{
    /// <summary>The peer unbound.</summary>
    PeerUnbound,

    /// <summary>We unbound.</summary>
    WeUnbound,

    /// <summary>The connection broke.</summary>
    Broken,

    /// <summary>Nobody bound in time.</summary>
    NotBound,

    /// <summary>enquire_link was not answered.</summary>
    NoAnswer,

    /// <summary>Nothing happened for too long.</summary>
    Inactive,

    /// <summary>A length was wrong, so that nobody knows where the next PDU begins.</summary>
    Unreadable,

    /// <summary>The SMSC refused our bind.</summary>
    Refused,
}

/// <summary>What modes mean.</summary>
public static class BindModes
{
    /// <summary>The mode a bind asks for.</summary>
    public static BindMode Of(CommandId bind) => bind switch
    {
        CommandId.BindTransmitter => BindMode.Transmitter,
        CommandId.BindReceiver => BindMode.Receiver,
        CommandId.BindTransceiver => BindMode.Transceiver,
        _ => BindMode.None,
    };

    /// <summary>The request that asks for a mode.</summary>
    public static CommandId Command(this BindMode mode) => mode switch
    {
        BindMode.Transmitter => CommandId.BindTransmitter,
        BindMode.Receiver => CommandId.BindReceiver,
        _ => CommandId.BindTransceiver,
    };

    /// <summary>True when the ESME may submit.</summary>
    public static bool Submits(this BindMode mode) => mode is BindMode.Transmitter or BindMode.Transceiver;

    /// <summary>True when the ESME may be delivered to.</summary>
    public static bool Receives(this BindMode mode) => mode is BindMode.Receiver or BindMode.Transceiver;
}
