using TwilioEmu.Carrier.Switching;
using TwilioEmu.Sip.Digest;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Lines to SIP addresses: phones that registered at a domain, and whatever answers SIP on this machine and its own networks.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class SipLines(SipHost host) : ILineProvider
{
    private const string TwilioNames = ".twilio.com";

    /// <summary>Longest URI (13243).</summary>
    private const int MaxUriLength = 255;

    public bool Serves(AddressKind kind) => kind == AddressKind.Sip && host.IsListening;

    public IVoiceLine? Find(PartyAddress address)
    {
        if (!Serves(address.Kind) || !SipUri.TryParse(address.Value, out var uri)) return null;
        // What follows the question mark has a limit of its own.
        if (address.Value.Length - (uri.Headers?.Length ?? 0) > MaxUriLength || SipHeaderRules.Asked(uri) is null) return null;
        if (host.Domains.Find(uri.Host) is { } domain) return uri.User is null ? null : new Line(host, uri, domain);
        return !uri.Host.EndsWith(TwilioNames, StringComparison.OrdinalIgnoreCase) && SipReach.Allows(uri.Host) && Hop.TryOf(uri, out _) ? new Line(host, uri, null) : null;
    }

    /// <summary>One address, to be called.</summary>
    private sealed class Line(SipHost host, SipUri uri, SipDomain? domain) : IVoiceLine
    {
        public ILeg Place(CallOffer offer, ILegOwner owner)
        {
            var leg = new CalleeLeg(host, offer.To, host.Exchange.NewTracks()) { Owner = owner, CallSid = offer.Subject };
            host.World.Loop.Post(() => host.Act(now => Begin(leg, offer, now)));
            return leg;
        }

        private void Begin(CalleeLeg leg, CallOffer offer, DateTimeOffset now)
        {
            if (leg.State == LegState.Ended) return;
            if (domain is not null && domain.Account != offer.Account)
            {
                leg.Fail(LegEnd.Answered(403, $"{domain.Name} is another account's domain", Side.Emulator));
                return;
            }
            var targets = domain is null ? [(Target: uri, Flow: (Hop?)null)] : host.Registrations.Find(uri.User!, domain).Select(b => (Target: b.Contact.Uri, Flow: (Hop?)b.Flow)).ToList();
            host.Write(
                SipEntries.Placed, leg.Address.ToString(), ("call_sid", offer.Subject), ("from", offer.From.ToString()),
                ("targets", targets.Select(t => $"{t.Target} by {(t.Flow is { } flow ? flow.ToString() : "its own address")}").ToArray()));
            if (targets.Count == 0)
            {
                // Twilio's 32009; the caller is told 480.
                leg.Fail(LegEnd.Answered(480, $"{uri.UserText} is not registered at {domain!.Name}", Side.Emulator));
                return;
            }
            leg.Begin(
                sdp => targets.Select(t => new OutgoingCallTerms(t.Target with { Headers = null }, From(offer), sdp)
                {
                    To = new NameAddr(SipUri.Of(uri.User, domain?.Name ?? uri.Host, domain is null ? uri.Port : null)),
                    Hop = t.Flow,
                    Headers = Headers(offer),
                    Login = offer.Login is { } login ? new DigestLogin(login.Username, login.Password) : null,
                }),
                now);
        }

        /// <summary><c>sip:callerId@domain</c> to a registered phone, <c>sip:callerId@host</c> elsewhere.</summary>
        private NameAddr From(CallOffer offer)
        {
            var shown = offer.From.Kind == AddressKind.Sip && SipUri.TryParse(offer.From.Value, out var caller) ? caller.User ?? "anonymous" : SipHost.Escaped(offer.From.ToString());
            return new NameAddr(offer.DisplayName, SipUri.Of(shown, domain?.Name ?? host.Advertised), SipParameters.None);
        }

        private SipHeaders Headers(CallOffer offer) => SipHeaders.Empty
            .With("X-Twilio-AccountSid", offer.Account.Value).With("X-Twilio-CallSid", offer.Subject).With("X-Twilio-ApiVersion", "2010-04-01")
            .With(SipHeaderRules.Asked(uri)!.Lines)
            .With(offer.Headers.Select(h => new SipHeader(h.Key, h.Value)));
    }
}
