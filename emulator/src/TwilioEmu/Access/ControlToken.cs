using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TwilioEmu.Access;

/// <summary>The control API's token: as a bearer's (RFC 6750 2.1), or in the cookie a page gets for it.</summary>
/// <remarks>The cookie holds what was derived from the token: who steals it has the session, not the token. Safe from any thread.</remarks>
internal sealed class ControlToken
{
    private readonly byte[] _token;
    private readonly byte[] _session;

    public ControlToken(string token)
    {
        _token = Encoding.UTF8.GetBytes(token);
        _session = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(_token, "twilioemu session"u8)));
    }

    /// <summary>True when the request carries it.</summary>
    public bool IsIn(HttpContext http) => IsBearer(http.Request)
        || (http.Request.Cookies.TryGetValue(CookieName(http), out var cookie)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(cookie), _session));

    /// <summary>Gives a page its cookie: not for its scripts, nor for requests that other sites start.</summary>
    public void GiveCookie(HttpContext http) => http.Response.Cookies.Append(
        CookieName(http), Encoding.ASCII.GetString(_session),
        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/_emu", Secure = http.Request.IsHttps });

    private bool IsBearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var text && text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text["Bearer ".Length..].Trim()), _token);

    // Cookies know no port (RFC 6265 8.5): two emulators on one machine need two names.
    private static string CookieName(HttpContext http) =>
        string.Create(CultureInfo.InvariantCulture, $"twilioemu-{http.Connection.LocalPort}");
}
