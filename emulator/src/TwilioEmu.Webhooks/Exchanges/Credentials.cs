using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TwilioEmu.Webhooks.Addresses;

namespace TwilioEmu.Webhooks.Exchanges;

/// <summary>Answers a 401 with the credentials of a configured URL. Pure.</summary>
/// <remarks>twilio.com/docs/usage/security: Basic (RFC 7617) and Digest (RFC 7616, MD5 and SHA-256, <c>qop=auth</c> or none).</remarks>
internal static class Credentials
{
    /// <summary>The <c>Authorization</c> header, or null when no challenge can be answered.</summary>
    /// <param name="challenges">The <c>WWW-Authenticate</c> headers.</param>
    /// <param name="url">The URL that was challenged, with its credentials.</param>
    /// <param name="method">Of the request to come.</param>
    /// <param name="clientNonce">Fresh, for Digest.</param>
    public static string? Answer(IEnumerable<string> challenges, WebhookUrl url, string method, string clientNonce)
    {
        if (url.UserInfo is null) return null;
        var colon = url.UserInfo.IndexOf(':', StringComparison.Ordinal);
        var user = Uri.UnescapeDataString(colon < 0 ? url.UserInfo : url.UserInfo[..colon]);
        var password = colon < 0 ? "" : Uri.UnescapeDataString(url.UserInfo[(colon + 1)..]);
        string? basic = null;
        foreach (var challenge in challenges)
        {
            if (challenge.StartsWith("Digest ", StringComparison.OrdinalIgnoreCase)
                && Digest(DigestChallenge.Read(challenge[7..]), url.PathAndQuery, method, user, password, clientNonce) is { } digest)
            {
                return digest;
            }
            if (challenge.StartsWith("Basic", StringComparison.OrdinalIgnoreCase))
            {
                basic = Basic(user, password);
            }
        }
        return basic;
    }

    /// <summary>The header of RFC 7617.</summary>
    public static string Basic(string user, string password) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    /// <summary>RFC 7616 3.4: response = H(H(A1) : nonce : nc : cnonce : qop : H(A2)).</summary>
    private static string? Digest(DigestChallenge challenge, string uri, string method, string user, string password, string clientNonce)
    {
        if (challenge.Hash is not { } hash || challenge.Nonce is null || challenge.Realm is null || challenge.HasOnlyIntegrity) return null;
        var secret = hash($"{user}:{challenge.Realm}:{password}");
        if (challenge.IsSession) secret = hash($"{secret}:{challenge.Nonce}:{clientNonce}");
        var request = hash($"{method}:{uri}");
        var response = challenge.HasAuth
            ? hash($"{secret}:{challenge.Nonce}:00000001:{clientNonce}:auth:{request}")
            : hash($"{secret}:{challenge.Nonce}:{request}");
        var header = new StringBuilder();
        header.Append(
            CultureInfo.InvariantCulture,
            $"Digest username=\"{user.Replace("\"", "\\\"", StringComparison.Ordinal)}\", realm=\"{challenge.Realm}\", ");
        header.Append(CultureInfo.InvariantCulture, $"nonce=\"{challenge.Nonce}\", uri=\"{uri}\", response=\"{response}\"");
        if (challenge.Algorithm is not null) header.Append(", algorithm=").Append(challenge.Algorithm);
        if (challenge.HasAuth) header.Append(CultureInfo.InvariantCulture, $", qop=auth, nc=00000001, cnonce=\"{clientNonce}\"");
        if (challenge.Opaque is not null) header.Append(CultureInfo.InvariantCulture, $", opaque=\"{challenge.Opaque}\"");
        return header.ToString();
    }
}

/// <summary>The parameters of a Digest challenge (RFC 7616 3.3).</summary>
internal sealed record DigestChallenge(string? Realm, string? Nonce, string? Opaque, string? Algorithm, string? Qop)
{
    public bool IsSession => Algorithm?.EndsWith("-sess", StringComparison.OrdinalIgnoreCase) == true;

    public bool HasAuth => Qop?.Split(',', StringSplitOptions.TrimEntries).Contains("auth", StringComparer.OrdinalIgnoreCase) == true;

    /// <summary>True when the app insists on <c>auth-int</c>, which is not spoken here.</summary>
    public bool HasOnlyIntegrity => Qop is not null && !HasAuth;

    /// <summary>Null for an algorithm that is not spoken here.</summary>
    public Func<string, string>? Hash => (Algorithm ?? "MD5").ToUpperInvariant() switch
    {
        "MD5" or "MD5-SESS" => Md5,
        "SHA-256" or "SHA-256-SESS" => static text => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        _ => null,
    };

    /// <summary>Reads <c>name=token</c> and <c>name="quoted"</c>, comma-separated.</summary>
    public static DigestChallenge Read(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var rest = text.AsSpan(); rest.IndexOf('=') is var equals and > 0;)
        {
            var name = rest[..equals].Trim(" ,").ToString();
            rest = rest[(equals + 1)..].TrimStart();
            var isQuoted = rest is ['"', ..];
            if (isQuoted) rest = rest[1..];
            var end = isQuoted ? rest.IndexOf('"') : rest.IndexOf(',');
            values[name] = (end < 0 ? rest : rest[..end]).ToString().Trim();
            rest = end < 0 ? default : rest[(end + 1)..];
        }
        return new(
            values.GetValueOrDefault("realm"), values.GetValueOrDefault("nonce"), values.GetValueOrDefault("opaque"),
            values.GetValueOrDefault("algorithm"), values.GetValueOrDefault("qop"));
    }

    // RFC 7616 keeps MD5 for old servers; nothing of ours is protected by it.
#pragma warning disable CA5351
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
