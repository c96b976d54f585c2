using System.Net;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Takes what strangers send: REGISTERs and calls, by the lists of the domain they name.</summary>
/// <remarks>Loop-confined. Who names no domain learns nothing but 404.</remarks>
internal sealed class SipDoor
{
    private readonly SipHost _host;
    private readonly SipGate _gate = new(SipDomain.Realm);
    private readonly RefusalLog _log;

    public SipDoor(SipHost host)
    {
        _host = host;
        _log = new RefusalLog(host);
        Carrier = new CarrierDoor(host, _log);
    }

    /// <summary>The door of phones that are numbers.</summary>
    public CarrierDoor Carrier { get; }

    /// <summary>A call comes in.</summary>
    public void Offer(IncomingCall call, Hop source, DateTimeOffset now)
    {
        var invite = call.Invite;
        var domain = _host.Find(invite.Uri.Host) ?? BySource(source);
        if (domain is null && Carrier.Serves(invite.Uri.Host))
        {
            Carrier.Offer(call, source, now);
            return;
        }
        if (Judge(invite, source, domain, out var username, out var offered) is { } refusal)
        {
            _log.Tell(invite, source, refusal, domain);
            call.Refuse(refusal.Status, now, refusal.Headers, refusal.Phrase);
            return;
        }
        var from = PartyAddress.Read($"sip:{invite.From.Uri.User}@{invite.From.Uri.Host}");
        var to = PartyAddress.Read($"sip:{invite.Uri.User}@{invite.Uri.Host}");
        var leg = new CallerLeg(_host, call, domain!, from, _host.Exchange.NewTracks()) { Offered = offered };
        _host.Add(call, leg);
        var entry = _host.Write(
            SipEntries.Offered, domain!.Name, ("call_sid", ""), ("to", to.ToString()), ("from", from.ToString()),
            ("source", source.ToString()), ("sip_call_id", invite.CallId));
        var offer = new CallOffer(AccountSid.None, "", from, to, entry.Seq)
        {
            Headers = SipHeaderRules.Passed(invite.Headers),
            DisplayName = invite.From.DisplayName,
            Parameters = domain.HidesSip ? [] : [.. Parameters(invite, source, domain, username)],
            Domain = domain.Sid,
        };
        if (_host.Exchange.Calls is not { } calls)
        {
            call.Refuse(404, now);
            return;
        }
        leg.CallSid = calls.Receive(leg, offer, out var owner);
        leg.Owner = owner;
    }

    /// <summary>A request outside of any call.</summary>
    public void Ask(IncomingRequest incoming, DateTimeOffset now)
    {
        var request = incoming.Request;
        if (request.Method != SipMethods.Register)
        {
            incoming.Respond(501, now);
            return;
        }
        var named = request.To.Uri;
        var domain = _host.Find(named.Host) is { Kind: SipDomainKind.Domain } found ? found
            : Carrier.Serves(named.Host) ? Carrier.Domain
            : null;
        var refusal = domain is null || string.IsNullOrEmpty(named.User) ? Unknown()
            : domain.Kind == SipDomainKind.Carrier ? Carrier.JudgeRegistration(request)
            : _gate.JudgeRegistration(request, domain, _host.Wall);
        if (refusal is not null)
        {
            _log.Tell(request, incoming.Source, refusal, domain is { Kind: SipDomainKind.Domain } ? domain : null);
            incoming.Respond(refusal.Status, now, refusal.Headers);
            return;
        }
        var address = domain!.Kind == SipDomainKind.Carrier ? CarrierDoor.AddressOf(named) : SipUri.Of(named.User, domain.Name);
        var answer = _host.Registrations.Register(request, address, incoming.Source);
        // One binding more than ten is 32007.
        incoming.Respond(
            answer.Status, now,
            answer.Status == 403 ? new SipRefusal(403, 32007, "Too many registrations for this address").Headers : answer.Headers);
        if (answer.Status != 200)
        {
            var why = new SipRefusal(answer.Status, answer.Status == 403 ? 32007 : 0, "the registrar refused");
            _log.Tell(request, incoming.Source, why, domain.Kind == SipDomainKind.Domain ? domain : null);
            return;
        }
        var subject = domain.Kind == SipDomainKind.Carrier ? address.UserText! : $"sip:{named.UserText}@{domain.Name}";
        if (answer.Bindings.FirstOrDefault(b => b.Flow == incoming.Source) is { } binding)
        {
            _host.Write(
                SipEntries.Registered, subject, ("domain", domain.Name), ("contact", binding.Contact.Uri.ToString()),
                ("flow", incoming.Source.ToString()),
                ("expires_in", binding.ExpiresAt - _host.Wall));
        }
        else if (request.Headers.Has(HeaderNames.Contact)) _host.Write(
            SipEntries.Unregistered, subject, ("domain", domain.Name), ("flow", incoming.Source.ToString()));
    }

