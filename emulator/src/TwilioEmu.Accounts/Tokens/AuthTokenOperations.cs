using TwilioEmu.Accounts.Directory;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Tokens;

/// <summary>Rotation of the auth token: make a second one, move to it, drop the first.</summary>
/// <remarks>
/// twilio.com/docs/iam/api/authtoken, twilio.com/docs/iam/api/secondary_authtoken. State x request -> answer: none x create -> 201; one x
/// create -> 400/70002 (observed); one x promote -> 200, and the old primary is gone at once; none x promote -> 404/20404 (observed);
/// one x delete -> 204; none x delete -> 404/20404 (inferred). Loop-confined.
/// </remarks>
internal sealed class AuthTokenOperations(AccountBook book)
{
    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("accounts_v1/CreateSecondaryAuthToken", Create),
        ("accounts_v1/UpdateAuthTokenPromotion", Promote),
        ("accounts_v1/DeleteSecondaryAuthToken", Delete),
    ];

    private Answer Create(RestRequest request)
    {
        if (!book.MayManage(request.Principal)) return AccountBook.Denied();
        var account = book.Find(request.Account)!;
        if (account.SecondaryToken is not null) return new Answer.Refusal(ErrorCodes.Error(70002, "A secondary auth token already exists"));
        var token = new SecondaryToken(book.World.Sids.NewSecret(), book.World.Clock.GetUtcNow());
        book.Put(account with { SecondaryToken = token }, AccountEntries.SecondTokenCreated, request.Cause);
        return Answer.Of(new TokenFace(account.Sid, token.Value, token.Created, token.Created, "Secondary"));
    }

    private Answer Promote(RestRequest request)
    {
        if (!book.MayManage(request.Principal)) return AccountBook.Denied();
        var account = book.Find(request.Account)!;
        if (account.SecondaryToken is not { } token) return Answer.NotFound(request);
        var now = book.World.Clock.GetUtcNow();
        book.Put(
            account with { AuthToken = token.Value, SecondaryToken = null, DateUpdated = now }, AccountEntries.SecondTokenPromoted,
            request.Cause);
        return Answer.Of(new TokenFace(account.Sid, token.Value, token.Created, now, "Promote"));
    }

    private Answer Delete(RestRequest request)
    {
        if (!book.MayManage(request.Principal)) return AccountBook.Denied();
        var account = book.Find(request.Account)!;
        if (account.SecondaryToken is null) return Answer.NotFound(request);
        book.Put(account with { SecondaryToken = null }, AccountEntries.SecondTokenDeleted, request.Cause);
        return new Answer.NoContent();
    }

    private sealed class TokenFace(AccountSid account, string token, DateTimeOffset created, DateTimeOffset updated, string path) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "account_sid": to.Write(account.Value); break;
                case "auth_token" or "secondary_auth_token": to.Write(token); break;
                case "date_created": to.Write(created); break;
                case "date_updated": to.Write(updated); break;
                case "url": to.Write($"{to.BaseUrl}/v1/AuthTokens/{path}"); break;
            }
        }
    }
}
