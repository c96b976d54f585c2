using System.Collections.Immutable;
using System.Net;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Sip.Digest;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>A place to send an INVITE to.</summary>
/// <param name="Uri">The Request-URI.</param>
/// <param name="Flow">The way to it; null for what the URI says.</param>
internal readonly record struct SipTarget(SipUri Uri, Hop? Flow)
{
    /// <summary>The addresses of the URI's name, in the order they are to be tried; empty where it is an address itself.</summary>
    public ImmutableArray<Hop> Ways { get; init; } = [];

    /// <summary>The hop that has to be looked up first; null where an address is known.</summary>
    public Hop? Named => Flow is null && Hop.TryOf(Uri, out var hop) && !IPAddress.TryParse(hop.Host, out _) ? hop : null;

    public override string ToString() =>
        $"{Uri} by {(Flow is { } flow ? flow.ToString() : Ways.IsEmpty ? "its own address" : string.Join(", else ", Ways))}";
}

/// <summary>One SIP address, to be called: what the kinds of them have in common.</summary>
/// <remarks>Loop-confined.</remarks>
/// <param name="host">Where it lives.</param>
/// <param name="use">How SRTP is meant.</param>
/// <param name="doubt">What of the URI is not done though the call is made: its code and why; 0 for nothing.</param>
internal abstract class SipLine(SipHost host, SrtpUse use, (int Code, string Why) doubt) : IVoiceLine
{
    public ILeg Place(CallOffer offer, ILegOwner owner)
    {
        var leg = new CalleeLeg(host, offer.IsSecure ? SrtpUse.Always : use, offer.To, host.Exchange.NewTracks())
        {
            Owner = owner,
            CallSid = offer.Subject,
            Subscriber = Subscriber,
        };
        host.World.Loop.Post(() => Begin(leg, offer));
        return leg;
    }

    protected SipHost Host => host;

    /// <summary>The number of the carrier's that it is; null for none.</summary>
    protected virtual string? Subscriber => null;

    /// <summary>Where it is to be found now, or why it cannot be called.</summary>
    protected abstract LegEnd? Locate(CallOffer offer, out IReadOnlyList<SipTarget> targets);

    /// <summary>Whom the callee sees called.</summary>
    protected abstract SipUri To { get; }

    /// <summary>The host that the caller is shown at.</summary>
    protected abstract string CallerHost { get; }

    /// <summary>Beside what every INVITE has.</summary>
    protected abstract SipHeaders Headers(CallOffer offer);

    /// <summary>The caller as a user at a host.</summary>
    protected static string ShownOf(CallOffer offer) =>
        offer.From.Kind == AddressKind.Sip && SipUri.TryParse(offer.From.Value, out var caller)
            ? caller.User ?? "anonymous"
            : SipHost.Escaped(offer.From.ToString());

    /// <summary>What tells the app's calls apart from others (twilio.com/docs/voice/twiml/sip).</summary>
    protected static SipHeaders TwilioHeaders(CallOffer offer) => SipHeaders.Empty
        .With("X-Twilio-AccountSid", offer.Account.Value).With("X-Twilio-CallSid", offer.Subject).With("X-Twilio-ApiVersion", "2010-04-01");

    private void Begin(CalleeLeg leg, CallOffer offer)
    {
        if (leg.State == LegState.Ended) return;
        if (Locate(offer, out var targets) is { } why)
        {
            leg.Fail(why);
            return;
        }
        if (doubt.Code != 0) leg.Warn(doubt.Code, doubt.Why);
        if (targets.Any(t => t.Named is not null)) host.World.Loop.Start(() => FindAsync(leg, offer, targets));
        else host.Act(now => Invite(leg, offer, targets, now));
    }

    /// <summary>Looks up the names among the targets; a name may have several addresses, and is called by the first that works.</summary>
    private async Task FindAsync(CalleeLeg leg, CallOffer offer, IReadOnlyList<SipTarget> targets)
    {
        var found = new List<SipTarget>();
        foreach (var target in targets)
        {
            if (target.Named is not { } named) found.Add(target);
            else if (await host.LocateAsync(named) is { IsEmpty: false } ways) found.Add(target with { Ways = ways });
        }
        if (leg.State == LegState.Ended) return;
        if (found.Count > 0) host.Act(now => Invite(leg, offer, found, now));
        else
        {
            var why = $"{targets[0].Named?.Host} has no address on this machine or its private networks";
            leg.Fail(new LegEnd(LegEndKind.Failed, 503, why, Side.Emulator) { Code = 13254 });
        }
    }

