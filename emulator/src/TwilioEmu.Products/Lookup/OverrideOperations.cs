using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Lookup;

/// <summary>Overrides of line types: made, changed, shown, deleted.</summary>
/// <remarks>Loop-confined. Only <c>line_type_intelligence</c> (also <c>line_type</c>, inferred) can be overridden.</remarks>
internal sealed class OverrideOperations(World world, FactBook facts)
{
    private const int MaxReason = 1_000;

    // So that memory is bounded; the live service's own limit is not published.
    private const int MaxOverrides = 100_000;

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("lookups_v2/CreateLookupPhoneNumberOverrides", request => Put(request, isNew: true)),
        ("lookups_v2/UpdateLookupPhoneNumberOverrides", request => Put(request, isNew: false)),
        ("lookups_v2/FetchLookupPhoneNumberOverrides", Fetch),
        ("lookups_v2/DeleteLookupPhoneNumberOverrides", Delete),
    ];

    private Answer Put(RestRequest request, bool isNew)
    {
        if (Read(request, out var refusal) is not { } number) return refusal!;
        var there = Table(request).Find(number.E164);
        if (isNew && there is not null) return new Answer.Refusal(ErrorCodes.Error(20409, $"{number.E164} has an override already"));
        if (!isNew && there is null) return Answer.NotFound(request);
        if (isNew && Table(request).Count >= MaxOverrides) return Answer.Refuse(20001, $"an account has at most {MaxOverrides} overrides");
        var type = request.Json.ValueKind == System.Text.Json.JsonValueKind.Object ? LookupQuestion.Text(request.Json, "line_type") : null;
        if (type is null || !LineTypes.All.Contains(type))
        {
            return new Answer.Refusal(ErrorCodes.Error(60618, $"line_type must be one of {string.Join(", ", LineTypes.All)}"));
        }
        var reason = LookupQuestion.Text(request.Json, "reason") ?? there?.Reason ?? "";
        if (reason.Length > MaxReason) return new Answer.Refusal(ErrorCodes.Error(60618, $"reason has at most {MaxReason} characters"));
        var record = new LineTypeOverride(
            request.Account, number.E164, there?.Original ?? facts.Of(number).LineType!, type, reason, world.Clock.GetUtcNow());
        world.Store.Put(
            LineTypeOverride.Table, request.Account, record, there is null ? LookupEntries.OverrideCreated : LookupEntries.OverrideUpdated,
            request.Cause);
        return Answer.Of(record);
    }

    private Answer Fetch(RestRequest request) => Read(request, out var refusal) is not { } number ? refusal!
        : Table(request).Find(number.E164) is { } found ? Answer.Of(found)
        : Answer.NotFound(request);

    private Answer Delete(RestRequest request)
    {
        if (Read(request, out var refusal) is not { } number) return refusal!;
        var gone = world.Store.Remove(
            LineTypeOverride.Table, request.Account, number.E164, LookupEntries.OverrideDeleted, request.Cause);
        return gone is null ? Answer.NotFound(request) : new Answer.NoContent();
    }

    private Table<LineTypeOverride> Table(RestRequest request) => world.Store.Table(LineTypeOverride.Table, request.Account);

    private static ParsedNumber? Read(RestRequest request, out Answer? refusal)
    {
        refusal = null;
        var field = request.PathValues["Field"];
        if (field is not ("line_type_intelligence" or "line_type"))
        {
            refusal = new Answer.Refusal(ErrorCodes.Error(60618, $"'{field}' cannot be overridden; line_type_intelligence can"));
            return null;
        }
        var number = NumberPlans.Parse(request.PathValues["PhoneNumber"], null);
        if (number.IsPossible) return number;
        refusal = new Answer.Refusal(ErrorCodes.Error(60618, $"'{request.PathValues["PhoneNumber"]}' is not a phone number"));
        return null;
    }
}
