using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
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

    /// <summary>
    /// What a path that names no SID is answered to a GET: a conference's name may stand there to add somebody alone (reported:
    /// twilio-php 474, twilio-ruby 580). Null where it is a SID.
    /// </summary>
    public static Answer? RefuseName(string which) => SidMint.IsSid(which, "CF") ? null : new Answer.Refusal(ErrorCodes.Error(20004));

    private Answer Fetch(RestRequest request) => Find(request) is { } conference
        ? Answer.Of(conference)
        : RefuseName(request.PathValues["Sid"]) ?? Answer.NotFound(request);

    private Answer List(RestRequest request)
    {
        var (name, status) = (request.Query["FriendlyName"], request.Query["Status"]);
        if (!string.IsNullOrEmpty(status) && !Conference.IsStatus(status))
        {
            return Answer.Refuse(20001, $"Invalid Status: {status}");
        }
        if (DateFilter.TryRead(request.Query, "DateCreated", out var fault) is not { } created
            || DateFilter.TryRead(request.Query, "DateUpdated", out fault) is not { } updated)
        {
            return new Answer.Refusal(fault!);
        }
        return new Answer.List(after => services.Conferences.Records(request.Account).NewestFirst(after)
            .Where(c => (string.IsNullOrEmpty(name) || c.FriendlyName == name) && (string.IsNullOrEmpty(status) || c.StatusWord == status)
                && created.Has(c.Created) && updated.Has(c.Updated))
            .Select(c => (c.Sid, (IFace)c)));
    }

    private Answer Update(RestRequest request)
    {
        if (Find(request) is not { } conference) return Answer.NotFound(request);
        var form = new CallForm(request.Form);
        var (url, method) = (form.Url("AnnounceUrl", 21205), form.Method("AnnounceMethod"));
        if (form.Text("Status") is { } status && status != "completed")
        {
            form.Refuse(20001, $"Status is not valid: {status}; completed is", 0);
        }
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
}
