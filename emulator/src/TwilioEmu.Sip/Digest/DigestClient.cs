using System.Globalization;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Digest;

/// <summary>Who we are to a server that asks.</summary>
/// <param name="Realm">Null for any: the first that asks is answered.</param>
public sealed record DigestLogin(string Username, string Password, string? Realm = null)
{
    public override string ToString() => $"login of {Username}";
}

/// <summary>Answers challenges. Pure.</summary>
public static class DigestClient
{
    /// <summary>The request's headers with credentials for every challenge of a 401 or 407 that can be answered.</summary>
    /// <returns>False when none can be, or when the credentials that were sent are not good enough: then asking again would go on for ever
    /// (RFC 3261 §22.2).</returns>
    public static bool TryAnswer(SipRequest request, SipResponse response, DigestLogin login, Func<string> clientNonce,
        out SipHeaders headers)
    {
        headers = request.Headers;
        var (asks, answers) = response.Status == 407
            ? (HeaderNames.ProxyAuthenticate, HeaderNames.ProxyAuthorization) : (HeaderNames.WwwAuthenticate, HeaderNames.Authorization);
        // A server may ask for one realm under several algorithms; one of them is answered, the best we know.
        var byRealm = response.Headers.Lines.Where(h => h.Is(asks))
            .Select(h => DigestChallenge.TryParse(h.Text, out var challenge) ? challenge : null).OfType<DigestChallenge>()
            .Where(c => (login.Realm is null || login.Realm == c.Realm)
                && (c.Qop.IsEmpty || c.Qop.Contains(DigestCredentials.Auth) || c.Qop.Contains(DigestCredentials.AuthInt)))
            .GroupBy(c => c.Realm).Select(g => g.MaxBy(c => c.Algorithm)!);
        var hasAnswered = false;
        foreach (var challenge in byRealm)
        {
            var sent = request.Headers.Lines.Where(h => h.Is(answers))
                .Select(h => DigestCredentials.TryParse(h.Text, out var told) ? told : null)
                    .FirstOrDefault(c => c?.Realm == challenge.Realm);
            if (sent is not null && (!challenge.IsStale || sent.Nonce == challenge.Nonce)) return false;
            headers = new SipHeaders(headers.Lines.RemoveAll(h => h.Is(answers) && DigestCredentials.TryParse(h.Text, out var old)
                && old.Realm == challenge.Realm))
                .With(answers, Answer(request, challenge, login, clientNonce(), 1).ToString());
            hasAnswered = true;
        }
        return hasAnswered;
    }

    /// <param name="count">How often the nonce has been used, this time included.</param>
    public static DigestCredentials Answer(SipRequest request, DigestChallenge challenge, DigestLogin login, string clientNonce, uint count)
    {
        var qop = challenge.Qop.Contains(DigestCredentials.Auth) ? DigestCredentials.Auth
            : challenge.Qop.Contains(DigestCredentials.AuthInt) ? DigestCredentials.AuthInt : null;
        var credentials = new DigestCredentials(login.Username, challenge.Realm, challenge.Nonce, request.Uri.ToString(), "",
            challenge.Algorithm, qop,
            qop is null ? null : clientNonce, qop is null ? null : count.ToString("x8", CultureInfo.InvariantCulture), challenge.Opaque);
        var a1 = DigestHash.A1(challenge.Algorithm, login.Username, challenge.Realm, login.Password);
        return credentials with { Response = DigestHash.Response(challenge.Algorithm, a1, request.Method, request.Body.Span, credentials) };
    }
}
