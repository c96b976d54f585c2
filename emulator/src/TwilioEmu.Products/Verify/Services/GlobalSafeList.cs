using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Verify.Services;

/// <summary>
/// <c>/v1/SafeList/Numbers</c> of accounts.twilio.com: numbers that neither Fraud Guard nor geo permissions keep codes from.
/// </summary>
/// <remarks>
/// twilio.com/docs/usage/global-safe-list: SMS and Verify's calls; each number or prefix once (60411); unknown ones are 404; 500 requests a
/// minute. What is neither is 60200 (inferred). Verify's own list is another one (inferred). Loop-confined.
/// </remarks>
internal sealed class GlobalSafeList(VerifyShelf shelf)
{
    private const int RequestsPerMinute = 500;
    private const string Parameter = "PhoneNumber";

    private readonly RequestPace _pace = new(shelf, "global_safe_list", RequestsPerMinute);

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("accounts_v1/CreateSafelist", request => _pace.Serve(request, Add)),
        ("accounts_v1/FetchSafelist", request => _pace.Serve(request, Fetch)),
        ("accounts_v1/DeleteSafelist", request => _pace.Serve(request, Remove)),
    ];

    /// <summary>E.164 and nothing else.</summary>
    public static bool IsNumber(string text) =>
        E164.TryNormalize(text, out var number) && number == text && NumberPlans.Parse(number, null).IsPossible;

    private Answer Add(RestRequest request)
    {
        var given = request.Form[Parameter] ?? "";
        if (!IsNumber(given) && !SafeNumber.IsPrefix(given)) return new Answer.Refusal(Faults.Parameter(Parameter, given));
        if (Table(request).Find(given) is not null) return new Answer.Refusal(ErrorCodes.Error(60411));
        var safe = new SafeNumber(shelf.World.Sids.New("GN"), given);
        shelf.World.Store.Put(SafeNumber.Table, request.Account, safe, VerifyEntries.VouchedFor, request.Cause);
        return Answer.Of(safe);
    }

    private Answer Fetch(RestRequest request) =>
        Table(request).Find(request.Query[Parameter] ?? "") is { } safe ? Answer.Of(safe) : Answer.NotFound(request);

    private Answer Remove(RestRequest request)
    {
        if (Table(request).Find(request.Query[Parameter] ?? "") is not { } safe) return Answer.NotFound(request);
        shelf.World.Store.Remove(SafeNumber.Table, request.Account, safe.Key, VerifyEntries.NoLongerVouchedFor, request.Cause);
        return new Answer.NoContent();
    }

    private Table<SafeNumber> Table(RestRequest request) => shelf.World.Store.Table(SafeNumber.Table, request.Account);
}
