using System.Net;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Sip.Transactions;

/// <summary>Where responses go, RFC 3261 §18.2 and RFC 3581.</summary>
internal static class ResponseRoute
{
    /// <summary>Writes <c>received</c> when the sender told another host than we see, and both it and <c>rport</c> when asked for the port
    /// (RFC 3581 §4).</summary>
    public static SipRequest Stamp(SipRequest request, Hop source)
    {
        var via = request.TopVia;
        var parameters = via.Parameters;
        var wantsPort = parameters.Has("rport");
        if (wantsPort || !IsSameHost(via.SentBy.Host, source.Host)) parameters = parameters.With("received", source.Host);
        if (wantsPort) parameters = parameters.With("rport", source.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return parameters == via.Parameters
            ? request
            : request.WithHeaders(request.Headers.SetFirstValue(HeaderNames.Via, (via with { Parameters = parameters }).ToString()));
    }

    /// <summary>§18.2.2: over the connection it came by; over UDP to the source's address, and to its port if asked, else that of
    /// sent-by.</summary>
    public static Hop Of(SipRequest request, Hop source) =>
        source.Transport.IsReliable() || request.TopVia.Parameters.Has("rport")
            ? source
            : source with { Port = request.TopVia.SentBy.Port ?? SipTransport.Udp.DefaultPort() };

    private static bool IsSameHost(string sentBy, string source) =>
        IPAddress.TryParse(sentBy.Trim('[', ']'), out var told) && IPAddress.TryParse(source, out var seen)
        && (told.IsIPv4MappedToIPv6 ? told.MapToIPv4() : told).Equals(seen);
}
