using TwilioEmu.Accounts.Keys;
using TwilioEmu.Accounts.Permissions;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Directory;

/// <summary>Lets in whoever shows the right token, key or access token for what is asked.</summary>
/// <remarks>
/// Credential x what is asked -> answer, first row that holds:
/// no access token for an organization -> 401/20003; none -> 401/20003; unknown name -> 401/20003; wrong password ->
/// 401/20003; faulty bearer -> 401/2010x; account not active -> 401/20005; key or app of another account, or a subaccount's
/// token for its family -> 401/20003 or 70051; parent's token for its subaccount -> in; restricted credential without the
/// permission -> 401/70051; else in. twilio.com/docs/api/errors/20003, 20005, 70051; texts observed. Loop-confined.
/// </remarks>
internal sealed class Authenticator(AccountBook book)
{
    private const string Detail = "Your AccountSid or AuthToken was incorrect.";

    /// <summary>Also what is said to a credential that is right and may not: the live service does not tell them apart.</summary>
    public static readonly TwilioError WrongPassword = new(20003, 401, "Authenticate", Detail);

    private static readonly TwilioError NoCredentials = new(20003, 401, "Authentication Error - No credentials provided", Detail);
    private static readonly TwilioError UnknownUser = new(20003, 401, "Authentication Error - invalid username", Detail);

    // twilio.com/docs/iam/oauth-apps/org-oauth-apps: API keys and auth tokens are not supported. The text is inferred.
    private static readonly TwilioError TokensOnly = new(
        20003, 401, "Authentication Error - organization-level APIs take OAuth 2.0 access tokens only",
        "Auth tokens and API keys are not supported here: get an access token from /v2/token");

    private const string Lead = "twilioemu env prints both as TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN";

    // Apps of years ago fetch pictures and recordings without credentials, as their accounts have it still.
    private const string OfOpenMedia = "; where your live account serves media to anybody, media_auth: off in the config's account says so";

    private const string Organizations = "iam_organizations";

    private static readonly string[] Media = ["FetchMedia", "FetchRecording", "FetchCallRecording", "FetchConferenceRecording"];

    public Principal? Admit(in AccessAttempt attempt, out TwilioError? refusal)
    {
        if (attempt.Operation.Document == Organizations && attempt.Bearer is null && attempt.User is not null)
        {
            return Refuse(TokensOnly, out refusal);
        }
        var caller = attempt.Bearer is not null ? AdmitBearer(attempt, out refusal)
            : attempt.User is not { } user ? AdmitNobody(attempt, out refusal)
            : user.StartsWith("SK", StringComparison.Ordinal) ? AdmitKey(attempt, out refusal)
            : user == AccountBook.Device && book.Devices is { } devices ? devices.Admit(attempt, out refusal)
            : AdmitToken(attempt, out refusal);
        return caller;
    }

    /// <summary>
    /// Media of messages and the sound of recordings are anybody's where the account has it so (HTTP Basic auth for media access, of
    /// twilio.com/docs/messaging/api/media-resource; the same setting of Voice, on for accounts of today: bmlt-enabled/yap 1573).
    /// </summary>
    private Principal? AdmitNobody(in AccessAttempt attempt, out TwilioError? refusal)
    {
        refusal = null;
        var wantsMedia = attempt.WantsBytes && attempt.Operation is { IsClassic: true, Id: var id } && Media.Contains(id);
        return wantsMedia && attempt.Account is { } named && book.Find(named) is { OpensMedia: true } account && book.IsActive(account)
            ? account.AsPrincipal
            : Refuse(
                NoCredentials with
                {
                    Cure = $"send the account's SID and auth token by HTTP Basic; {Lead}"
                        + (wantsMedia ? OfOpenMedia : ""),
                },
                out refusal);
    }

