using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TwilioEmu.Messaging.Mms;

/// <summary>Links that open a file without credentials for a while (presigned URL): <c>?Expires=1764504000&amp;Signature=...</c>.</summary>
/// <remarks>Pure. The signature is the account's: HMAC-SHA256 by its auth token over what is opened and until when.</remarks>
public static class SignedLink
{
    private const int SignatureLength = 32;

    /// <summary>The query that opens something until an instant.</summary>
    /// <param name="token">The account's secret.</param>
    /// <param name="opened">Names what is opened, unlike anything else of the account.</param>
    /// <param name="until">The last second.</param>
    public static string QueryOf(string token, string opened, DateTimeOffset until)
    {
        var expires = until.ToUnixTimeSeconds();
        return $"Expires={expires.ToString(CultureInfo.InvariantCulture)}&Signature={Sign(token, opened, expires)}";
    }

    /// <summary>True for a query of ours that is good still.</summary>
    public static bool Opens(string token, string opened, string? expires, string? signature, DateTimeOffset now) =>
        signature is not null && long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(token, opened, until)), Encoding.UTF8.GetBytes(signature))
        && now.ToUnixTimeSeconds() <= until;

    private static string Sign(string token, string opened, long expires) => Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes($"{opened}/{expires}")))[..SignatureLength];
}
