using System.Collections.Immutable;
using TwilioEmu.Sip.Digest;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>Whom to call, as whom, with what.</summary>
/// <param name="Target">The Request-URI; what follows its <c>?</c> is for the host to put into <see cref="Headers"/>.</param>
/// <param name="Offer">The session we offer; empty asks the called side for its offer.</param>
public sealed record OutgoingCallTerms(SipUri Target, NameAddr From, ReadOnlyMemory<byte> Offer)
{
    /// <summary>To, when it is another than the target.</summary>
    public NameAddr? To { get; init; }

    /// <summary>The way to go in place of what the target says: the flow a phone registered over, an outbound proxy's address.</summary>
    public Hop? Hop { get; init; }

    /// <summary>The ways to the target's name, the first to be tried first: the next one where one fails (RFC 3263 §4.3).</summary>
    /// <remarks>Unlike <see cref="Hop"/> they are for the INVITE alone: what follows goes to where its answer says.</remarks>
    public ImmutableArray<Hop> Ways { get; init; } = [];

    /// <summary>Route headers, the nearest hop first.</summary>
    public ImmutableArray<NameAddr> Routes { get; init; } = [];

    /// <summary>Headers of the INVITE beside those of the protocol.</summary>
    public SipHeaders Headers { get; init; } = SipHeaders.Empty;

    public DigestLogin? Login { get; init; }
}
