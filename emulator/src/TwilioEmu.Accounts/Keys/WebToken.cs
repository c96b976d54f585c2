using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TwilioEmu.Kernel.Text;

namespace TwilioEmu.Accounts.Keys;

/// <summary>A JSON Web Token as it was shown, its signature not looked at yet.</summary>
/// <remarks><c>base64url(header) "." base64url(claims) "." base64url(HMAC-SHA256)</c>: RFC 7519, RFC 7515 §7.1, HS256.</remarks>
public sealed class WebToken
{
    private readonly string _signed;
    private readonly string _signature;

    private WebToken(string header, string claims, string signature)
    {
        (_signed, _signature) = ($"{header}.{claims}", signature);
        (Header, Claims) = (Parse(header), Parse(claims));
    }

    /// <summary>Null where it is no JSON object.</summary>
    public JsonElement? Header { get; }

    /// <summary>Null where it is no JSON object.</summary>
    public JsonElement? Claims { get; }

    /// <summary>The three parts; null for anything else, or for one of more than some characters.</summary>
    public static WebToken? Read(string token, int maxLength) =>
        (token.Length <= maxLength ? token.Split('.') : []) is [var header, var claims, var signature]
            ? new WebToken(header, claims, signature)
            : null;

    /// <summary>What is signed, signed.</summary>
    public static byte[] Sign(string signed, ReadOnlySpan<byte> secret) => HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed));

    /// <summary>The bytes that are signed.</summary>
    public byte[] Signed => Encoding.ASCII.GetBytes(_signed);

    /// <summary>As it was shown: base64url.</summary>
    public string Signature => _signature;

    /// <summary>True for HMAC-SHA256 by a secret.</summary>
    public bool IsSignedWith(ReadOnlySpan<byte> secret) =>
        Bytes(_signature) is { } signature && CryptographicOperations.FixedTimeEquals(signature, Sign(_signed, secret));

    /// <summary>A text in it, or null.</summary>
    public static string? Text(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } of && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>Why it is not good at an instant, by the claims <c>exp</c> and <c>nbf</c>: the code; null where it is.</summary>
    /// <remarks>
    /// Seconds since 1970, which may have a fraction (RFC 7519 §2, NumericDate). twilio.com/docs/api/errors/20104: expired, invalid, or too
    /// far ahead; 20105: not yet valid; an <c>nbf</c> that is no number is 20101 (inferred).
    /// </remarks>
    /// <param name="now">The instant.</param>
    /// <param name="longest">How far ahead it may expire; null for any time.</param>
    public int? FaultAt(DateTimeOffset now, TimeSpan? longest = null)
    {
        var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
        if (Seconds("exp") is not { } expires || seconds >= expires || expires - seconds > longest?.TotalSeconds) return 20104;
        if (Claims?.TryGetProperty("nbf", out _) != true) return null;
        return Seconds("nbf") is not { } from ? 20101 : seconds < from ? 20105 : null;
    }

    /// <summary>An object in it, or null.</summary>
    public static JsonElement? Part(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } of && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : null;

    private double? Seconds(string name) =>
        Claims is { } claims && claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var seconds)
            ? seconds
            : null;

    private static byte[]? Bytes(string part) => Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : null;

    private static JsonElement? Parse(string part)
    {
        if (Bytes(part) is not { } bytes) return null;
        try
        {
            using var json = JsonText.Parse(bytes);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
