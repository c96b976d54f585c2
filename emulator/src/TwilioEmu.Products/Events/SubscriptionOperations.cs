using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Events;

/// <summary>Subscriptions: a sink of their own, the types they begin with, and the versions of schemas these come in.</summary>
/// <remarks>
/// twilio.com/docs/events/event-streams/subscription, subscribed-event; error dictionary 91001, 91100 to 91104; words measured.
/// Loop-confined.
/// </remarks>
internal sealed class SubscriptionOperations(World world, EventBook book)
{
    // twilio.com/docs/events: sinks and subscriptions of an account.
    private const int MaxSubscriptions = 100;

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
        [("CreateSubscription", Create), ("CreateSubscribedEvent", Subscribe), ("UpdateSubscribedEvent", ChangeVersion)];

    private Answer Create(RestRequest request, Behaviour stored)
    {
        var (account, sid) = (request.Account, request.Form["SinkSid"] ?? "");
        if (book.Sinks(account).Find(sid) is not { } sink)
        {
            return new Answer.Refusal(ErrorCodes.Error(91001, $"Sink with SID {sid} not found"));
        }
        if (sink["status"] != "active") return new Answer.Refusal(ErrorCodes.Error(91100, $"Sink with SID {sid} is not active"));
        if (book.IsInUse(account, sid)) return new Answer.Refusal(SinkOperations.InUse(sid));
        if (book.Subscriptions(account).Count >= MaxSubscriptions)
        {
            return new Answer.Refusal(ErrorCodes.Error(91101, $"An account has at most {MaxSubscriptions} subscriptions"));
        }
        var types = new List<(string Type, string? Version)>();
        foreach (var text in request.Form.All("Types"))
        {
            if (Read(text) is not var (type, version))
            {
                return Answer.Refuse(20001, $"Missing required input parameter event_types[{types.Count}].type");
            }
            if (Fault(account, type, version) is { } fault) return new Answer.Refusal(fault);
            if (types.Exists(t => t.Type == type))
            {
                return new Answer.Refusal(ErrorCodes.Error(91101, $"Event types are duplicated: {type}"));
            }
            types.Add((type, version));
        }
        var answer = stored(request);
        if (answer is not Answer.Resource { Kept.Key: var subscription }) return answer;
        foreach (var (type, version) in types) Add(account, subscription, type, version);
        Warn(request, [.. types.Select(t => t.Type)]);
        return answer;
    }

    private Answer Subscribe(RestRequest request, Behaviour stored)
    {
        if (request.Form["Type"] is not { Length: > 0 } type) return stored(request);
        if (Fault(request.Account, type, request.Form["SchemaVersion"]) is { } fault) return new Answer.Refusal(fault);
        var answer = stored(request.Form.Has("SchemaVersion")
            ? request
            : request.With(new JsonObject { ["schema_version"] = book.LatestVersionOf(request.Account, type) }));
        if (answer is Answer.Resource) Warn(request, [type]);
        return answer;
    }

    private Answer ChangeVersion(RestRequest request, Behaviour stored) =>
        Fault(request.Account, request.PathValues["Type"], request.Form["SchemaVersion"]) is { } fault
            ? new Answer.Refusal(fault)
            : stored(request);

    private void Add(AccountSid account, string subscription, string type, string? version) =>
        book.Subscribed(account, subscription).Create(type, new JsonObject
        {
            ["type"] = type,
            ["schema_version"] = version ?? book.LatestVersionOf(account, type).ToString(CultureInfo.InvariantCulture),
        });

    /// <summary>Who waits for what nobody here tells is told so.</summary>
    private void Warn(RestRequest request, IReadOnlyList<string> types)
    {
        if (types.Where(t => !EventTypes.IsTold(t)).ToList() is not { Count: > 0 } untold) return;
        world.Journal.Warn(
            request.Account, request.Path, request.Cause, "events of these types are not told here: those of messages are", untold);
    }

    /// <summary>Why a type cannot be subscribed to, or null (words measured; of the version inferred).</summary>
    private TwilioError? Fault(AccountSid account, string type, string? version)
    {
        if (book.Type(account, type) is not { } known) return ErrorCodes.Error(91104, $"Type not found in the system: {type}");
        switch (known["status"])
        {
            case "discontinued": return ErrorCodes.Error(91104, $"Type is discontinued: {type}");
            case "restricted": return new TwilioError(20409, 409, $"Type {type} is restricted");
        }
        if (version is null) return null;
        var latest = book.LatestVersionOf(account, type);
        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= latest
            ? null
            : TwilioError.BadRequest(20001, $"Schema version {version} of {type} not found: there are 1 to {latest}");
    }

    /// <summary>One value is one object: <c>{"type":"com.twilio...","schema_version":2}</c>; null for anything else.</summary>
    private static (string Type, string? Version)? Read(string text)
    {
        try
        {
            using var json = JsonText.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && JsonText.Member(json.RootElement, "type") is { Length: > 0 } type
                ? (type, JsonText.Member(json.RootElement, "schema_version"))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
