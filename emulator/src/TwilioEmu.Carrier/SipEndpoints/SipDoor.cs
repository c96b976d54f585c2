using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Takes what strangers send: REGISTERs and calls, by the lists of the domain they name.</summary>
/// <remarks>Loop-confined. Who names no domain learns nothing but 404.</remarks>
internal sealed class SipDoor(SipHost host)
{
    /// <summary>Refusals told in the journal in a minute; a scanner must not push out everything else.</summary>
    private const int MaxToldPerMinute = 60;

    private readonly SipGate _gate = new();
    private DateTimeOffset _toldSince;
    private int _toldCount;

    /// <summary>A call comes in.</summary>
    public void Offer(IncomingCall call, Hop source, DateTimeOffset now)
    {
        var invite = call.Invite;
        if (Judge(invite, source, now, out var domain) is { } refusal)
        {
            Tell(invite, source, refusal);
            call.Refuse(refusal.Status, now, refusal.Headers);
            return;
        }
        var from = PartyAddress.Read($"sip:{invite.From.Uri.User}@{invite.From.Uri.Host}");
        var to = PartyAddress.Read($"sip:{invite.Uri.User}@{invite.Uri.Host}");
        var leg = new CallerLeg(host, call, from, host.Exchange.NewTracks());
        host.Add(call, leg);
        var offered = host.Write(
            SipEntries.Offered, domain!.Name, ("call_sid", ""), ("to", to.ToString()), ("from", from.ToString()), ("source", source.ToString()), ("sip_call_id", invite.CallId));
        var offer = new CallOffer(AccountSid.None, "", from, to, offered.Seq)
        {
            Headers = SipHeaderRules.Passed(invite.Headers),
            DisplayName = invite.From.DisplayName,
            Parameters = [.. Parameters(invite, source, domain)],
        };
        if (host.Exchange.Calls is not { } calls)
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
        var domain = host.Domains.Find(request.To.Uri.Host);
        var refusal = domain is null || request.To.Uri.User is null ? Unknown() : _gate.JudgeRegistration(request, domain, Wall);
        if (refusal is not null)
        {
            Tell(request, incoming.Source, refusal);
            incoming.Respond(refusal.Status, now, refusal.Headers);
            return;
        }
        var answer = host.Registrations.Register(request, domain!, incoming.Source);
        // One binding more than ten is 32007.
        incoming.Respond(answer.Status, now, answer.Status == 403 ? new SipRefusal(403, 32007, "Too many registrations for this address").Headers : answer.Headers);
        if (answer.Status != 200)
        {
            Tell(request, incoming.Source, new SipRefusal(answer.Status, answer.Status == 403 ? 32007 : 0, "the registrar refused"));
            return;
        }
        var user = request.To.Uri.UserText!;
        if (answer.Bindings.FirstOrDefault(b => b.Flow == incoming.Source) is { } binding)
        {
            host.Write(
                SipEntries.Registered, $"sip:{user}@{domain!.Name}", ("domain", domain.Name), ("contact", binding.Contact.Uri.ToString()), ("flow", incoming.Source.ToString()),
                ("expires_in", binding.ExpiresAt - Wall));
        }
        else if (request.Headers.Has(HeaderNames.Contact)) host.Write(SipEntries.Unregistered, $"sip:{user}@{domain!.Name}", ("domain", domain.Name), ("flow", incoming.Source.ToString()));
    }

    private DateTimeOffset Wall => host.World.Options.Wall.GetUtcNow();

    private SipRefusal? Judge(SipRequest invite, Hop source, DateTimeOffset now, out SipDomain? domain)
    {
        domain = host.Domains.Find(invite.Uri.Host);
        if (domain is null || invite.From.Uri.Host.Length == 0) return Unknown();
        if (_gate.JudgeCall(invite, source, domain, Wall) is { } refusal) return refusal;
        if (invite.Headers[HeaderNames.MaxForwards] is "0") return new SipRefusal(483, 32006, "Too many hops");
        if (invite.Body.IsEmpty) return null;
        if (!SdpReader.TryRead(invite.Body.Span, out var offer, out _)) return new SipRefusal(400, 32102, "Invalid session description");
        // Ports are lent when it is answered; what cannot be agreed on is refused before anybody is asked.
        return AudioNegotiation.Answer(offer, new AudioTerms(host.Advertised, 9, "1"), out _, out _) == AudioRefusal.None
            ? null
            : new SipRefusal(488, 32102, "No sound that can be agreed on: PCMU or PCMA, in the clear");
    }

    /// <summary>What the app is told of a call that came by SIP (twilio.com/docs/voice/api/sending-sip).</summary>
    private static IEnumerable<KeyValuePair<string, string>> Parameters(SipRequest invite, Hop source, SipDomain domain)
    {
        yield return new("SipDomain", invite.Uri.Host);
        yield return new("SipDomainSid", domain.Sid);
        yield return new("SipCallId", invite.CallId);
        yield return new("SipSourceIp", source.Host);
        foreach (var header in SipHeaderRules.Passed(invite.Headers)) yield return new($"SipHeader_{header.Key}", header.Value);
    }

    private static SipRefusal Unknown() => new(404, 0, "no such domain");

    private void Tell(SipRequest request, Hop source, SipRefusal refusal)
    {
        var now = Wall;
        if (now - _toldSince >= TimeSpan.FromMinutes(1)) (_toldSince, _toldCount) = (now, 0);
        // A challenge is how every call and every registration begins.
        if (refusal.Status == 407 || ++_toldCount > MaxToldPerMinute) return;
        host.Write(
            SipEntries.Refused, request.Uri.Host, ("method", request.Method), ("to", request.To.Uri.ToString()), ("from", request.From.Uri.ToString()),
            ("source", source.ToString()), ("status", refusal.Status), ("error", refusal.Code), ("why", refusal.Why));
    }
}
