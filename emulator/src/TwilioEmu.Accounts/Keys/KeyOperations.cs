using TwilioEmu.Accounts.Directory;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Keys;

/// <summary>API keys by the REST of 2010-04-01: <c>Keys</c>, and <c>SigningKeys</c>, its older name for the same things.</summary>
/// <remarks>
/// twilio.com/docs/iam/api-keys/key-resource-v2010: what it creates is a standard key, which may not touch keys itself; restricted
/// ones are made by <see cref="IamKeyOperations"/>. Loop-confined.
/// </remarks>
internal sealed class KeyOperations(AccountBook book)
{
    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("CreateNewKey", Create),
        ("ListKey", List),
        ("FetchKey", Fetch),
        ("UpdateKey", Update),
        ("DeleteKey", Delete),
        ("CreateNewSigningKey", Create),
        ("ListSigningKey", List),
        ("FetchSigningKey", Fetch),
        ("UpdateSigningKey", Update),
        ("DeleteSigningKey", Delete),
    ];

    private Answer Create(RestRequest request)
    {
        if (!book.MayManage(request.Principal)) return AccountBook.Denied();
        if (request.Form["FriendlyName"] is { Length: > ApiKey.MaxFriendlyName }) return new Answer.Refusal(ErrorCodes.Error(70001));
        return Answer.Of(book.CreateKey(request.Account, new KeySpec { FriendlyName = request.Form["FriendlyName"] }, request.Cause));
    }

    private Answer List(RestRequest request) => book.MayManage(request.Principal)
        ? new Answer.List(after => book.Keys.NewestFirst(after).Where(k => k.Account == request.Account).Select(k => (k.Sid, (IFace)k)))
        : AccountBook.Denied();

    private Answer Fetch(RestRequest request) => Reach(request, Answer.Of);

    private Answer Update(RestRequest request) => Reach(request, key =>
    {
        if (request.Form["FriendlyName"] is { Length: > ApiKey.MaxFriendlyName }) return new Answer.Refusal(ErrorCodes.Error(70001));
        var updated = key with
        {
            FriendlyName = request.Form["FriendlyName"] ?? key.FriendlyName,
            DateUpdated = book.World.Clock.GetUtcNow(),
        };
        book.Put(updated, AccountEntries.KeyUpdated, request.Cause);
        return Answer.Of(updated);
    });

    private Answer Delete(RestRequest request) => Reach(request, key =>
    {
        book.Remove(key, request.Cause);
        return new Answer.NoContent();
    });

    private Answer Reach(RestRequest request, Func<ApiKey, Answer> act)
    {
        if (!book.MayManage(request.Principal)) return AccountBook.Denied();
        return book.Keys.Find(request.PathValues["Sid"]) is { } key && key.Account == request.Account ? act(key) : Answer.NotFound(request);
    }
}
