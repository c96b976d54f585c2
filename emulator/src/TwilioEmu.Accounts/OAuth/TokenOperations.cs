using TwilioEmu.Accounts.Directory;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.OAuth;

/// <summary>Gives access tokens for an app's id and secret, and sends browsers to where people consent.</summary>
/// <remarks>
/// twilio.com/docs/iam/oauth-apps/oauth-access-token. The oldest document spells the parameters <c>ClientId</c>, the others
/// <c>client_id</c>; both are taken everywhere. Statuses of the refusals are inferred from RFC 6749 §5.2. Loop-confined.
/// </remarks>
internal sealed class TokenOperations(OAuthBook book, AccountBook accounts)
{
    // Where a person would consent; nobody is there.
    private const string ConsentPage = "https://www.twilio.com/authorize";

    // Known to the documents; no account-level app has a use for them.
    private static readonly string[] WithoutEffect = ["code", "redirect_uri", "audience", "refresh_token", "scope"];

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("oauth_v1/CreateToken", Create),
        ("oauth_v2/CreateOauth2Token", Create),
        ("iam_v1/CreateToken", Create),
        ("iam_organizations/CreateToken", Create),
        ("oauth_v1/FetchAuthorize", Authorize),
        ("oauth_v2/FetchOauth2Authorize", Authorize),
        ("iam_organizations/FetchAuthorize", Authorize),
    ];

    private Answer Create(RestRequest request)
    {
        var form = request.Form;
        if (Value(form, "client_id") is not { Length: > 0 } client) return Refuse(321402);
        if (Value(form, "grant_type") != "client_credentials") return Refuse(321403);
        if (Value(form, "client_secret") is not { Length: > 0 } secret) return Refuse(321401);
        if (book.Apps.Find(client) is not { } app || app.Secret != secret) return Refuse(322402);
        if (accounts.Find(app.Account) is not { } owner || !accounts.IsActive(owner)) return Refuse(20005);
        var account = app.Account;
        if (request.Query["account_sid"] is { Length: > 0 } other && other != account.Value)
        {
            // "on behalf of": a subaccount of the app's own account (inferred).
            if (accounts.Find(new AccountSid(other)) is not { } sub || sub.Owner != account) return Refuse(70051);
            account = sub.Sid;
        }
        var vain = WithoutEffect.Where(name => Value(form, name) is { Length: > 0 }).ToList();
        if (vain.Count > 0) accounts.Warn(request, $"{string.Join(", ", vain)}: without effect for client_credentials");
        return Answer.Of(new TokenFace(book.Issue(app, account), app.TokenLifetime));
    }

    private Answer Authorize(RestRequest request)
    {
        accounts.Warn(request, "consent in a browser is not emulated: nobody answers at the page this leads to");
        string[] names = ["response_type", "client_id", "redirect_uri", "scope", "state"];
        var query = string.Join(
            '&',
            names.Where(n => Value(request.Query, n) is not null).Select(n => $"{n}={Uri.EscapeDataString(Value(request.Query, n)!)}"));
        var location = query.Length == 0 ? ConsentPage : $"{ConsentPage}?{query}";
        return new Answer.Redirect(302, location, new AuthorizeFace(location));
    }

    /// <summary>The value under its name, or under the older spelling: <c>client_id</c>, <c>ClientId</c>.</summary>
    private static string? Value(FormValues values, string name) =>
        values[name] ?? values[string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))];

    private static Answer.Refusal Refuse(int code) => new(ErrorCodes.Error(code));

    private sealed class TokenFace(string token, TimeSpan lifetime) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "access_token": to.Write(token); break;
                case "token_type": to.Write("Bearer"); break;
                case "expires_in": to.Write((long)lifetime.TotalSeconds); break;
            }
        }
    }

    private sealed class AuthorizeFace(string location) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            if (property == "redirect_to") to.Write(location);
        }
    }
}
