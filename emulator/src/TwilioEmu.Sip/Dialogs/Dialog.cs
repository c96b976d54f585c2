using System.Collections.Immutable;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Sip.Dialogs;

/// <summary>What a dialog is known by. Tags are null for peers from before RFC 3261.</summary>
public readonly record struct DialogId(string CallId, string? LocalTag, string? RemoteTag)
{
    /// <summary>Of a request that came: To is us.</summary>
    public static DialogId OfIncoming(SipRequest request) => new(request.CallId, request.To.Tag, request.From.Tag);

    /// <summary>Of a response to what we sent: From is us.</summary>
    public static DialogId OfResponse(SipResponse response) => new(response.CallId, response.From.Tag, response.To.Tag);
}

/// <summary>A relation of two user agents: who they are, how each is reached, how far each has counted. Immutable.</summary>
/// <param name="LocalSequence">CSeq of the last request we sent.</param>
/// <param name="RemoteSequence">CSeq of the last request the peer sent; null before its first.</param>
/// <param name="RouteSet">Hops on the way to the peer, the nearest first.</param>
/// <param name="Flow">The hop that goes before what Contact says when there is no route set: where the peer itself was heard (NAT), or the
/// registration's flow.</param>
/// <remarks>RFC 3261 §12.</remarks>
public sealed record Dialog(
    DialogId Id, NameAddr Local, NameAddr Remote, SipUri RemoteTarget, SipUri LocalTarget, ImmutableArray<NameAddr> RouteSet,
    uint LocalSequence, uint? RemoteSequence, bool IsSecure, Hop? Flow)
{
    /// <summary>The caller's side (§12.1.2): false when the response that should begin it has no Contact or tag to begin it with.</summary>
    public static bool TryOfResponse(SipRequest request, SipResponse response, SipUri localTarget, Hop? flow, out Dialog dialog)
    {
        dialog = null!;
        if (!TryReadTarget(response, out var target) || !response.Headers.TryGetAddresses(HeaderNames.RecordRoute,
            out var route)) return false;
        dialog = new(DialogId.OfResponse(response), response.From, response.To, target, localTarget, [.. route.Reverse()],
            request.CSeq.Number, null, request.Uri.IsSecure, flow);
        return true;
    }

    /// <summary>The called side (§12.1.1).</summary>
    public static bool TryOfRequest(SipRequest request, string localTag, SipUri localTarget, Hop source, out Dialog dialog)
    {
        dialog = null!;
        if (!TryReadTarget(request, out var target) || !request.Headers.TryGetAddresses(HeaderNames.RecordRoute,
            out var route)) return false;
        // One Via: the peer itself is on the other end of the wire, and what its Contact says may lie behind a NAT.
        var isDirect = !request.Headers.Values(HeaderNames.Via).Skip(1).Any();
        dialog = new(new(request.CallId, localTag, request.From.Tag), request.To.WithTag(localTag), request.From, target, localTarget,
            route,
            0, request.CSeq.Number, request.Uri.IsSecure, isDirect ? source : null);
        return true;
    }

    /// <summary>Whether a request of the peer comes in order (§12.2.2); one that does not is answered 500.</summary>
    public bool IsInOrder(SipRequest request) => RemoteSequence is not { } last || request.CSeq.Number > last;

    public Dialog WithRemoteSequence(uint number) => this with { RemoteSequence = number };

    /// <summary>The peer's Contact in a re-INVITE, UPDATE, or an answer to ours, is where it is from now on (§12.2).</summary>
    public Dialog Refreshed(SipMessage message) => TryReadTarget(message, out var target) ? this with { RemoteTarget = target } : this;

    /// <summary>A request within the dialog, without Via. An ACK takes the number of its INVITE; all others count on.</summary>
    public (Dialog Dialog, SipRequest Request, Hop Hop) NewRequest(string method, uint? sequence = null)
    {
        var number = sequence ?? LocalSequence + 1;
        var (uri, routes) = Route();
        var headers = SipHeaders.Empty.With(HeaderNames.MaxForwards, "70");
        foreach (var route in routes) headers = headers.With(HeaderNames.Route, route);
        headers = headers.With(HeaderNames.From, Local.ToString()).With(HeaderNames.To, Remote.ToString())
            .With(HeaderNames.CallId, Id.CallId)
            .With(HeaderNames.CSeq, new CSeq(number, method).ToString());
        return (sequence is null ? this with { LocalSequence = number } : this, new(method, uri, headers, default), NextHop());
    }

    /// <summary>§12.2.1.1: past loose routers by Route headers; a strict one gets the Request-URI, and the target goes last.</summary>
    private (SipUri Uri, IEnumerable<string> Routes) Route()
    {
        if (RouteSet.IsEmpty) return (RemoteTarget, []);
        if (RouteSet[0].Uri.IsLooseRouter) return (RemoteTarget, RouteSet.Select(r => r.ToString()));
        return (RouteSet[0].Uri with { Headers = null }, RouteSet.Skip(1).Select(r => r.ToString()).Append($"<{RemoteTarget}>"));
    }

    private Hop NextHop()
    {
        if (RouteSet.IsEmpty) return Flow ?? (Hop.TryOf(RemoteTarget, out var target) ? target : default);
        return Hop.TryOf(RouteSet[0].Uri, out var hop) ? hop : default;
    }

    private static bool TryReadTarget(SipMessage message, out SipUri target)
    {
        target = null!;
        if (!message.Headers.TryGetAddresses(HeaderNames.Contact, out var contacts) || contacts is not [var contact, ..]
            || !contact.Uri.IsSip) return false;
        target = contact.Uri with { Headers = null };
        return true;
    }
}
