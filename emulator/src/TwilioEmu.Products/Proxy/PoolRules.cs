using System.Text.Json.Nodes;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Proxy;

/// <summary>What the numbers of a service's pool may be, over the stored resources.</summary>
/// <remarks>Loop-confined. twilio.com/docs/proxy/api/phone-number; error dictionary 80101 to 80624.</remarks>
internal sealed class PoolRules(ProxyBook book, NumberBook numbers, ProxyDesk desk)
{
    // Error dictionary 80622, 80624.
    private const int MaxUnreserved = 500;
    private const int MaxReserved = 5_000;
    private const double NearlyFull = 0.85;

    // The account's numbers by their SIDs, as the number book keeps them.
    private static readonly TableKey<PhoneNumber> Owned = new("phone_numbers", PhoneNumber.Form);

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreatePhoneNumber", AddNumber),
        ("DeletePhoneNumber", RemoveNumber),
        ("FetchPhoneNumber", Count),
        ("ListPhoneNumber", Count),
    ];

    private Answer AddNumber(RestRequest request, Behaviour stored)
    {
        var (account, service) = (request.Account, request.PathValues["ServiceSid"]);
        var called = request.Form["PhoneNumber"] is { Length: > 0 } digits ? digits : request.Form["Sid"];
        if (FindOwned(account, called) is not { } owned)
        {
            return new Answer.Refusal(ErrorCodes.Error(80301));
        }
        if (book.ServiceOf(account, owned.Number) is { } there)
        {
            return new Answer.Refusal(ErrorCodes.Error(there.Key == service ? 80104 : 80101));
        }
        var isReserved = string.Equals(request.Form["IsReserved"], "true", StringComparison.OrdinalIgnoreCase);
        var count = book.Numbers(account, service).OldestFirst().Count(n => n["is_reserved"] == "true" == isReserved);
        var most = isReserved ? MaxReserved : MaxUnreserved;
        if (count >= most)
        {
            return new Answer.Refusal(ErrorCodes.Error(
                80622, $"{ErrorCodes.Error(80622).Message}: {most} {(isReserved ? "" : "un")}reserved numbers"));
        }
        if (count == (int)(most * NearlyFull)) desk.WarnOfPool(account, service, count, most, request.Cause);
        var members = new JsonObject
        {
            ["sid"] = owned.Sid,
            ["phone_number"] = owned.Number,
            ["friendly_name"] = owned.FriendlyName,
            ["iso_country"] = NumberPlans.CountryOf(owned.Number),
            ["capabilities"] = new JsonObject
            {
                ["sms"] = owned.IsSmsCapable,
                ["mms"] = owned.IsSmsCapable,
                ["voice"] = owned.IsVoiceCapable,
                ["fax"] = false,
            },
            ["in_use"] = 0,
            ["is_reserved"] = isReserved,
        };
        return stored(request.With(members) with { Form = new FormValues([KeyValuePair.Create("Sid", owned.Sid)]) });
    }

    /// <summary>A number of the account, by its digits or its SID.</summary>
    public PhoneNumber? FindOwned(AccountSid account, string? called)
    {
        var owned = called is null ? null
            : E164.TryNormalize(called, out var e164) ? numbers.Find(e164)
            : book.World.Store.Table(Owned, account).Find(called);
        return owned?.Account == account ? owned : null;
    }

    private Answer RemoveNumber(RestRequest request, Behaviour stored)
    {
        var pooled = book.Numbers(request.Account, request.PathValues["ServiceSid"]).Find(request.PathValues["Sid"]);
        return pooled is not null && book.IsInUse(request.Account, pooled["phone_number"]!)
            ? new Answer.Refusal(ErrorCodes.Error(80611))
            : stored(request);
    }

    /// <summary>The open sessions of each number are counted where somebody looks: they end by themselves too.</summary>
    private Answer Count(RestRequest request, Behaviour stored)
    {
        book.CountUses(request.Account, request.PathValues["ServiceSid"], request.Cause);
        return stored(request);
    }
}
