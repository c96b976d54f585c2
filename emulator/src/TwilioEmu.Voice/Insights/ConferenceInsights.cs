using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Conferences;
using TwilioEmu.Voice.Recordings;

namespace TwilioEmu.Voice.Insights;

/// <summary>Voice Insights of conferences and who was in them. Computed from records and journal when asked for; nothing is kept.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/voice-insights/api/conference. What nobody
/// here knows (the filter by <c>DetectedIssues</c>) fits by whether there are any.
/// </remarks>
internal sealed class ConferenceInsights(CallServices services)
{
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("insights_v1/FetchConference", request => Summary(request) is { } summary ? Answer.Of(summary) : Answer.NotFound(request)),
        ("insights_v1/ListConference", List),
        ("insights_v1/FetchConferenceParticipant", Fetch),
        ("insights_v1/ListConferenceParticipant", Participants),
    ];

    private ConferenceSummary? Summary(RestRequest request) =>
        services.Conferences.Records(request.Account).Find(request.PathValues["ConferenceSid"]) is { } conference
            ? Summaries(request, [conference]).Single()
            : null;

    private List<ConferenceSummary> Summaries(RestRequest request, IEnumerable<Conference> conferences)
    {
        var (world, now) = (services.World, services.World.Clock.GetUtcNow());
        var stays = Attendance.Read(world.Journal, request.Account);
        var started = world.Journal.After(0, new Selection(ConferenceEntries.Started.Name, Account: request.Account))
            .ToLookup(e => e.Subject, e => e.At);
        var recorded = world.Store.Table(Recording.Table, request.Account).NewestFirst()
            .Select(r => r.ConferenceSid)
            .OfType<string>()
            .ToHashSet();
        return
        [
            .. conferences.Select(c => new ConferenceSummary(
                c, [.. stays[c.Sid]], started[c.Sid].Select(at => (DateTimeOffset?)at).FirstOrDefault(), recorded.Contains(c.Sid),
                stays[c.Sid]
                    .Select(s => s.CallSid).Distinct()
                    .ToDictionary(
                        sid => sid, sid => CallOf(request, sid) is { } call ? CallSummary.PartyOf(call) : sid, StringComparer.Ordinal),
                now)),
        ];
    }

    private Answer List(RestRequest request)
    {
        var query = request.Query;
        var (after, before) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        if (query["CreatedAfter"] is { Length: > 0 } first && !TwilioDates.TryParseFilter(first, out after, out _))
        {
            return Answer.Refuse(20001, $"Invalid CreatedAfter: {first}");
        }
        if (query["CreatedBefore"] is { Length: > 0 } last && !TwilioDates.TryParseFilter(last, out before, out _))
        {
            return Answer.Refuse(20001, $"Invalid CreatedBefore: {last}");
        }
        var conferences = services.Conferences.Records(request.Account).NewestFirst()
            .Where(c =>
                c.Created >= after && c.Created <= before && Has(query, "ConferenceSid", c.Sid)
                    && Has(query, "FriendlyName", c.FriendlyName) && Has(query, "MixerRegion", c.Region));
        var summaries = Summaries(request, conferences).Where(s =>
            Has(query, "Status", s.StatusWord) && Has(query, "EndReason", s.EndReason) && HasTag(query["Tags"], s)
                && (query["DetectedIssues"] is not { Length: > 0 } || s.Tags.Count > 0));
        return ListOf(summaries, s => s.Conference.Sid);
    }

    private Answer Fetch(RestRequest request) =>
        Summary(request) is { } summary && summary.Stays.FirstOrDefault(s => s.Sid == request.PathValues["ParticipantSid"]) is { } stay
            ? Answer.Of(new ParticipantSummary(stay, summary, CallOf(request, stay.CallSid)))
            : Answer.NotFound(request);

    private Answer Participants(RestRequest request)
    {
        if (Summary(request) is not { } summary) return Answer.NotFound(request);
        var query = request.Query;
        return ListOf(
            summary.Stays.Where(s =>
                Has(query, "ParticipantSid", s.Sid) && Has(query, "Label", s.Label)
                    && (query["Events"] is not { Length: > 0 } wanted || s.Events.Exists(e => e.What == wanted)))
                .Reverse().Select(s => new ParticipantSummary(s, summary, CallOf(request, s.CallSid))),
            p => p.Stay.Sid);
    }

    private Call? CallOf(RestRequest request, string sid) => services.Book.Records(request.Account).Find(sid);

    private static Answer.List ListOf<T>(IEnumerable<T> faces, Func<T, string> sidOf)
        where T : IFace
    {
        var found = faces.ToList();
        return new Answer.List(
            after => found.Skip(after is null ? 0 : found.FindIndex(f => sidOf(f) == after) + 1).Select(f => (sidOf(f), (IFace)f)));
    }

    private static bool HasTag(string? wanted, ConferenceSummary summary) =>
        string.IsNullOrEmpty(wanted) || wanted.Split(',').Any(t => summary.Tags.Contains(t.Trim()));

    private static bool Has(FormValues query, string name, string? value) => query[name] is not { Length: > 0 } wanted || wanted == value;
}
