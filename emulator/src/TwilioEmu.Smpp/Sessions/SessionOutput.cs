using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Smpp.Sessions;

/// <summary>What a session wishes done, and what it tells.</summary>
public abstract record SessionOutput
{
    /// <summary>Octets for the wire, one PDU.</summary>
    public sealed record Send(ReadOnlyMemory<byte> Octets) : SessionOutput;

    /// <summary>An ESME wishes to bind: answer with <see cref="SmppSession.AcceptBind"/> or <see cref="SmppSession.RefuseBind"/>.</summary>
    public sealed record BindAsked(Pdu Request, BindMode Mode, BindBody Bind) : SessionOutput;

    /// <summary>Our bind was accepted.</summary>
    public sealed record Bound(string SystemId) : SessionOutput;

    /// <summary>Our bind was refused; the session ends.</summary>
    public sealed record BindRefused(CommandStatus Status) : SessionOutput;

    /// <summary>A request to be answered with <see cref="SmppSession.Reply"/>; alert_notification and outbind are not.</summary>
    public sealed record Asked(Pdu Request) : SessionOutput;

    /// <summary>A request of ours was answered, or was not: no answer in time, or the session ended before.</summary>
    /// <param name="Tag">What was given with the request.</param>
    /// <param name="Response">Null for none.</param>
    public sealed record Answered(object Tag, Pdu? Response) : SessionOutput;

    /// <summary>A request was refused at once: too many, too fast.</summary>
    public sealed record Throttled(Pdu Request) : SessionOutput;

    /// <summary>The session is over; after what is to be sent the connection is to be closed.</summary>
    public sealed record Ended(SessionEnd Why) : SessionOutput;
}
