using System.Globalization;
using System.Security.Cryptography;
using TwilioEmu.Accounts.Keys;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Verify.Factors;

/// <summary>Lets devices in: with an access token to make their factor, from then on with words that the factor's key signed.</summary>
/// <remarks>
/// Loop-confined. As the mobile SDKs come (github.com/twilio/twilio-verify-android, twilio-verify-ios): Basic, user <c>token</c>, password
/// the access token, or a JWT of ES256 whose header has <c>cty</c> <c>twilio-pba;v=1</c> and <c>kid</c> the credential of the factor's
/// config, and whose claims are <c>sub</c> (the account), <c>exp</c> and <c>nbf</c> by the device's clock. How the live service says no
/// is not published (inferred: 401/20003).
/// </remarks>
internal sealed class DeviceDoor(VerifyShelf shelf, ProofBook proofs, Func<AccountSid, bool> isActive) : IAuthenticator
{
    private const string Document = "verify_v2";
    private const int MaxToken = 8 * 1024;

    // The SDKs' words are good for ten minutes.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private static readonly TwilioError Unknown = new(20003, 401, "Authenticate", "The token opens nothing here, or no longer.");

    private static readonly string[] OfFactor = ["FetchFactor", "UpdateFactor", "DeleteFactor"];

    private static readonly string[] OfChallenges = ["ListChallenge", "FetchChallenge", "UpdateChallenge"];

    /// <inheritdoc/>
    public Principal? Admit(in AccessAttempt attempt, out TwilioError? refusal)
    {
        refusal = null;
        var token = attempt.Password ?? "";
        if (attempt.Operation.Document == Document && token.Length <= MaxToken && attempt.PathValues is { } path
            && path.TryGetValue("ServiceSid", out var service) && path.TryGetValue("Identity", out var identity))
        {
            var caller = attempt.Operation.Id == "CreateNewFactor" ? ByAccessToken(token, service, identity)
                : ByKey(token, service, identity, attempt.Operation.Id, path.GetValueOrDefault("Sid"));
            if (caller is not null && isActive(caller.Account)) return caller;
        }
        refusal = Unknown;
        return null;
    }

    private Principal? ByAccessToken(string token, string service, string identity)
    {
        if (AccessTokenRules.AccountIn(token) is not { } account) return null;
        foreach (var made in shelf.AccessTokens(account, service).NewestFirst())
        {
            if (made["token"] is not { } own || !AreSame(own, token)) continue;
            return made["entity_identity"] == identity && !IsOver(made) ? new Principal(account, made.Key) : null;
        }
        return null;
    }

    private bool IsOver(Document token) =>
        !TwilioDates.TryParse(token["date_created"] ?? "", out var from, out _)
        || !int.TryParse(token["ttl"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        || from.AddSeconds(seconds) <= shelf.Now;

    /// <summary>A device may look at its own factor, prove, change and delete it, and answer what its owner is asked.</summary>
    private Principal? ByKey(string token, string service, string identity, string operation, string? asked)
    {
        if (WebToken.Read(token, MaxToken) is not { } shown || WebToken.Text(shown.Header, "alg") != "ES256"
            || WebToken.Text(shown.Header, "kid") is not { } credential || WebToken.Text(shown.Claims, "sub") is not { } sub
            || !SidMint.IsSid(sub, "AC") || shown.FaultAt(shelf.World.Options.Wall.GetUtcNow(), Longest) is not null)
        {
            return null;
        }
        var account = new AccountSid(sub);
        var factor = shelf.Factors(account, service, identity).OldestFirst().FirstOrDefault(f => CredentialOf(f) == credential);
        if (factor is null || proofs.Find(account, factor.Key) is not { } proof) return null;
        var may = OfChallenges.Contains(operation) || (OfFactor.Contains(operation) && asked == factor.Key);
        return may && FactorOperations.IsSigned(
            proof.Secret, shown.Signed, shown.Signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
            ? new Principal(account, factor.Key)
            : null;
    }

    private static string? CredentialOf(Document factor)
    {
        using var json = JsonText.Parse(factor["config"] ?? "{}");
        return JsonText.Member(json.RootElement, "credential_sid");
    }

    private static bool AreSame(string one, string other) => CryptographicOperations.FixedTimeEquals(
        System.Text.Encoding.ASCII.GetBytes(one), System.Text.Encoding.ASCII.GetBytes(other));
}
