using TwilioEmu.Carrier.Switching;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>
/// Lines to SIP addresses and to numbers that SIP phones registered as: whatever answers SIP on this machine and its own networks.
/// </summary>
/// <remarks>
/// Loop-confined. What cannot be called has a line, too: it says why (twilio.com/docs/voice/twiml/sip; error dictionary).
/// </remarks>
internal sealed class SipLines(SipHost host) : ILineProvider
{
    private const string TwilioNames = ".twilio.com";

    /// <summary>Longest URI (13243).</summary>
    private const int MaxUriLength = 255;

    /// <summary>Names of edges and regions that registered phones are found by all the same.</summary>
    private static readonly string[] HomePlaces = ["us1", "us1-ix"];

    public bool Serves(AddressKind kind) => kind == AddressKind.Sip && host.IsListening;

    public IVoiceLine? Find(PartyAddress address)
    {
        if (!host.IsListening) return null;
        if (address.Kind == AddressKind.E164 && host.Exchange.Subscribers.Has(address.Value))
        {
            return new SubscriberLine(host, address.Value);
        }
        if (address.Kind != AddressKind.Sip) return null;
        // What follows the question mark has a limit of its own.
        if (!SipUri.TryParse(address.Value, out var uri) || address.Value.Length - (uri.Headers?.Length ?? 0) > MaxUriLength)
        {
            return Dead(400, 13243, $"{address} is no SIP URI");
        }
        var (headers, code, wrong) = SipHeaderRules.Asked(uri);
        if (code is 13253) return Dead(400, code, wrong);
        if (host.Find(uri.Host) is { Kind: SipDomainKind.Domain } domain)
        {
            if (string.IsNullOrEmpty(uri.User)) return Dead(404, 32223, $"{address} names no user");
            if (domain.Place is { } place && !HomePlaces.Contains(place))
            {
                return Dead(404, 32220, $"a registered phone is called by {domain.Name}, not by a name of {place}");
            }
            return new RegisteredLine(host, uri, domain, headers, (code, wrong));
        }
        if (uri.Host.EndsWith(TwilioNames, StringComparison.OrdinalIgnoreCase))
        {
            return Dead(404, 32002, $"there is no SIP domain {uri.Host}");
        }
        if (!OwnNetworks.Allows(uri.Host) || !Hop.TryOf(uri, out _))
        {
            return Dead(503, 13254, $"{uri.Host} is not reachable: calls go to this machine and its private networks only");
        }
        // To the live gateways a number at an address of theirs is no number of the telephone network (jambonz/sbc-inbound 62: 403).
        if (host.IsOwn(uri))
        {
            return Dead(
                403, 32011,
                $"{uri.Host} is this SIP interface itself: a number of the telephone network is named as tel:{uri.UserText}, or at the "
                    + "trunk's own domain");
        }
        return new OutsideLine(host, uri, headers, (code, wrong));
    }

    private DeadLine Dead(int status, int code, string why) => new(host, LegEnd.Answered(status, why, Side.Emulator) with { Code = code });

    /// <summary>SRTP over TLS, where the URI asks for it (twilio.com/docs/voice/twiml/sip: <c>sips:</c>, <c>secure=true</c>).</summary>
    public static bool IsSecure(SipUri uri) => uri.IsSecure || uri.Parameters["secure"] is "true";
}

/// <summary>A line that nobody can be called by, and that says why.</summary>
internal sealed class DeadLine(SipHost host, LegEnd why) : IVoiceLine
{
    public ILeg Place(CallOffer offer, ILegOwner owner)
    {
        var leg = new CalleeLeg(host, SrtpUse.Never, offer.To, host.Exchange.NewTracks()) { Owner = owner, CallSid = offer.Subject };
        host.World.Loop.Post(() => leg.Fail(why));
        return leg;
    }
}
