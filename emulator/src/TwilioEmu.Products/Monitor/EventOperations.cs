using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Monitor;

/// <summary>Monitor events: what was made, changed and deleted by REST, and by whom, from the journal.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/usage/monitor-events. Messages and calls that are sent or made are no events; those deleted are.
/// </remarks>
internal sealed class EventOperations(MonitorLog log)
{
    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("monitor_v1/ListEvent", List),
        ("monitor_v1/FetchEvent", Fetch),
    ];

    private Answer List(RestRequest request)
    {
        var query = request.Query;
        foreach (var name in (string[])["StartDate", "EndDate"])
        {
            if (query[name] is { Length: > 0 } date && !TwilioDates.TryParseFilter(date, out _, out _))
            {
                return Answer.Refuse(20001, $"Invalid {name}: '{date}' is neither a date nor an instant");
            }
        }
        foreach (var name in (string[])["ActorSid", "ResourceSid"])
        {
            if (query[name] is { Length: > 0 } sid && Sids.Or(sid) is null)
            {
                return Answer.Refuse(20001, $"Invalid {name}: '{sid}' is not a SID");
            }
        }
        var range = DateRange.Read(query);
        return new Answer.List(after => log.EventsNewestFirst(request.Account, Before(after))
            .Where(e => range.Holds(e.At))
            .Select(e => LoggedEvent.Of(log.World.Journal, e))
            .OfType<LoggedEvent>()
            .Where(e => (Is(query["ActorSid"], e.Actor) || Is(query["ActorSid"], e.Request.Credential)) && Is(query["EventType"], e.Type)
                && Is(query["ResourceSid"], e.ResourceSid) && Is(query["SourceIpAddress"], e.SourceAddress))
            .Select(e => (log.EventSids.Of(e.Entry.Seq), (IFace)new EventFace(log.EventSids.Of(e.Entry.Seq), e))));
    }

    private Answer Fetch(RestRequest request) =>
        log.EventSids.TryRead(request.PathValues["Sid"], out var seq) && log.Find(request.Account, seq) is { } entry
        && LoggedEvent.Of(log.World.Journal, entry) is { } found
            ? Answer.Of(new EventFace(request.PathValues["Sid"], found))
            : Answer.NotFound(request);

    private long Before(string? after) => after is not null && log.EventSids.TryRead(after, out var seq) ? seq : after is null ? 0 : 1;

    private static bool Is(string? wanted, string? value) => string.IsNullOrEmpty(wanted) || wanted == value;
}