    private void Invite(CalleeLeg leg, CallOffer offer, IReadOnlyList<SipTarget> targets, DateTimeOffset now)
    {
        host.Write(
            SipEntries.Placed, leg.Address.ToString(), ("call_sid", offer.Subject), ("from", offer.From.ToString()),
            ("targets", targets.Select(t => t.ToString()).ToArray()));
        var from = new NameAddr(offer.DisplayName, SipUri.Of(ShownOf(offer), offer.CallerHost ?? CallerHost), SipParameters.None);
        leg.Begin(
            sdp => targets.Select(t => new OutgoingCallTerms(t.Uri with { Headers = null }, from, sdp)
            {
                To = new NameAddr(To),
                Hop = t.Flow,
                Ways = t.Ways,
                Headers = Headers(offer).With(offer.Headers.Select(h => new SipHeader(h.Key, h.Value))),
                Login = offer.Login is { } login ? new DigestLogin(login.Username, login.Password) : null,
            }),
            now);
    }
}

/// <summary>A phone that registered at a domain of the account.</summary>
/// <param name="headers">What the URI asks to be sent.</param>
/// <param name="doubt">A header that is not sent: its code and why; 0 for none.</param>
internal sealed class RegisteredLine(SipHost host, SipUri uri, SipDomain domain, SipHeaders headers, (int Code, string Why) doubt)
    : SipLine(host, domain.IsSecure || SipLines.IsSecure(uri) ? SrtpUse.Always : SrtpUse.Never, doubt)
{
    protected override SipUri To => SipUri.Of(uri.User, domain.Name);

    protected override string CallerHost => domain.Name;

    protected override SipHeaders Headers(CallOffer offer) => TwilioHeaders(offer).With(headers.Lines);

    protected override LegEnd? Locate(CallOffer offer, out IReadOnlyList<SipTarget> targets)
    {
        targets = [.. Host.Registrations.Find(SipUri.Of(uri.User, domain.Name)).Select(b => new SipTarget(b.Contact.Uri, b.Flow))];
        return domain.Account != offer.Account ? LegEnd.Answered(
            403, $"{domain.Name} is not a domain of this account", Side.Emulator) with
        { Code = 13255 }
            : targets.Count == 0 ? LegEnd.Answered(
                480, $"{uri.UserText} is not registered at {domain.Name}", Side.Emulator) with
            { Code = 32009 }
            : null;
    }
}

/// <summary>Whatever answers SIP at an address.</summary>
internal sealed class OutsideLine(SipHost host, SipUri uri, SipHeaders headers, (int Code, string Why) doubt)
    : SipLine(host, SipLines.IsSecure(uri) ? SrtpUse.Always : SrtpUse.Never, doubt)
{
    protected override SipUri To => SipUri.Of(uri.User, uri.Host, uri.Port);

    protected override string CallerHost => Host.Advertised;

    protected override SipHeaders Headers(CallOffer offer) =>
        (offer.Kind == OfferKind.Trunk ? GatewayHeaders.OfTrunk(offer, Host.Advertised) : TwilioHeaders(offer)).With(headers.Lines);

    protected override LegEnd? Locate(CallOffer offer, out IReadOnlyList<SipTarget> targets)
    {
        // SRTP keys go in the clear with SDP, so where they are asked for the way is TLS (RFC 4568 §8.3).
        targets =
        [
            new SipTarget(
                SipLines.IsSecure(uri) && !uri.IsSecure && !uri.Parameters.Has("transport")
                    ? uri with { Parameters = uri.Parameters.With("transport", "tls") }
                    : uri,
                null),
        ];
        return null;
    }
}

/// <summary>A number of the carrier's, which phones registered as: it rings at all of them.</summary>
internal sealed class SubscriberLine(SipHost host, string number) : SipLine(host, SrtpUse.Never, default)
{
    protected override string Subscriber => number;

    protected override SipUri To => SipUri.Of(SipHost.Escaped(number), Host.Advertised);

    protected override string CallerHost => Host.Advertised;

    /// <summary>
    /// A telephone network passes none on, but for what a display is to show (Subject,
    /// RFC 3261 §20.36; inferred: branded calling is no SIP).
    /// </summary>
    protected override SipHeaders Headers(CallOffer offer) => offer.Reason is { } reason
        ? SipHeaders.Empty.With(HeaderNames.Subject, reason)
        : SipHeaders.Empty;

    protected override LegEnd? Locate(CallOffer offer, out IReadOnlyList<SipTarget> targets)
    {
        targets =
        [
            .. Host.Registrations
                .Find(SipUri.Of(SipHost.Escaped(number), CarrierDoor.Name))
                .Select(b => new SipTarget(b.Contact.Uri, b.Flow)),
        ];
        return targets.Count == 0 ? LegEnd.Answered(480, $"no phone is registered as {number}", Side.Party) : null;
    }
}