    private SipDomain? BySource(Hop source) => IPAddress.TryParse(source.Host, out var address) ? _host.FindBySource(address) : null;

    private SipRefusal? Judge(
        SipRequest invite, Hop source, SipDomain? domain, out string? username, out SessionDescription? offered)
    {
        (username, offered) = (null, null);
        if (domain is null || invite.From.Uri.Host.Length == 0) return Unknown();
        if (_gate.JudgeCall(invite, source, domain, _host.Wall, out username) is { } refusal) return refusal;
        if (invite.Headers[HeaderNames.MaxForwards] is "0") return new SipRefusal(483, 32006, "Too many hops");
        return JudgeSession(_host, invite, domain, out offered);
    }

    /// <summary>What cannot be agreed on is refused before anybody is asked; ports are lent when it is answered.</summary>
    /// <param name="host">Where it came.</param>
    /// <param name="invite">The call.</param>
    /// <param name="domain">Whose rules are asked.</param>
    /// <param name="offered">What the caller offers; null where that is nothing, or cannot be read.</param>
    public static SipRefusal? JudgeSession(SipHost host, SipRequest invite, SipDomain domain, out SessionDescription? offered)
    {
        offered = null;
        if (invite.Body.IsEmpty) return null;
        if (!SdpReader.TryRead(invite.Body.Span, out var offer, out _)) return new SipRefusal(400, 32102, "Invalid session description");
        offered = offer;
        return AudioNegotiation.Answer(offer, host.Media.TermsFor(9, SipMedia.UseOf(domain)), out _, out _) switch
        {
            AudioRefusal.None => null,
            AudioRefusal.SrtpRequired => new SipRefusal(488, 32208, "Secure media (SRTP) required") { Warning = 302 },
            AudioRefusal.SrtpNotEnabled => new SipRefusal(488, 32207, "Secure media is not enabled for the domain") { Warning = 302 },
            AudioRefusal.DtlsOffered => NoDtls(host, domain),
            AudioRefusal.NoAudio => new SipRefusal(488, 32102, "No audio stream is offered") { Warning = 304 },
            AudioRefusal.UnknownProtocol => new SipRefusal(488, 32102, "Sound goes by RTP/AVP or RTP/SAVP") { Warning = 302 },
            AudioRefusal.NoCommonSuite =>
                new SipRefusal(488, 32102, "No SRTP suite that can be agreed on (SDES, RFC 4568): AES_CM_128 or AES-GCM") { Warning = 306 },
            _ => new SipRefusal(488, 32102, "No sound that can be agreed on: PCMU or PCMA") { Warning = 305 },
        };
    }

    /// <summary>The live service's SIP interface has SDES alone, too. It is what every browser offers, so it is said aloud.</summary>
    private static SipRefusal NoDtls(SipHost host, SipDomain domain)
    {
        const string Why = "DTLS-SRTP (UDP/TLS/RTP/SAVPF, as browsers offer it) is not supported: RTP/AVP, or RTP/SAVP with SDES "
            + "keys (a=crypto)";
        host.World.Journal.Warn(
            domain.Account, domain.Name, 0,
            $"a call was refused (488): {Why}. A page in a browser can be a phone by the Voice SDK (<Client>), not by SIP");
        return new SipRefusal(488, 32102, Why) { Warning = 302 };
    }

    /// <summary>What the app is told of a call that came by SIP (twilio.com/docs/voice/api/sip-twiml).</summary>
    private static IEnumerable<KeyValuePair<string, string>> Parameters(SipRequest invite, Hop source, SipDomain domain, string? username)
    {
        yield return new("SipDomain", invite.Uri.Host);
        yield return new("SipDomainSid", domain.Sid);
        if (username is not null) yield return new("SipUsername", username);
        yield return new("SipCallId", invite.CallId);
        yield return new("SipSourceIp", source.Host);
        foreach (var header in SipHeaderRules.Passed(invite.Headers)) yield return new($"SipHeader_{header.Key}", header.Value);
    }

    private static SipRefusal Unknown() => new(404, 0, "no such domain");
}
