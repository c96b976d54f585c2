using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Permissions;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Keys;

/// <summary>API keys by iam.twilio.com/v1: standard and restricted ones.</summary>
/// <remarks>twilio.com/docs/iam/api-keys/key-resource-v1. Main keys are made in the Console only. Loop-confined.</remarks>
internal sealed class IamKeyOperations(AccountBook book)
{
    private const string Restricted = "restricted";

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("iam_v1/CreateNewKey", Create),
        ("iam_v1/ListGetKeys", List),
        ("iam_v1/FetchKey", request => Reach(request, key => Answer.Of(new IamKeyFace(key)))),
        ("iam_v1/UpdateKey", Update),
        ("iam_v1/DeleteKey", Delete),
    ];

    private Answer Create(RestRequest request)
    {
        if (Owner(request, request.Form["AccountSid"], out var refusal) is not { } owner) return new Answer.Refusal(refusal!);
        if (request.Form["FriendlyName"] is { Length: > ApiKey.MaxFriendlyName }) return Refuse(70001);
        var type = request.Form["KeyType"];
        if (!string.IsNullOrEmpty(type) && type != Restricted)
        {
            return Refuse(70002, $"KeyType '{type}' is invalid: restricted, or nothing for a standard key");
        }
        var policy = request.Form["Policy"];
        if (type != Restricted)
        {
            // As observed of the older API, which passes over a policy for a standard key.
            if (!string.IsNullOrEmpty(policy)) book.Warn(request, "Policy is for keys of KeyType=restricted; a standard key was made");
            return Answer.Of(new IamKeyFace(book.CreateKey(
                owner, new KeySpec { FriendlyName = request.Form["FriendlyName"] }, request.Cause)));
        }
        // The document: a policy is required to define the permissions of a restricted key.
        if (string.IsNullOrEmpty(policy)) return Refuse(70002, "Policy is required for a restricted key");
        if (Policy.Read(policy, out refusal) is not { } read) return new Answer.Refusal(refusal!);
        var spec = new KeySpec { FriendlyName = request.Form["FriendlyName"], Kind = KeyKind.Restricted, Policy = read };
        return Answer.Of(new IamKeyFace(book.CreateKey(owner, spec, request.Cause)));
    }

    private Answer List(RestRequest request)
    {
        if (Owner(request, request.Query["AccountSid"], out var refusal) is not { } owner) return new Answer.Refusal(refusal!);
        return new Answer.List(after =>
            book.Keys.NewestFirst(after).Where(k => k.Account == owner).Select(k => (k.Sid, (IFace)new IamKeyFace(k))));
    }

    private Answer Update(RestRequest request) => Reach(request, key =>
    {
        if (request.Form["FriendlyName"] is { Length: > ApiKey.MaxFriendlyName }) return Refuse(70001);
        var updated = key with
        {
            FriendlyName = request.Form["FriendlyName"] ?? key.FriendlyName,
            DateUpdated = book.World.Clock.GetUtcNow(),
        };
        if (request.Form["Policy"] is { Length: > 0 } policy)
        {
            if (key.Kind != KeyKind.Restricted) return Refuse(70002, $"{key.Sid} is no restricted key and has no policy");
            if (Policy.Read(policy, out var refusal) is not { } read) return new Answer.Refusal(refusal!);
            updated = updated with { Policy = read };
        }
        book.Put(updated, AccountEntries.KeyUpdated, request.Cause);
        return Answer.Of(new IamKeyFace(updated));
    });

    private Answer Delete(RestRequest request) => Reach(request, key =>
    {
        book.Remove(key, request.Cause);
        return new Answer.NoContent();
    });

    private Answer Reach(RestRequest request, Func<ApiKey, Answer> act)
    {
        if (!book.MayManage(request.Principal)) return AccountBook.Denied();
        return book.Keys.Find(request.PathValues["Sid"]) is { } key && book.MayActFor(request.Principal, key.Account)
            ? act(key)
            : Answer.NotFound(request);
    }

    /// <summary>The account a request names, when its caller may manage that one's keys.</summary>
    private AccountSid? Owner(RestRequest request, string? named, out TwilioError? refusal)
    {
        refusal = null;
        if (string.IsNullOrEmpty(named))
        {
            refusal = ErrorCodes.Error(20001, "Missing required parameter AccountSid in the post body");
        }
        else if (!book.MayManage(request.Principal) || !book.MayActFor(request.Principal, new AccountSid(named)))
        {
            refusal = AccountBook.Denied().Error;
        }
        return refusal is null ? new AccountSid(named!) : null;
    }

    private static Answer.Refusal Refuse(int code, string? message = null) => new(ErrorCodes.Error(code, message));

    /// <summary>A key as iam.twilio.com shows it: dates as in 2010-04-01, and its policy.</summary>
    private sealed class IamKeyFace(ApiKey key) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "date_created": to.Write(TwilioDates.ToRfc2822(key.DateCreated)); break;
                case "date_updated": to.Write(TwilioDates.ToRfc2822(key.DateUpdated)); break;
                case "policy" when key.Policy is not null: key.Policy.Write(to.Json); break;
                case "flags": WriteFlags(to); break;
                default: key.WriteProperty(property, to); break;
            }
        }

        /// <summary>What a key is good for; those of main and restricted keys are inferred from their names.</summary>
        private void WriteFlags(FaceWriter to)
        {
            string[] flags = key.Kind switch
            {
                KeyKind.Main => ["rest_api", "signing", "manage_accounts", "manage_keys"],
                KeyKind.Restricted => ["restricted"],
                _ => ["rest_api", "signing"],
            };
            to.Json.WriteStartArray();
            foreach (var flag in flags) to.Json.WriteStringValue(flag);
            to.Json.WriteEndArray();
        }
    }
}
