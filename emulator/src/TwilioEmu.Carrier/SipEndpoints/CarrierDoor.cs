using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>
/// Takes what phones send to the carrier itself: they register as numbers, and dial numbers, as any phone of the network.
/// </summary>
/// <remarks>
/// Loop-confined. Any host that is no name of Twilio's is the carrier. Every user is challenged alike, so
/// that a scanner does not learn which numbers there are; where there are none at all, there is no carrier.
/// </remarks>
internal sealed class CarrierDoor(SipHost host, RefusalLog log)
{
    private readonly SipGate _gate = new(Subscribers.Realm);
    private readonly SipDomain _domain = new(AccountSid.None, "", Name)
    {
        Kind = SipDomainKind.Carrier,
        TakesRegistrations = true,
        RegistrantSecret = host.Exchange.Subscribers.SecretOf,
        CallerSecret = host.Exchange.Subscribers.SecretOf,
    };

    /// <summary>Under which registrations of numbers are kept.</summary>
    public const string Name = "carrier";

    /// <summary>The carrier as a domain.</summary>
    public SipDomain Domain => _domain;

    /// <summary>True where a request for that host is the carrier's.</summary>
    public bool Serves(string named) => host.Exchange.Subscribers.Any && !named.EndsWith(".twilio.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when the phone may register.</summary>
    public SipRefusal? JudgeRegistration(SipRequest register) => _gate.JudgeRegistration(register, _domain, host.Wall);

    /// <summary>The registration as a number's, however the phone writes it.</summary>
    public static SipUri AddressOf(SipUri asked) => SipUri.Of(SipHost.Escaped(Subscribers.NumberOf(asked.UserText!)), Name);

    /// <summary>A phone dials: its own number is the caller's.</summary>
    public void Offer(IncomingCall call, Hop source, DateTimeOffset now)
    {
        var invite = call.Invite;
        var refusal = _gate.JudgeCall(invite, source, _domain, host.Wall, out var username);
        var number = username is null ? "" : Subscribers.NumberOf(username);
        if (refusal is null && Subscribers.NumberOf(invite.From.Uri.UserText ?? "") != number)
        {
            refusal = new SipRefusal(403, 32204, "From is not the number that registered");
        }
        SessionDescription? session = null;
        refusal ??= SipDoor.JudgeSession(host, invite, _domain, out session);
        if (refusal is not null)
        {
            log.Tell(invite, source, refusal);
            call.Refuse(refusal.Status, now, refusal.Headers, refusal.Phrase);
            return;
        }
        var (from, to) = (PartyAddress.Read(number), PartyAddress.Read(Subscribers.Dialled(invite.Uri.UserText ?? "", number)));
        var offered = host.Write(
            SipEntries.Offered, number, ("call_sid", ""), ("to", to.ToString()), ("from", number), ("source", source.ToString()),
            ("sip_call_id", invite.CallId));
        var calls = host.Exchange.CallsTo(to.Value);
        // What is no app's number is another phone's: a real one's, or a simulated one's.
        var isKnown = host.Exchange.KnowsPhone(to.Value);
        var line = calls is null && to.Kind == AddressKind.E164 ? host.Exchange.VoiceLine(to) : null;
        if (calls is null && (line is null || !isKnown))
        {
            host.World.Journal.Warn(
                AccountSid.None, number, offered.Seq,
                $"{to} was called from a SIP phone, and no account owns it{(line is null ? "" : ", so a simulated phone takes the call")}: "
                    + "buy it by the API or add it under numbers:, or say under handsets: what phone has it");
        }
        if (calls is null && line is null)
        {
            call.Refuse(404, now);
            return;
        }
        var leg = new CallerLeg(host, call, _domain, from, host.Exchange.NewTracks())
        {
            Subscriber = number,
            Offered = session,
        };
        host.Add(call, leg);
        var offer = new CallOffer(AccountSid.None, "", from, to, offered.Seq)
        {
            DisplayName = invite.From.DisplayName,
            Marks = MarksOf(invite, number),
        };
        if (calls is not null)
        {
            leg.CallSid = calls.Receive(leg, offer, out var owner);
            leg.Owner = owner;
        }
        else
        {
            // A name for who acts for a simulated phone; no account has such a call.
            leg.CallSid = host.World.Sids.New("CA");
            var between = new PhoneCall(host.World, host.Exchange, leg);
            leg.Owner = between;
            between.Begin(line!, offer with { Subject = leg.CallSid, AwaitsGreeting = true });
        }
    }

    /// <summary>
    /// Who sends the call on, as the phone says (Diversion, RFC 5806: the topmost is the latest, the last the first to be called).
    /// </summary>
    private static CarrierMarks MarksOf(SipRequest invite, string number)
    {
        if (!invite.Headers.TryGetAddresses("Diversion", out var diversions)
            || diversions is not [.., { Uri.UserText: { Length: > 0 } user }])
        {
            return CarrierMarks.None;
        }
        var called = Subscribers.Dialled(user, number);
        return PartyAddress.Read(called).Kind == AddressKind.E164 ? new CarrierMarks(ForwardedFrom: called) : CarrierMarks.None;
    }
}
