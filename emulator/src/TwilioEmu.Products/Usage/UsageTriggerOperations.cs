using System.Globalization;
using TwilioEmu.Accounts.Pricing;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Usage;

/// <summary>Usage/Triggers: made, listed, changed, deleted.</summary>
/// <remarks>Loop-confined. twilio.com/docs/usage/api/usage-trigger. What the document says of parameters was checked before.</remarks>
internal sealed class UsageTriggerOperations(World world, TriggerWatch watch, NumberRents rents)
{
    private const int MaxFriendlyName = 64;

    // So that memory is bounded; the live service's own limit is not published.
    private const int MaxTriggers = 1_000;

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("CreateUsageTrigger", Create),
        ("FetchUsageTrigger", Fetch),
        ("ListUsageTrigger", List),
        ("UpdateUsageTrigger", Update),
        ("DeleteUsageTrigger", Delete),
    ];

    private DateOnly Today => DateOnly.FromDateTime(world.Clock.GetUtcNow().UtcDateTime);

    private Answer Create(RestRequest request)
    {
        var form = request.Form;
        var category = form["UsageCategory"]!;
        if (UsageCategory.Find(category) is null)
        {
            return Answer.Refuse(20001, $"Invalid UsageCategory: '{category}' is not a usage category");
        }
        if (!TryValue(form["TriggerValue"]!, out var value, out var isOffset))
        {
            return Answer.Refuse(
                20001, $"Invalid TriggerValue: '{form["TriggerValue"]}' is neither a positive number nor an offset such as +30");
        }
        if (form["FriendlyName"] is { Length: > MaxFriendlyName }) return new Answer.Refusal(ErrorCodes.Error(20002));
        if (Table(request).Count >= MaxTriggers) return Answer.Refuse(20001, $"An account has at most {MaxTriggers} usage triggers");
        var now = world.Clock.GetUtcNow();
        var trigger = new UsageTrigger
        {
            Sid = world.Sids.New("UT"),
            Account = request.Account,
            Category = category,
            TriggerBy = Given(form["TriggerBy"]) ?? "usage",
            TriggerValue = value,
            Recurring = Given(form["Recurring"]) ?? "alltime",
            CallbackUrl = form["CallbackUrl"]!,
            CallbackMethod = Given(form["CallbackMethod"])?.ToUpperInvariant() ?? "POST",
            FriendlyName = form["FriendlyName"] ?? "",
            DateCreated = now,
            DateUpdated = now,
        };
        rents.CatchUp();
        if (isOffset) trigger = trigger with { TriggerValue = value + watch.ValueOf(trigger, Today) };
        world.Store.Put(UsageTrigger.Table, request.Account, trigger, UsageEntries.TriggerCreated, request.Cause);
        // It may be reached already.
        watch.LookSoon(request.Account, Today);
        return Show(trigger);
    }

    private Answer Fetch(RestRequest request)
    {
        rents.CatchUp();
        return Find(request) is { } trigger ? Show(trigger) : Answer.NotFound(request);
    }

    private Answer.List List(RestRequest request)
    {
        rents.CatchUp();
        var (recurring, by, category) = (
            Given(request.Query["Recurring"]), Given(request.Query["TriggerBy"]), Given(request.Query["UsageCategory"]));
        return new Answer.List(after => Table(request).NewestFirst(after)
            .Where(t =>
                (recurring ?? t.Recurring) == t.Recurring && (by ?? t.TriggerBy) == t.TriggerBy && (category ?? t.Category) == t.Category)
            .Select(t => (t.Sid, (IFace)AsOfNow(t))));
    }

    private Answer Update(RestRequest request)
    {
        if (Find(request) is not { } trigger) return Answer.NotFound(request);
        var form = request.Form;
        if (form["FriendlyName"] is { Length: > MaxFriendlyName }) return new Answer.Refusal(ErrorCodes.Error(20002));
        trigger = trigger with
        {
            CallbackUrl = Given(form["CallbackUrl"]) ?? trigger.CallbackUrl,
            CallbackMethod = Given(form["CallbackMethod"])?.ToUpperInvariant() ?? trigger.CallbackMethod,
            FriendlyName = form["FriendlyName"] ?? trigger.FriendlyName,
            DateUpdated = world.Clock.GetUtcNow(),
        };
        world.Store.Put(UsageTrigger.Table, request.Account, trigger, UsageEntries.TriggerUpdated, request.Cause);
        return Show(trigger);
    }

    private Answer Delete(RestRequest request) =>
        world.Store.Remove(
            UsageTrigger.Table, request.Account, request.PathValues["Sid"], UsageEntries.TriggerDeleted, request.Cause) is null
            ? Answer.NotFound(request)
            : new Answer.NoContent();

    private Answer Show(UsageTrigger trigger) => Answer.Of(AsOfNow(trigger));

    private UsageTrigger AsOfNow(UsageTrigger trigger) => trigger with { CurrentValue = watch.ValueOf(trigger, Today) };

    private UsageTrigger? Find(RestRequest request) => Table(request).Find(request.PathValues["Sid"]);

    private Table<UsageTrigger> Table(RestRequest request) => world.Store.Table(UsageTrigger.Table, request.Account);

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary><c>30</c>, or <c>+30</c>: so many more than now.</summary>
    private static bool TryValue(string text, out decimal value, out bool isOffset)
    {
        isOffset = text.StartsWith('+');
        return decimal.TryParse(isOffset ? text[1..] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
            && value is > 0 and < 1_000_000_000_000m;
    }
}
