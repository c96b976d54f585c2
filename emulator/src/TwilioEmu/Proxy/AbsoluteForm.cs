using System.Net;
using Microsoft.AspNetCore.Http.Features;
using TwilioEmu.Tls;

namespace TwilioEmu.Proxy;

/// <summary>Sorts requests whose target is a whole URL: for us, or to be passed on.</summary>
/// <remarks>RFC 9112 3.2.2: the target's authority counts, whatever the Host field says.</remarks>
internal sealed class AbsoluteForm(ServedNames names, Forwarder forwarder)
{
    /// <summary>Takes a request that is not for this house.</summary>
    /// <returns>Null when it is for us: its scheme is then what the client means, so that links lead back the way it came.</returns>
    public Task? Take(HttpContext http)
    {
        var raw = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(raw) || raw[0] == '/') return null;
        if (HttpMethods.IsConnect(http.Request.Method))
        {
            return RefuseAsync(http, "CONNECT must be the first request on its connection, and not inside another tunnel");
        }
        // "*" of OPTIONS is for the server itself.
        if (!Uri.TryCreate(raw, UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https"))
        {
            return raw == "*" ? null : RefuseAsync(http, "this proxy carries http and https");
        }
        if (!names.IsOurs(ServedNames.Plain(target.IdnHost)) && !IsSelf(http, target)) return forwarder.ForwardAsync(http, target);
        http.Request.Scheme = target.Scheme;
        return null;
    }

    private static bool IsSelf(HttpContext http, Uri target) =>
        target.Port == http.Connection.LocalPort
        && (target.Host == "localhost" || target.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(target.IdnHost, out var address)
                && (address.Equals(http.Connection.LocalIpAddress) || IPAddress.IsLoopback(address))));

    private static Task RefuseAsync(HttpContext http, string why)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(why + "\n");
    }
}
