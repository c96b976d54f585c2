using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Directory;

/// <summary>Accounts and subaccounts by REST.</summary>
/// <remarks>twilio.com/docs/iam/api/subaccounts. Loop-confined.</remarks>
internal sealed class AccountOperations(AccountBook book)
{
    // twilio.com/docs/iam/api/subaccounts.
    private const int MaxSubaccounts = 1_000;
    private const int MaxFriendlyName = 64;

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("CreateAccount", Create),
        ("ListAccount", List),
        ("FetchAccount", Fetch),
        ("UpdateAccount", Update),
    ];

    private Answer Create(RestRequest request)
    {
        if (!book.MayManage(request.Principal)) return AccountBook.Denied();
        if (book.Find(request.Account) is { IsSubaccount: true }) return new Answer.Refusal(ErrorCodes.Error(21101));
        if (book.NewestFirst.Count(a => a.Owner == request.Account && a.IsSubaccount) >= MaxSubaccounts)
        {
            return new Answer.Refusal(ErrorCodes.Error(21480));
        }
        if (request.Form["FriendlyName"] is { Length: > MaxFriendlyName }) return new Answer.Refusal(ErrorCodes.Error(20002));
        var name = request.Form["FriendlyName"] is { Length: > 0 } given ? given : null;
        return Answer.Of(book.Create(new AccountSpec { FriendlyName = name, Owner = request.Account }, request.Cause));
    }

    private Answer List(RestRequest request)
    {
        if (!book.MayManage(request.Principal)) return AccountBook.Denied();
        var (name, status) = (request.Query["FriendlyName"], request.Query["Status"]);
        return new Answer.List(after => Walk(request.Account, after)
            .Where(a => (string.IsNullOrEmpty(name) || a.FriendlyName == name)
                && (string.IsNullOrEmpty(status) || AccountStatuses.NameOf(a.Status) == status))
            .Select(a => (a.Key, (IFace)a)));
    }

    private IEnumerable<Account> Walk(AccountSid owner, string? after)
    {
        var family = book.NewestFirst.Where(a => a.Sid == owner || a.Owner == owner);
        return after is null ? family : family.SkipWhile(a => a.Key != after).Skip(1);
    }

    private Answer Fetch(RestRequest request)
    {
        var account = Reach(request, out var refusal);
        return account is null ? new Answer.Refusal(refusal!) : Answer.Of(account);
    }

    private Answer Update(RestRequest request)
    {
        if (Reach(request, out var refusal) is not { } account) return new Answer.Refusal(refusal!);
        var updated = account with { DateUpdated = book.World.Clock.GetUtcNow() };
        if (request.Form["FriendlyName"] is { } name)
        {
            if (name.Length > MaxFriendlyName) return new Answer.Refusal(ErrorCodes.Error(20002));
            updated = updated with { FriendlyName = name };
        }
        var kind = AccountEntries.Updated;
        // 21476, a suspended parent, is never seen: whose account is not active gets no farther than 20005.
        if (request.Form["Status"] is { Length: > 0 } word)
        {
            if (!AccountStatuses.TryParse(word, out var status)) return new Answer.Refusal(ErrorCodes.Error(21475));
            if (!account.IsSubaccount) return new Answer.Refusal(ErrorCodes.Error(21477));
            if (request.Principal.Account == account.Sid) return AccountBook.Denied();
            if (account.IsSuspendedByTwilio && account.Status == AccountStatus.Suspended)
            {
                return new Answer.Refusal(ErrorCodes.Error(21478));
            }
            if (account.Status == AccountStatus.Closed && status != AccountStatus.Closed)
            {
                return new Answer.Refusal(ErrorCodes.Error(21479));
            }
            updated = updated with { Status = status };
            if (status != account.Status)
            {
                kind = status switch
                {
                    AccountStatus.Active => AccountEntries.Activated,
                    AccountStatus.Suspended => AccountEntries.Suspended,
                    _ => AccountEntries.Closed,
                };
            }
        }
        book.Put(updated, kind, request.Cause);
        return Answer.Of(updated);
    }

    /// <summary>The account a request names, when its caller may manage it.</summary>
    private Account? Reach(RestRequest request, out TwilioError? refusal)
    {
        refusal = null;
        if (!book.MayManage(request.Principal))
        {
            refusal = AccountBook.Denied().Error;
            return null;
        }
        var caller = book.Find(request.Principal.Account)!;
        var account = book.Find(new AccountSid(request.PathValues["Sid"]));
        if (account is null || (account.Sid != caller.Sid && account.Owner != caller.Sid))
        {
            // A subaccount that reaches for its family is told off; of strangers nothing is said, not even that they exist.
            var isFamily = account is not null && (account.Sid == caller.Owner || account.Owner == caller.Owner);
            refusal = isFamily ? AccountBook.Denied().Error : TwilioError.NotFound(request.Path);
            return null;
        }
        return account;
    }

}
