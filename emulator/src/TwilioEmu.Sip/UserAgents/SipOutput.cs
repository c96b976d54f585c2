using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>Why a call is over.</summary>
public enum SipEndKind
{
    /// <summary>The called side refused: <see cref="SipEnd.Status"/> tells how.</summary>
    Refused,

    /// <summary>The caller gave up before an answer.</summary>
    Cancelled,

    /// <summary>Somebody hung up.</summary>
    HungUp,

    /// <summary>No answer to a request in time (408), no ACK of our answer in 64*T1, no refresh of the session.</summary>
    TimedOut,

    /// <summary>The wire broke or led nowhere (503).</summary>
    Unreachable,

    /// <summary>The peer broke the protocol: an answer without Contact, 481 to what we sent.</summary>
    Broken,
}

/// <summary>The end of a call.</summary>
/// <param name="Status">The final status of the INVITE, or 408, 481, 503 for ends without one; 200 for a call that was hung up.</param>
/// <param name="ByUs">Our host ended it.</param>
/// <param name="Message">What told it: the refusing response, the BYE, the CANCEL; null when nothing came.</param>
public sealed record SipEnd(SipEndKind Kind, int Status, string Reason, bool ByUs, SipMessage? Message = null);

/// <summary>What an endpoint wants done or tells, in order. The host takes them one by one after each call into the endpoint.</summary>
public abstract record SipOutput
{
    /// <summary>Bytes for the wire. If they cannot be brought there, tell <see cref="SipEndpoint.Unreachable"/>.</summary>
    public sealed record Send(Hop Hop, ReadOnlyMemory<byte> Bytes) : SipOutput;

    /// <summary>Somebody calls. Challenge, ring, answer or refuse; 100 is already sent.</summary>
    public sealed record CallOffered(IncomingCall Call, SipRequest Invite, Hop Source) : SipOutput;

    /// <summary>A provisional answer to our call, of one branch of it; with a body perhaps early media.</summary>
    public sealed record CallProgressed(OutgoingCall Call, SipResponse Response) : SipOutput;

    /// <summary>A way to whom we call failed, and the next one is tried.</summary>
    /// <param name="Status">503 for a wire that broke or a server that says so, 408 for one that answered nothing.</param>
    public sealed record CallRerouted(OutgoingCall Call, Hop Failed, int Status, Hop Next) : SipOutput;

    /// <summary>Our call was answered.</summary>
    /// <remarks>If the INVITE had no body, the answer to this one's goes by <see cref="OutgoingCall.Acknowledge"/>.</remarks>
    public sealed record CallAnswered(OutgoingCall Call, SipResponse Response) : SipOutput;

    /// <summary>Our answer was acknowledged: the call stands. The ACK's body answers an answer that offered.</summary>
    public sealed record CallConfirmed(IncomingCall Call, SipRequest Ack) : SipOutput;

    public sealed record CallEnded(SipCall Call, SipEnd End) : SipOutput;

    /// <summary>The peer offers another session (re-INVITE or UPDATE: hold, resume, new address), or asks for our offer when there is no
    /// body. Answer or refuse it.</summary>
    public sealed record SessionOffered(SipCall Call, SipRequest Request) : SipOutput;

    /// <summary>The peer asked for our offer (<see cref="SessionOffered"/> without a body), and this ACK's body answers it.</summary>
    public sealed record SessionConfirmed(SipCall Call, SipRequest Ack) : SipOutput;

    /// <summary>What the peer said to our offer within the call; null when it said nothing in time.</summary>
    public sealed record SessionAnswered(SipCall Call, SipResponse? Response) : SipOutput;

    /// <summary>INFO came and was answered 200 (RFC 6086; <c>application/dtmf-relay</c> carries a key).</summary>
    public sealed record InfoCame(SipCall Call, SipRequest Request) : SipOutput;

    /// <summary>The peer asks us to call somebody else.</summary>
    /// <remarks>Accept or refuse it, and tell how it goes by <see cref="SipCall.NotifyTransfer"/>.</remarks>
    public sealed record TransferAsked(SipCall Call, TransferAsk Ask) : SipOutput;

    /// <summary>
    /// How our own REFER goes: the status of the new call as the peer tells it, or of the REFER itself when that was refused.
    /// </summary>
    public sealed record TransferProgressed(SipCall Call, int Status, string Reason, bool IsOver, bool IsRefused = false) : SipOutput;

    /// <summary>A request outside of any dialog: REGISTER, MESSAGE, and OPTIONS if the host wants them.</summary>
    public sealed record RequestCame(IncomingRequest Incoming) : SipOutput;

    /// <summary>The final answer to a request of ours outside of any dialog; null when none came.</summary>
    public sealed record RequestAnswered(OutgoingRequest Outgoing, SipResponse? Response) : SipOutput;

    /// <summary>What could not be read was dropped or refused; for a journal or a counter.</summary>
    /// <param name="IsAnswered">True where it had enough of a request to be refused.</param>
    public sealed record Discarded(Hop Source, Parsing.SipParseError Reason, bool IsAnswered) : SipOutput;
}
