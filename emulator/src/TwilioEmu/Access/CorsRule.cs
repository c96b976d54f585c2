using Microsoft.Extensions.Primitives;

namespace TwilioEmu.Access;

/// <summary>Origins whose pages may send requests and read answers (Fetch 3.2, the CORS protocol).</summary>
/// <remarks>
/// The live service allows any page (twilio.com/docs/usage/requests-to-twilio). Here none is allowed unless named:
/// the credentials are known, and webhooks reach what the page cannot.
/// </remarks>
internal sealed class CorsRule(IReadOnlyList<string> origins)
{
    private static readonly StringValues Headers =
        "Accept, Authorization, Content-Type, X-Twilio-Token, If-Match, If-Modified-Since, If-None-Match, "
        + "If-Unmodified-Since, Idempotency-Key, Last-Event-ID";
    private static readonly StringValues Methods = "GET, POST, PUT, PATCH, DELETE, OPTIONS";

    private readonly HashSet<string> _origins = new(origins, StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a named one. <c>*</c> opens REST alone: who may lead the emulator is told by name.</summary>
    public bool Allows(string origin, bool isControl) =>
        _origins.Contains(origin) || (!isControl && _origins.Contains(AccessOptions.Anyone));

    /// <summary>True for the question a browser asks before it sends what no form could.</summary>
    public bool IsPreflight(HttpRequest request) =>
        _origins.Count > 0 && HttpMethods.IsOptions(request.Method) && request.Headers.Origin.Count > 0
            && request.Headers.AccessControlRequestMethod.Count > 0;

    /// <summary>Lets the page read the answer.</summary>
    public static void WriteHeaders(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = http.Request.Headers.Origin;
        headers.AccessControlAllowCredentials = "true";
        headers.AccessControlExposeHeaders = "ETag, Twilio-Request-Id";
        headers.Append("Vary", "Origin");
    }

    /// <summary>Answers that question.</summary>
    public static void WritePreflight(HttpContext http)
    {
        var headers = http.Response.Headers;
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        headers.AccessControlAllowHeaders = Headers;
        headers.AccessControlAllowMethods = Methods;
        // Pages of the wide net ask apart for addresses of this one (wicg.github.io/private-network-access).
        if (http.Request.Headers["Access-Control-Request-Private-Network"] == "true")
        {
            headers["Access-Control-Allow-Private-Network"] = "true";
        }
    }
}
