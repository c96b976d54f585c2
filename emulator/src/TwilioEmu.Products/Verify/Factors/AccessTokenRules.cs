using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Verify.Factors;

/// <summary>Access tokens, with which an app lets a device enrol.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/verify/api/access-token. Live ones are encrypted (a JWE: five parts, the second empty); ours look the
/// same, name the account in the fourth, and are looked up among those that were made.
/// </remarks>
internal sealed class AccessTokenRules(VerifyShelf shelf)
{
    private const int MinTtl = 60;
    private const int MaxTtl = 300;

    // The header of the document's own sample.
    private const string Header = """{"zip":"DEF","kid":"SAS_S3___KMS_v1","cty":"twilio-fpa;v=1","enc":"A256GCM","alg":"dir"}""";

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays => [("CreateAccessToken", Create)];

    /// <summary>The account that a token names; null for what is none.</summary>
    public static AccountSid? AccountIn(string token) =>
        token.Split('.') is [_, "", _, { Length: > 0 } sealedPart, _] && Base64Url.IsValid(sealedPart)
            && Encoding.ASCII.GetString(Base64Url.DecodeFromChars(sealedPart)).Split(':')[0] is var account && SidMint.IsSid(account, "AC")
            ? new AccountSid(account)
            : null;

    private Answer Create(RestRequest request, Behaviour stored)
    {
        var identity = request.Form["Identity"];
        if (identity is not null && !FactorOperations.IsIdentity(identity)) return Wrong("Identity", identity);
        var seconds = MinTtl;
        if (request.Form["Ttl"] is { } ttl
            && (!int.TryParse(ttl, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) || seconds is < MinTtl or > MaxTtl))
        {
            return Wrong("Ttl", ttl);
        }
        return stored(request.With(new JsonObject
        {
            ["entity_identity"] = identity,
            ["ttl"] = seconds,
            ["token"] = NewToken(request.Account),
        }));
    }

    private string NewToken(AccountSid account)
    {
        var secret = shelf.World.Sids.NewSecret();
        return string.Join(
            '.', Encode(Header), "", Base64Url.EncodeToString(Convert.FromHexString(secret.AsSpan(0, 24))),
            Encode($"{account.Value}:{shelf.World.Sids.NewSecret()}"), Base64Url.EncodeToString(Convert.FromHexString(secret)));
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text));

    // twilio.com/docs/api/errors/60305.
    private static Answer.Refusal Wrong(string name, string value) =>
        new(ErrorCodes.Error(60305, $"Access Token parameters are invalid: {name} '{value}'"));
}
