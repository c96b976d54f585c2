using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Voice.Callbacks;

/// <summary>The <c>CallToken</c> of a call that comes in: who sends it on with this token may show the caller's own number.</summary>
/// <remarks>
/// twilio.com/docs/voice/api/call-resource (CallToken). The form is that of live traffic: percent-encoded JSON
/// <c>{"parentCallInfoToken": JWT, "identityHeaderTokens": []}</c>, the token's claims <c>callSid from to iat</c> as text. The live one is
/// signed by Twilio (ES256); here the account's own token signs (HMAC-SHA512, as long as an ES256 signature), and nobody else's is
/// believed.
/// </remarks>
internal static class CallToken
{
    private const string Header = """{"alg":"ES256"}""";

    /// <summary>The token of a call.</summary>
    public static string Of(Call call, DateTimeOffset now, string authToken)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Entry.Options))
        {
            json.WriteStartObject();
            json.WriteString("callSid", call.Sid);
            json.WriteString("from", call.From);
            json.WriteString("to", call.To);
            json.WriteString("iat", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Header))}.{Base64Url.EncodeToString(buffer.ToArray())}";
        return Uri.EscapeDataString($$"""{"parentCallInfoToken":"{{signed}}.{{Sign(signed, authToken)}}","identityHeaderTokens":[]}""");
    }

    /// <summary>The caller's number in a token that the account was given; null for anything else.</summary>
    /// <param name="token">Percent-encoded or not.</param>
    /// <param name="authToken">The account's.</param>
    public static string? CallerIn(string token, string authToken)
    {
        try
        {
            using var whole = JsonDocument.Parse(token.StartsWith('%') ? Uri.UnescapeDataString(token) : token);
            if (whole.RootElement.ValueKind != JsonValueKind.Object
                || !whole.RootElement.TryGetProperty("parentCallInfoToken", out var inner))
            {
                return null;
            }
            if (inner.ValueKind != JsonValueKind.String || inner.GetString()!.Split('.') is not [var header, var body, var signature])
            {
                return null;
            }
            if (Sign($"{header}.{body}", authToken) != signature) return null;
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(body));
            return claims.RootElement.GetProperty("from").GetString();
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            return null;
        }
    }

    private static string Sign(string text, string authToken) =>
        Base64Url.EncodeToString(HMACSHA512.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text)));
}
