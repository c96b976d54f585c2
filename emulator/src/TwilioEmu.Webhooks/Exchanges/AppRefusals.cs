using System.Text;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Webhooks.Wires;

namespace TwilioEmu.Webhooks.Exchanges;

/// <summary>What mends an answer by which the framework under an app refused a webhook, or the app did not find what was sent.</summary>
/// <remarks>
/// Frameworks say so in words of their own, each of which is a mark here: docs.djangoproject.com/en/stable/ref/csrf, laravel.com/docs/csrf,
/// guides.rubyonrails.org/security.html and configuring.html (<c>config.hosts</c>), learn.microsoft.com/aspnet/core
/// (security/anti-request-forgery, fundamentals/servers/kestrel/host-filtering), vite.dev/config/server-options (<c>allowedHosts</c>).
/// </remarks>
internal static class AppRefusals
{
    // Bodies of refusals open with what they are; pages of errors with a style sheet.
    private const int MaxLooked = 16 * 1024;

    private static readonly string[] OfForgery =
    [
        "CSRF", "antiforgery", "anti-forgery", "InvalidAuthenticityToken", "authenticity token", "Page Expired",
        "change you wanted was rejected",
    ];

    // A developer's page of a 500 shows settings, among them those of the check: ASP.NET's exception names it at the beginning.
    private static readonly string[] OfForgeryUnset = ["anti-forgery metadata"];

    private static readonly string[] OfHost =
    [
        "Blocked host", "Invalid HTTP_HOST", "DisallowedHost", "Invalid Host header", "Invalid Hostname", "This host (",
    ];

    // How languages say that there is no such thing: JavaScript, Python, C#, Java, PHP, Ruby.
    private static readonly string[] OfAbsence =
    [
        "undefined", "KeyError", "is required", "field required", "not provided", "is not present", "Undefined array key", "missing",
        "key not found",
    ];

    // A reader of JSON, and what Werkzeug (Flask) says of a key that is not there, unless it debugs.
    private static readonly string[] OfNoForm = ["application/json", "sent a request that this server could not understand"];

    /// <summary>What to do about it, to follow the status; null where the answer shows none of this.</summary>
    public static string? CureOf(WireAnswer answer, Outgoing outgoing)
    {
        if (answer.Status == 401)
        {
            return outgoing.Url.UserInfo is null
                ? "; it asks for credentials: they stand in the URL, http://user:password@..., or this route needs none"
                : "; the credentials in the URL did not satisfy it";
        }
        var body = Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(answer.Body.Length, MaxLooked)]);
        body = PageWords.Of(body) ?? body;
        var isRefusal = answer.Status is 400 or 403 or 419 or 422;
        if (answer.Status == 419 || Has(body, isRefusal ? OfForgery : OfForgeryUnset))
        {
            return "; its check against forged forms (CSRF) stopped it. Twilio sends no such token: the route is exempt from it "
                + "(@csrf_exempt, skip_forgery_protection, DisableAntiforgery(), ...)";
        }
        if (isRefusal && Has(body, OfHost))
        {
            return $"; it lets in only hosts that it was told of: {outgoing.Url.Uri.Host} is to be one (ALLOWED_HOSTS, config.hosts, "
                + "AllowedHosts, allowedHosts, ...), or the URL names one that is";
        }
        if (Missed(body, outgoing) is { } parameter) return OfForm(outgoing, $"{parameter} was sent, and it did not find it: ");
        return answer.Status is 415 or 422 || (isRefusal && Has(body, OfNoForm))
            ? OfForm(outgoing, "")
            : null;
    }

    /// <summary>A parameter that was sent, and that the app says is not there.</summary>
    private static string? Missed(string body, Outgoing outgoing) =>
        Has(body, OfAbsence) ? outgoing.Parameters.Select(p => p.Key).FirstOrDefault(name => IsQuoted(body, name)) : null;

    /// <summary>Whether a name stands in quotes or brackets, or behind a dot: many are words of the language, too.</summary>
    private static bool IsQuoted(string text, string name)
    {
        for (var at = 0; (at = text.IndexOf(name, at, StringComparison.Ordinal)) >= 0; at++)
        {
            var before = at == 0 ? ' ' : text[at - 1];
            var behind = at + name.Length == text.Length ? ' ' : text[at + name.Length];
            if (char.IsLetterOrDigit(before) || char.IsLetterOrDigit(behind)) continue;
            if ("'\"`[.".Contains(before) || "'\"`]".Contains(behind)) return true;
        }
        return false;
    }

    private static string OfForm(Outgoing outgoing, string what) => outgoing switch
    {
        { Json: not null } => $"; {what}the body is JSON (application/json)",
        { Method: "POST" } => $"; {what}parameters come in the body, as a form (application/x-www-form-urlencoded), and not as JSON or in "
            + "the query (express.urlencoded(), request.form, Form(), [FromForm], ...)",
        _ => $"; {what}parameters come in the query, since it is asked by {outgoing.Method}",
    };

    private static bool Has(string body, string[] marks) => marks.Any(m => body.Contains(m, StringComparison.OrdinalIgnoreCase));
}
