using System.Globalization;

namespace TwilioEmu.Webhooks.Cookies;

/// <summary>Reads a <c>Set-Cookie</c> header. Pure.</summary>
/// <remarks>RFC 6265 5.2: <c>name=value *(";" attribute)</c>, lenient as browsers are.</remarks>
internal static class SetCookie
{
    // Longer ones are refused, as browsers do (RFC 6265 6.1: at least 4096 bytes are kept).
    private const int MaxLength = 4096;

    // RFC 6265bis 5.5: 400 days at most.
    private static readonly TimeSpan MaxLife = TimeSpan.FromDays(400);

    private static readonly string[] DateForms =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "ddd, dd-MMM-yyyy HH:mm:ss 'GMT'", "ddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy", "ddd, d MMM yyyy HH:mm:ss 'GMT'",
    ];

    /// <summary>The cookie, or null when it is to be ignored.</summary>
    /// <param name="header">The value of one header.</param>
    /// <param name="url">Where the answer came from.</param>
    /// <param name="now">World time.</param>
    /// <param name="appDate">The answer's <c>Date</c> header: an app's <c>Expires</c>
    /// is told by the app's clock, which need not be the world's.</param>
    public static Cookie? Read(string header, Uri url, DateTimeOffset now, string? appDate)
    {
        var parts = header.Split(';');
        var equals = parts[0].IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || header.Length > MaxLength) return null;
        var host = url.IdnHost.ToLowerInvariant();
        var cookie = new Cookie(
            parts[0][..equals].Trim(), parts[0][(equals + 1)..].Trim(), host, IsHostOnly: true, DefaultPath(url.AbsolutePath),
            IsSecure: false, null);
        var hasMaxAge = false;
        foreach (var part in parts.AsSpan(1))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var name = (at < 0 ? part : part[..at]).Trim().ToLowerInvariant();
            var value = at < 0 ? "" : part[(at + 1)..].Trim();
            switch (name)
            {
                case "secure": cookie = cookie with { IsSecure = true }; break;
                case "path" when value.StartsWith('/'): cookie = cookie with { Path = value }; break;
                case "domain" when value.Trim('.').Length > 0:
                    cookie = cookie with { Domain = value.TrimStart('.').ToLowerInvariant(), IsHostOnly = false }; break;
                case "max-age" when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds):
                    cookie = cookie with
                    {
                        Expires = seconds <= 0 ? DateTimeOffset.MinValue : Add(now, TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue))),
                    };
                    hasMaxAge = true;
                    break;
                case "expires" when !hasMaxAge && TryReadDate(value, out var date):
                    cookie = cookie with { Expires = TryReadDate(appDate ?? "", out var sent) ? Add(now, date - sent) : date };
                    break;
            }
        }
        // RFC 6265 5.3 step 6: an app may not set cookies for others.
        return cookie.IsHostOnly || cookie.GoesTo(new UriBuilder(url) { Scheme = "https", Port = -1, Path = cookie.Path }.Uri)
            ? cookie
            : null;
    }

    /// <summary>RFC 6265 5.1.4: up to, not including, the last slash.</summary>
    private static string DefaultPath(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash <= 0 ? "/" : path[..slash];
    }

    private static DateTimeOffset Add(DateTimeOffset now, TimeSpan life) =>
        life <= TimeSpan.Zero ? DateTimeOffset.MinValue : now + (life < MaxLife ? life : MaxLife);

    private static bool TryReadDate(string text, out DateTimeOffset date) => DateTimeOffset.TryParseExact(
        text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out date);
}
