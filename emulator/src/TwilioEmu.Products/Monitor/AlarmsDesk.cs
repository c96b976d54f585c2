using System.Text.Json;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Monitor;

/// <summary>Alarms of Monitor v2: kept and shown. They never go off, and the journal says so when one is made.</summary>
/// <remarks>Loop-confined. The body's types were checked before, as far as the document tells them.</remarks>
internal sealed class AlarmsDesk(World world)
{
    // So that memory is bounded; the live service's own limit is not published.
    private const int MaxAlarms = 1_000;

    private static readonly string[] Required = ["friendlyName", "queryType", "triggerValue", "timeWindow"];

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("monitor_v2/CreateAlarm", Create),
        ("monitor_v2/ListAlarms", List),
        ("monitor_v2/FetchAlarm", Fetch),
        ("monitor_v2/UpdateAlarm", Update),
        ("monitor_v2/UpdateAlarmStatus", Switch),
        ("monitor_v2/DeleteAlarm", Delete),
    ];

    private Answer Create(RestRequest request)
    {
        if (Fault(request, null) is { } fault) return new Answer.Refusal(fault);
        if (Table(request).Count >= MaxAlarms) return new Answer.Refusal(ErrorCodes.Error(20429, $"An account has at most {MaxAlarms} alarms"));
        var now = world.Clock.GetUtcNow();
        var alarm = new Alarm(world.Sids.New("AK"), request.Json, now, now);
        world.Store.Put(Alarm.Table, request.Account, alarm, "alarm.created", request.Cause);
        world.Journal.Write(request.Account, "request.warning", request.Path, request.Cause, ("warning", "alarms are kept and shown, but never go off"));
        return Answer.Of(alarm);
    }

    private Answer.List List(RestRequest request)
    {
        var isAscending = request.Query["SortOrder"] == "asc";
        return new Answer.List(after => (isAscending ? Table(request).OldestFirst(after) : Table(request).NewestFirst(after)).Select(a => (a.Sid, (IFace)a)));
    }

    private Answer Fetch(RestRequest request) => Find(request) is { } alarm ? Answer.Of(alarm) : Answer.NotFound(request);

    private Answer Update(RestRequest request)
    {
        if (Find(request) is not { } alarm) return Answer.NotFound(request);
        if (Fault(request, alarm.Sid) is { } fault) return new Answer.Refusal(fault);
        alarm = alarm with { Body = request.Json, Switched = null, Updated = world.Clock.GetUtcNow() };
        world.Store.Put(Alarm.Table, request.Account, alarm, "alarm.updated", request.Cause);
        return Answer.Of(alarm);
    }

    private Answer Switch(RestRequest request)
    {
        if (Find(request) is not { } alarm) return Answer.NotFound(request);
        if (request.Json.ValueKind != JsonValueKind.Object || !request.Json.TryGetProperty("enabled", out var flag) || flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return Answer.Refuse(20001, "enabled must be true or false");
        }
        alarm = alarm with { Switched = flag.GetBoolean(), Updated = world.Clock.GetUtcNow() };
        world.Store.Put(Alarm.Table, request.Account, alarm, "alarm.updated", request.Cause);
        return new Answer.NoContent();
    }

    private Answer Delete(RestRequest request) =>
        world.Store.Remove(Alarm.Table, request.Account, request.PathValues["Sid"], "alarm.deleted", request.Cause) is null ? Answer.NotFound(request) : new Answer.NoContent();

    private Alarm? Find(RestRequest request) => Table(request).Find(request.PathValues["Sid"]);

    private Table<Alarm> Table(RestRequest request) => world.Store.Table(Alarm.Table, request.Account);

    /// <summary>What is wrong with a body, or null; two alarms of an account have not the same name (inferred from the document's 409).</summary>
    private TwilioError? Fault(RestRequest request, string? self)
    {
        if (request.Json.ValueKind != JsonValueKind.Object) return TwilioError.BadRequest(20001, "the body must be a JSON object");
        foreach (var name in Required)
        {
            if (!request.Json.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0))
            {
                return TwilioError.BadRequest(20001, $"Missing required property {name}");
            }
        }
        var given = request.Json.GetProperty("friendlyName");
        return given.ValueKind == JsonValueKind.String && Table(request).OldestFirst().Any(a => a.Sid != self && a.Name == given.GetString())
            ? ErrorCodes.Error(20409, $"there is an alarm called {given.GetString()} already")
            : null;
    }
}
