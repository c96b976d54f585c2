using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Permissions;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.OAuth;

/// <summary>OAuth apps of an account by REST, in JSON.</summary>
/// <remarks>
/// twilio.com/docs/iam/oauth-apps/account-oauth-apps-resource. Codes of the refusals are those of keys (inferred). Loop-confined.
/// </remarks>
internal sealed class OAuthAppOperations(OAuthBook book, AccountBook accounts)
{
    // twilio.com/docs/iam/oauth-apps/account-oauth-apps: the token expiration time is 1 minute to 30 days.
    private static readonly TimeSpan MinLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(30);

    private const int MaxFriendlyName = 64;
    private const int MaxDescription = 1_024;

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("iam_v1/CreateOauthAppAccount", Create),
        ("iam_v1/UpdateOauthAppAccount", Update),
        ("iam_v1/DeleteOauthAppAccount", Delete),
    ];

    private Answer Create(RestRequest request)
    {
        if (!accounts.MayManage(request.Principal)) return AccountBook.Denied();
        if (Read(request.Json, out var refusal) is not { } asked) return new Answer.Refusal(refusal!);
        if (Text(request.Json, "owner_sid") is { Length: > 0 } owner && owner != request.Account.Value)
        {
            return Refuse(70002, $"owner_sid '{owner}' is not the account that asks");
        }
        if (string.IsNullOrEmpty(asked.FriendlyName)) return Refuse(70002, "friendly_name is required");
        if (asked.ClientId is { } id && (!OAuthBook.IsClientId(id) || book.Apps.Contains(id)))
        {
            return Refuse(70002, $"client_sid '{id}' is invalid or taken");
        }
        return Answer.Of(new OAuthAppFace(book.Create(request.Account, asked, request.Cause), isNew: true));
    }

    private Answer Update(RestRequest request)
    {
        if (Reach(request, out var refused) is not { } app) return refused!;
        if (Read(request.Json, out var refusal) is not { } asked) return new Answer.Refusal(refusal!);
        var updated = app with
        {
            FriendlyName = asked.FriendlyName is { Length: > 0 } name ? name : app.FriendlyName,
            Description = asked.Description ?? app.Description,
            Policy = Has(request.Json, "policy") ? asked.Policy : app.Policy,
            TokenLifetime = asked.TokenLifetime ?? app.TokenLifetime,
        };
        book.Put(updated, OAuthEntries.Updated, request.Cause);
        return Answer.Of(new OAuthAppFace(updated, isNew: false));
    }

    private Answer Delete(RestRequest request)
    {
        if (Reach(request, out var refused) is not { } app) return refused!;
        book.Remove(app, request.Cause);
        return new Answer.NoContent();
    }

    private OAuthApp? Reach(RestRequest request, out Answer? refused)
    {
        refused = null;
        if (!accounts.MayManage(request.Principal)) refused = AccountBook.Denied();
        else if (book.Apps.Find(request.PathValues["sid"]) is { } app && app.Account == request.Account) return app;
        else refused = Answer.NotFound(request);
        return null;
    }

    private static OAuthAppSpec? Read(JsonElement json, out TwilioError? refusal)
    {
        refusal = null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            refusal = ErrorCodes.Error(70002, "The body must be a JSON object");
        }
        else if (Text(json, "friendly_name") is { Length: > MaxFriendlyName } || Text(json, "description") is { Length: > MaxDescription })
        {
            refusal = ErrorCodes.Error(70001);
        }
        if (refusal is not null) return null;
        var policy = Policy.Nothing;
        if (Has(json, "policy"))
        {
            if (Policy.Read(json.GetProperty("policy"), out refusal) is not { } read) return null;
            policy = read;
        }
        TimeSpan? lifetime = null;
        if (Has(json, "access_token_ttl"))
        {
            var ttl = json.GetProperty("access_token_ttl");
            if (ttl.ValueKind != JsonValueKind.Number || !ttl.TryGetInt32(out var seconds) || seconds < MinLifetime.TotalSeconds
                || seconds > MaxLifetime.TotalSeconds)
            {
                refusal = ErrorCodes.Error(
                    70001, $"access_token_ttl must be {MinLifetime.TotalSeconds} to {MaxLifetime.TotalSeconds} seconds");
                return null;
            }
            lifetime = TimeSpan.FromSeconds(seconds);
        }
        return new OAuthAppSpec
        {
            ClientId = Text(json, "client_sid"),
            FriendlyName = Text(json, "friendly_name"),
            Description = Text(json, "description"),
            Policy = policy,
            TokenLifetime = lifetime,
        };
    }

    private static bool Has(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Answer.Refusal Refuse(int code, string message) => new(ErrorCodes.Error(code, message));
}
