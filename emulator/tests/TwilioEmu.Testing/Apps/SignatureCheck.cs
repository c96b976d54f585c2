using System.Security.Cryptography;
using System.Text;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Testing.Apps;

/// <summary>Checks <c>X-Twilio-Signature</c> the slow, plain way, apart from the code under test.</summary>
public static class SignatureCheck
{
    /// <summary>Tries the URL as it is and, like the official validators, without and with the standard port.</summary>
    public static bool IsValid(string authToken, AppRequest request)
    {
        var signature = request.Headers.Where(h => h.Key.Equals("X-Twilio-Signature", StringComparison.OrdinalIgnoreCase))
            .Select(h => h.Value)
            .SingleOrDefault();
        // Of a body that is JSON the URL holds the hash, and the URL alone is signed.
        var isForm = request.Method == "POST" && !request.Url.Query.Contains("bodySHA256=", StringComparison.Ordinal);
        var form = isForm ? request.Parameters : [];
        var host = request.Headers.First(h => h.Key.Equals("Host", StringComparison.OrdinalIgnoreCase)).Value;
        var bare = host.Split(':')[0];
        var (scheme, path) = (request.Url.Scheme, request.Url.PathAndQuery);
        return new[] { host, bare, $"{bare}:{(scheme == "https" ? 443 : 80)}" }.Any(
            h => Sign(authToken, $"{scheme}://{h}{path}", form) == signature);
    }

    private static string Sign(string authToken, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = url + string.Concat(form
            .GroupBy(p => p.Key)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g => g.Select(p => p.Value).Distinct().Order(StringComparer.Ordinal).Select(value => g.Key + value)));
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text)));
    }
}
