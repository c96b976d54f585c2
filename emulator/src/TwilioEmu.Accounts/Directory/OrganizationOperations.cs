using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Directory;

/// <summary>The accounts of an organization, as the organization's API shows them.</summary>
/// <remarks>
/// twilio.com/docs/iam/organizations/accounts. Every organization of the emulated world owns every account that the caller may act for
/// (inferred).
/// </remarks>
internal sealed class OrganizationOperations(AccountBook book)
{
    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("iam_organizations/ListOrganizationAccounts", List),
        ("iam_organizations/FetchOrganizationAccount", Fetch),
    ];

    private Answer List(RestRequest request) => new Answer.List(after => book.NewestFirst
        .Where(a => IsTheirs(request, a)).SkipWhile(a => after is not null && a.Sid.Value != after).Skip(after is null ? 0 : 1)
        .Select(a => (a.Sid.Value, (IFace)new OrganizationAccountFace(a))));

    private Answer Fetch(RestRequest request) =>
        book.Find(new AccountSid(request.PathValues["AccountSid"])) is { } account && IsTheirs(request, account)
            ? Answer.Of(new OrganizationAccountFace(account))
            : Answer.NotFound(request);

    private static bool IsTheirs(RestRequest request, Account account) =>
        account.Sid == request.Principal.Account || account.Owner == request.Principal.Account;

    private sealed class OrganizationAccountFace(Account account) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "account_sid": to.Write(account.Sid.Value); break;
                case "friendly_name": to.Write(account.FriendlyName); break;
                case "status": to.Write(AccountStatuses.NameOf(account.Status)); break;
                // The user who opened it: each account has one of its own.
                case "owner_sid": to.Write("US" + account.Owner.Value[2..]); break;
                case "date_created": to.Write(account.DateCreated); break;
            }
        }
    }
}
