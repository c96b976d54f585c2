using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace TwilioEmu.Webhooks.Signing;

/// <summary>Computes <c>X-Twilio-Signature</c>. Pure.</summary>
/// <remarks>twilio.com/docs/usage/webhooks/webhooks-security: HMAC-SHA1 under the primary auth token, Base64.</remarks>
public static class TwilioSignature
{
    /// <summary>Signs a request whose parameters travel in a form body.</summary>
    /// <param name="authToken">The account's primary auth token; API keys never sign.</param>
    /// <param name="url">As the app sees it: scheme, host, port where kept, path and query; no credentials, no fragment.</param>
    /// <param name="parameters">Of the form body; none for GET, whose parameters are in the URL.</param>
    /// <remarks>
    /// URL, then each name and value without separators, names in ordinal order. A repeated name contributes its distinct values
    /// in ordinal order, each behind the name, as the official validators do.
    /// </remarks>
    public static string Compute(string authToken, string url, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        if (parameters.Count == 0) return Sign(authToken, url, [], 0);
        var sorted = ArrayPool<KeyValuePair<string, string>>.Shared.Rent(parameters.Count);
        try
        {
            for (var i = 0; i < parameters.Count; i++) sorted[i] = parameters[i];
            sorted.AsSpan(0, parameters.Count).Sort(static (a, b) =>
                string.CompareOrdinal(a.Key, b.Key) is var byName and not 0 ? byName : string.CompareOrdinal(a.Value, b.Value));
            return Sign(authToken, url, sorted, parameters.Count);
        }
        finally
        {
            ArrayPool<KeyValuePair<string, string>>.Shared.Return(sorted, clearArray: true);
        }
    }

    /// <summary>What <see cref="Compute"/> signs, as text: for people who look why a signature does not match.</summary>
    public static string TextOf(string url, IReadOnlyList<KeyValuePair<string, string>> parameters) => url + string.Concat(parameters
        .OrderBy(p => p.Key, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal).Distinct().Select(p => p.Key + p.Value));

    /// <summary>What joins the query of a request with a JSON body, whose URL alone is signed: the hash of the bytes sent.</summary>
    public static KeyValuePair<string, string> HashOf(ReadOnlySpan<byte> body) =>
        new("bodySHA256", Convert.ToHexStringLower(SHA256.HashData(body)));

    private static string Sign(string authToken, string url, KeyValuePair<string, string>[] sorted, int count)
    {
        var capacity = Encoding.UTF8.GetMaxByteCount(url.Length);
        for (var i = 0; i < count; i++) capacity += Encoding.UTF8.GetMaxByteCount(sorted[i].Key.Length + sorted[i].Value.Length);
        var text = ArrayPool<byte>.Shared.Rent(capacity);
        try
        {
            var length = Encoding.UTF8.GetBytes(url, text);
            for (var i = 0; i < count; i++)
            {
                if (i > 0 && sorted[i].Key == sorted[i - 1].Key && sorted[i].Value == sorted[i - 1].Value) continue;
                length += Encoding.UTF8.GetBytes(sorted[i].Key, text.AsSpan(length));
                length += Encoding.UTF8.GetBytes(sorted[i].Value, text.AsSpan(length));
            }
            Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
            HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), text.AsSpan(0, length), hash);
            return Convert.ToBase64String(hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }
}
