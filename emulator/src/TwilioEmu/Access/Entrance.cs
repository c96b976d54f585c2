using System.Net;
using Microsoft.AspNetCore.Http.Features;
using TwilioEmu.Console.Control;
using TwilioEmu.Tls;

namespace TwilioEmu.Access;

/// <summary>
/// Looks at every request from the network before anybody answers it: is it a
/// program's, or a page's of a stranger in the browser next door?
/// </summary>
/// <remarks>
/// A browser sends for any page what a form can send, with no question asked first, and reads answers for pages that are allowed to.
/// What it cannot forge is Host, Origin (Fetch 3.2) and a content type that is no form's. Safe from any thread.
///
/// | asked | REST | control API |
/// |---|---|---|
/// | Host is known, where no token is asked | yes | yes |
/// | Origin is our own, or one of <c>--cors</c> | yes | yes, but not by <c>*</c> |
/// | token, where one is asked | no | yes, but for health, CA and the page's files |
/// | a body is JSON, or of the type its call takes | no | yes |
/// </remarks>
internal sealed class Entrance
{
    private const string Control = "/_emu";
    private const string Session = ControlRoom.Prefix + "/session";
    private const string CrossSite = "cross-site";

    private readonly HostRule _hosts;
    private readonly CorsRule _cors;
    private readonly ControlToken? _token;

    public Entrance(AccessOptions options, ServedNames names)
    {
        _hosts = new HostRule(names);
        _cors = new CorsRule(options.CorsOrigins);
        _token = options.ControlToken is { } token ? new ControlToken(token) : null;
    }

    /// <summary>Lets a request in, or says why not.</summary>
    /// <param name="http">The request; its answer gets the headers by which a page may read it.</param>
    /// <param name="refusal">Why not; null when it was let in, or answered here.</param>
    /// <returns>True when it goes on to who answers it.</returns>
    public bool Admit(HttpContext http, out Refusal? refusal)
    {
        var isControl = IsControl(http.Request);
        refusal = Refuse(http, isControl);
        if (refusal is not null) return false;
        if (_cors.IsPreflight(http.Request))
        {
            CorsRule.WritePreflight(http);
            return false;
        }
        if (!isControl || IsOpen(http.Request)) return true;
        if (_token is not null && !_token.IsIn(http))
        {
            refusal = new Refusal(
                401,
                "the control API asks for a token: Authorization: Bearer TOKEN (--control-token, TWILIOEMU_CONTROL_TOKEN; else it was "
                    + "printed at the start)");
            return false;
        }
        if (HasBody(http.Request) && ControlRoom.BodyTypeOf(http.Request) is var taken && !IsTaken(http.Request.ContentType, taken))
        {
            var sent = string.IsNullOrEmpty(http.Request.ContentType) ? "untyped" : http.Request.ContentType;
            refusal = new Refusal(
                415,
                taken == ControlRoom.Json
                    ? $"a body of the control API is {taken}, not {sent} (curl --json sends it so, or -H content-type:{taken})"
                    : $"a body of this call is {taken}, "
                        + $"not {sent} (curl -H content-type:{taken.Replace("*", "wav", StringComparison.Ordinal)})");
            return false;
        }
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.Path == Session) _token?.GiveCookie(http);
        return true;
    }

    /// <summary>True for pages that may open sockets beside HTTP: those of this machine, and of <c>--cors</c>.</summary>
    /// <remarks>A web phone is a page of the app's, at a port of its own: what it may do there SIP's own credentials say.</remarks>
    public bool AdmitsPage(string origin) =>
        _cors.Allows(origin, isControl: false) || (Origin.Parse(origin) is { } page && IsOfThisMachine(page.Host));

    // RFC 6761 6.3.
    private static bool IsOfThisMachine(string host) =>
        host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>True for what belongs to the emulator and not to Twilio.</summary>
    public static bool IsControl(HttpRequest request) => request.Path.StartsWithSegments(Control, StringComparison.Ordinal);

    private Refusal? Refuse(HttpContext http, bool isControl)
    {
        var request = http.Request;
        var isKnown = _hosts.IsKnown(request.Host.Host);
        if (_token is null && !isKnown)
        {
            return new Refusal(403, $"\"{request.Host.Value}\" in the Host field is no name of this emulator; --tls-names tells it one");
        }
        if (request.Headers.Origin.Count > 0)
        {
            var text = request.Headers.Origin.ToString();
            // Under a name nobody told us a page may be its own origin and a stranger's still: the token speaks for it, where one is asked.
            if ((isKnown || isControl) && request.Headers.Origin.Count == 1 && Origin.Parse(text)?.IsAt(request.Host) == true) return null;
            if (!_cors.Allows(text, isControl))
            {
                return new Refusal(403, $"pages of {text} may not use this emulator; --cors names those that may");
            }
            CorsRule.WriteHeaders(http);
            return null;
        }
        // Pictures and scripts of other sites' pages name no origin, but new
        // browsers say so much (Fetch Metadata 2.3); a link may be followed.
        return isControl && !IsOpen(request) && request.Headers["Sec-Fetch-Site"] == CrossSite
            && request.Headers["Sec-Fetch-Mode"] != "navigate"
            ? new Refusal(403, "pages of other sites may not use the control API")
            : null;
    }

    private static bool IsOpen(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && (ControlRoom.IsForAll(request.Path) || request.Path.StartsWithSegments(Control + "/ui", StringComparison.Ordinal));

    // HTTP/2 announces a body by neither length nor coding.
    private static bool HasBody(HttpRequest request) => request.ContentLength is { } length
        ? length > 0
        : request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? request.Headers.TransferEncoding.Count > 0;

    /// <summary>JSON everywhere, and what the call says it takes: none of them is a form's.</summary>
    private static bool IsTaken(string? contentType, string taken)
    {
        var type = (contentType ?? "").Split(';')[0].Trim();
        return type.Equals(ControlRoom.Json, StringComparison.OrdinalIgnoreCase)
            || type.Equals(taken, StringComparison.OrdinalIgnoreCase)
            || (taken.EndsWith("/*", StringComparison.Ordinal) && type.StartsWith(taken[..^1], StringComparison.OrdinalIgnoreCase))
            || (type.StartsWith("application/", StringComparison.OrdinalIgnoreCase)
                && type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
    }
}
