using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using TwilioEmu.Accounts.Keys;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Accounts.OAuth;

/// <summary>Writes and reads access tokens: JSON Web Tokens signed with a secret of this world (RFC 7519, RFC 7515 §7.1, HS256).</summary>
/// <remarks>
/// <c>base64url(header) "." base64url(claims) "." base64url(HMAC-SHA256)</c>. Claims: <c>iss</c>, <c>sub</c> (client id), <c>act.sub</c>
/// (account, as observed), <c>iat</c>, <c>nbf</c>, numeric <c>exp</c> (SDKs read it), <c>jti</c>. Codes of refusals:
/// twilio.com/docs/api/errors/20101 to 20107. Loop-confined.
/// </remarks>
internal sealed class AccessTokens
{
    private const string Issuer = "https://oauth.twilio.com";

    // Ours have some 500 characters.
    private const int MaxLength = 4 * 1024;

    private const string Header = """{"alg":"HS256","typ":"JWT"}""";

    private readonly byte[] _secret = new byte[32];
    private readonly SidMint _ids;

    public AccessTokens(World world)
    {
        // A stream of its own: a world without OAuth has the SIDs it always had.
        var chance = world.Chances("oauth");
        for (var i = 0; i < _secret.Length; i += sizeof(ulong)) BinaryPrimitives.WriteUInt64BigEndian(_secret.AsSpan(i), chance.NextBits());
        var ids = world.KeptChances("oauth");
        // The secret is the stream's beginning, today and after a restart; the tokens' ids are what follows.
        if (!world.IsResumed) for (var i = 0; i < _secret.Length; i += sizeof(ulong)) ids.NextBits();
        _ids = new SidMint(ids);
    }

    /// <summary>A token for an account, valid from now on.</summary>
    public string Issue(OAuthApp app, AccountSid account, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss", Issuer);
            json.WriteString("sub", app.Sid);
            json.WriteStartObject("act");
            json.WriteString("sub", account.Value);
            json.WriteEndObject();
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("nbf", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + app.TokenLifetime).ToUnixTimeSeconds());
            json.WriteString("jti", _ids.NewSecret());
            json.WriteEndObject();
        }
        var text = $"{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Header))}.{Base64Url.EncodeToString(buffer.WrittenSpan)}";
        return $"{text}.{Base64Url.EncodeToString(WebToken.Sign(text, _secret))}";
    }

    /// <summary>Whose token it is, or why it is none.</summary>
    public (string ClientId, AccountSid Account)? Read(string token, DateTimeOffset now, out TwilioError? refusal)
    {
        if (WebToken.Read(token, MaxLength) is not { } shown) return Refuse(20101, out refusal);
        if (WebToken.Text(shown.Header, "alg") != "HS256") return Refuse(20102, out refusal);
        if (!shown.IsSignedWith(_secret)) return Refuse(20107, out refusal);
        if (shown.Claims is not { } claims) return Refuse(20101, out refusal);
        if (WebToken.Text(claims, "iss") != Issuer || WebToken.Text(claims, "sub") is not { } client) return Refuse(20103, out refusal);
        if (WebToken.Text(WebToken.Part(claims, "act"), "sub") is not { } account) return Refuse(20103, out refusal);
        if (shown.FaultAt(now) is { } fault) return Refuse(fault, out refusal);
        refusal = null;
        return (client, new AccountSid(account));
    }

    private static (string ClientId, AccountSid Account)? Refuse(int code, out TwilioError? refusal)
    {
        refusal = ErrorCodes.Error(code);
        return null;
    }
}
