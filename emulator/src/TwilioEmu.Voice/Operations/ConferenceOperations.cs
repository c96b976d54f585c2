using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Conferences;
using TwilioEmu.Voice.Verbs.Dialling;

namespace TwilioEmu.Voice.Operations;

/// <summary>Conferences: shown, listed, ended, spoken to.</summary>
/// <remarks>Loop-confined. twilio.com/docs/voice/api/conference-resource.</remarks>
internal sealed class ConferenceOperations(CallServices services)
{
    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
        [("FetchConference", Fetch), ("ListConference", List), ("UpdateConference", Update)];

    private Answer Fetch(RestRequest request) => Find(request) is { } conference ? Answer.Of(conference) : Answer.NotFound(request);

    private Answer.List List(RestRequest request)
    {
        var (name, status) = (request.Query["FriendlyName"], request.Query["Status"]);
        var created = Days.Read(request.Query, "DateCreated");
        var updated = Days.Read(request.Query, "DateUpdated");
        return new Answer.List(after => services.Conferences.Records(request.Account).NewestFirst(after)
            .Where(c => (string.IsNullOrEmpty(name) || c.FriendlyName == name) && (string.IsNullOrEmpty(status) || c.StatusWord == status)
                && created.Hold(c.Created) && updated.Hold(c.Updated))
            .Select(c => (c.Sid, (IFace)c)));
    }

    private Answer Update(RestRequest request)
    {
        if (Find(request) is not { } conference) return Answer.NotFound(request);
        var form = new CallForm(request.Form);
        var (url, method) = (form.Url("AnnounceUrl", 21205), form.Method("AnnounceMethod"));
        if (form.Text("Status") is { } status && status != "completed") form.Refuse(20001, $"Status is not valid: {status}; completed is", 0);
        if (form.Fault is { } fault) return new Answer.Refusal(fault);
        if (services.Conferences.Find(request.Account, conference.Sid) is not { } room) return Answer.Of(conference);
        if (form.Text("Status") is not null) room.EndByRest(request.Cause);
        else if (url is not null && room.Members.Count > 0 && services.Book.FindLive(room.Members[0].CallSid) is { } call)
        {
            services.World.Loop.Start(() => MemberSound.AnnounceAsync(services, call, room, null, url, method));
        }
        return Answer.Of(room.Record);
    }

    private Conference? Find(RestRequest request) => services.Conferences.Records(request.Account).Find(request.PathValues["Sid"]);

    /// <summary>A range of days, GMT, as <c>Name=</c>, <c>Name&lt;=</c>, <c>Name&gt;=</c> ask for it.</summary>
    private readonly record struct Days(DateOnly From, DateOnly Until)
    {
        public static Days Read(FormValues query, string name)
        {
            var days = new Days(DateOnly.MinValue, DateOnly.MaxValue);
            if (TryRead(query[name], out var on)) days = new Days(on, on);
            if (TryRead(query[name + "<"], out var until)) days = days with { Until = until };
            if (TryRead(query[name + ">"], out var from)) days = days with { From = from };
            return days;
        }

        public bool Hold(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime) is var day && day >= From && day <= Until;

        private static bool TryRead(string? text, out DateOnly day) =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out day);
    }
}
