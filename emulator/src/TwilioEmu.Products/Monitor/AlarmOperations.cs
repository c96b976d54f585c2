using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Monitor;

/// <summary>Alarms of Monitor v2: kept and shown. They never go off, and the journal says so when one is made.</summary>
/// <remarks>Loop-confined. What the document says of the body was checked before.</remarks>
internal sealed class AlarmOperations(World world)
{
    // So that memory is bounded; the live service's own limit is not published.
    private const int MaxAlarms = 1_000;

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
        if (Conflict(request, null) is { } conflict) return new Answer.Refusal(conflict);
        if (Table(request).Count >= MaxAlarms)
        {
            return new Answer.Refusal(ErrorCodes.Error(20429, $"An account has at most {MaxAlarms} alarms"));
        }
        var now = world.Clock.GetUtcNow();
        var alarm = new Alarm(world.Sids.New("AK"), request.Json, now, now);
        world.Store.Put(Alarm.Table, request.Account, alarm, AlarmEntries.Created, request.Cause);
        world.Journal.Warn(request.Account, request.Path, request.Cause, "alarms are kept and shown, but never go off");
        return Answer.Of(alarm);
    }

    private Answer.List List(RestRequest request)
    {
        var isAscending = request.Query["SortOrder"] == "asc";
        return new Answer.List(after =>
            (isAscending ? Table(request).OldestFirst(after) : Table(request).NewestFirst(after)).Select(a => (a.Sid, (IFace)a)));
    }

    private Answer Fetch(RestRequest request) => Find(request) is { } alarm ? Answer.Of(alarm) : Answer.NotFound(request);

    private Answer Update(RestRequest request)
    {
        if (Find(request) is not { } alarm) return Answer.NotFound(request);
        if (Conflict(request, alarm.Sid) is { } conflict) return new Answer.Refusal(conflict);
        alarm = alarm with { Body = request.Json, Switched = null, Updated = world.Clock.GetUtcNow() };
        world.Store.Put(Alarm.Table, request.Account, alarm, AlarmEntries.Updated, request.Cause);
        return Answer.Of(alarm);
    }

    private Answer Switch(RestRequest request)
    {
        if (Find(request) is not { } alarm) return Answer.NotFound(request);
        alarm = alarm with { Switched = request.Json.GetProperty("enabled").GetBoolean(), Updated = world.Clock.GetUtcNow() };
        world.Store.Put(Alarm.Table, request.Account, alarm, AlarmEntries.Updated, request.Cause);
        return new Answer.NoContent();
    }

    private Answer Delete(RestRequest request) =>
        world.Store.Remove(Alarm.Table, request.Account, request.PathValues["Sid"], AlarmEntries.Deleted, request.Cause) is null
            ? Answer.NotFound(request)
            : new Answer.NoContent();

    private Alarm? Find(RestRequest request) => Table(request).Find(request.PathValues["Sid"]);

    private Table<Alarm> Table(RestRequest request) => world.Store.Table(Alarm.Table, request.Account);

    /// <summary>Two alarms of an account have not the same name (inferred from the document's 409).</summary>
    private TwilioError? Conflict(RestRequest request, string? self)
    {
        var name = request.Json.GetProperty("friendlyName").GetString();
        return Table(request).OldestFirst().Any(a => a.Sid != self && a.Name == name)
            ? ErrorCodes.Error(20409, $"there is an alarm called {name} already")
            : null;
    }
}