    private Principal? AdmitToken(in AccessAttempt attempt, out TwilioError? refusal)
    {
        if (book.Find(new AccountSid(attempt.User!)) is not { } own)
        {
            return Refuse(UnknownUser with { Cure = CureOfStranger(attempt.User!) }, out refusal);
        }
        // Both tokens open the door while there are two (twilio.com/docs/iam/api/authtoken).
        if (attempt.Password != own.AuthToken && (own.SecondaryToken is null || attempt.Password != own.SecondaryToken.Value))
        {
            return Refuse(
                WrongPassword with
                {
                    Cure = $"the account {own.Sid} has another auth token: the one it starts with stands in the ready line; {Lead}",
                },
                out refusal);
        }
        if (!book.IsActive(own)) return Refuse(ErrorCodes.Error(20005), out refusal);
        if (attempt.Account is { } named && named != own.Sid)
        {
            // A parent's token acts for its subaccounts; nobody acts upward or sideways (twilio.com/docs/iam/api/subaccounts).
            if (book.Find(named) is not { } other || other.Owner != own.Sid)
            {
                return Refuse(
                    WrongPassword with
                    {
                        Cure = $"the path names the account {Quote.Short(named.Value)}, the credentials are those of {own.Sid}",
                    },
                    out refusal);
            }
            if (other.Status != AccountStatus.Active) return Refuse(ErrorCodes.Error(20005), out refusal);
        }
        refusal = null;
        return own.IsTest ? own.AsPrincipal with { IsTest = true } : own.AsPrincipal;
    }

    private Principal? AdmitKey(in AccessAttempt attempt, out TwilioError? refusal)
    {
        if (book.Keys.Find(attempt.User!) is not { } key)
        {
            return Refuse(UnknownUser with { Cure = CureOfStranger(attempt.User!) }, out refusal);
        }
        if (key.Secret != attempt.Password)
        {
            const string Told = "it is told once, when the key is made, or by api_keys: of its account";
            return Refuse(WrongPassword with { Cure = $"the key {key.Sid} has another secret: {Told}" }, out refusal);
        }
        if (!book.IsActive(book.Find(key.Account)!)) return Refuse(ErrorCodes.Error(20005), out refusal);
        // A key is bound to its account: a parent's opens no subaccount (twilio.com/docs/iam/api/subaccounts).
        if (attempt.Account is { } named && named != key.Account)
        {
            var cure = $"the path names the account {Quote.Short(named.Value)}, the key is one of {key.Account}";
            return Refuse(WrongPassword with { Cure = cure }, out refusal);
        }
        refusal = key.Kind == KeyKind.Restricted ? RefusalBy(key.Policy!, attempt) : null;
        return refusal is null ? new Principal(key.Account, key.Sid) : null;
    }

    private Principal? AdmitBearer(in AccessAttempt attempt, out TwilioError? refusal)
    {
        if (book.OAuthApps.Read(attempt.Bearer!, out refusal) is not { } access) return null;
        if (book.Find(access.Account) is not { } own || !book.IsActive(own)) return Refuse(ErrorCodes.Error(20005), out refusal);
        if (attempt.Account is { } named && named != access.Account && attempt.Operation.Document != Organizations)
        {
            // twilio.com/docs/api/errors/70051: the credentials do not belong to the given account.
            return Refuse(ErrorCodes.Error(70051, "Authorization Error: the access token does not belong to the account"), out refusal);
        }
        // What an organization's apps may do are scopes, which no app here has: any of the account's is let in (inferred).
        refusal = attempt.Operation.Document == Organizations ? null : RefusalBy(access.App.Policy, attempt);
        return refusal is null ? new Principal(access.Account, access.App.Sid) : null;
    }

    /// <summary>Status and first text observed; the others name what is missing, in words of ours.</summary>
    private static TwilioError? RefusalBy(Policy policy, in AccessAttempt attempt)
    {
        if (policy.Allow.Count == 0) return ErrorCodes.Error(70051, "Authorization Error: actor doesn't have any assertions");
        if (Permission.Of(attempt.Operation) is not { } permission)
        {
            return ErrorCodes.Error(70051, $"Authorization Error: no permission opens {attempt.Operation.Id} to restricted credentials");
        }
        return policy.Permits(permission)
            ? null
            : ErrorCodes.Error(70051, $"Authorization Error: actor doesn't have assertion '{permission}'");
    }

    /// <summary>Most often the SID of a real account, or of another run.</summary>
    private string CureOfStranger(string user) =>
        $"nobody here is called {Quote.Short(user)}; this world has {book.First?.Sid.Value ?? "no account"}: {Lead}; "
        + (user.StartsWith("SK", StringComparison.Ordinal)
            ? "a key of your own is named under api_keys: of its account"
            : "an account of your own SID is named under accounts:");

    private static Principal? Refuse(TwilioError error, out TwilioError? refusal)
    {
        refusal = error;
        return null;
    }
}
