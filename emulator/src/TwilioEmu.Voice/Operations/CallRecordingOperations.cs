using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Recordings;

namespace TwilioEmu.Voice.Operations;

/// <summary>Starts, pauses, resumes and stops recordings of calls and conferences.</summary>
/// <remarks>twilio.com/docs/voice/api/recording#create-a-recording, #update-a-recording.</remarks>
internal sealed class CallRecordingOperations(CallServices services)
{
    // "Twilio.CURRENT" instead of a SID: the one that goes on.
    private const string Current = "Twilio.CURRENT";

    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours =>
        [("CreateCallRecording", Create), ("UpdateCallRecording", Update), ("UpdateConferenceRecording", Update)];

    private Answer Create(RestRequest request)
    {
        var sid = request.PathValues["CallSid"];
        if (services.Book.Records(request.Account).Find(sid) is null) return Answer.NotFound(request);
        var form = new CallForm(request.Form);
        var spec = form.Recording(RecordingSource.StartCallRecordingApi, trims: false);
        if (form.Fault is { } fault) return new Answer.Refusal(fault);
        if (services.Book.FindLive(sid) is not { IsAnswered: true } call)
        {
            return Answer.Refuse(21220, "Requested resource is not eligible for recording");
        }
        // A second order succeeds and yields no second recording (measured).
        var running = call.Recordings.Find(r => !r.IsOver && r.Spec.Source == RecordingSource.StartCallRecordingApi);
        return Answer.Of((running ?? services.Recordings.Start(call, spec, request.Cause)).Record);
    }

    private Answer Update(RestRequest request)
    {
        var candidates = services.Recordings.Live.Where(r => IsOf(request, r.Record)).ToList();
        var sid = request.PathValues["Sid"];
        if (sid != Current) candidates = [.. candidates.Where(r => r.Record.Sid == sid)];
        if (candidates.Count > 1) return Answer.Refuse(16108, $"{candidates.Count} recordings go on; name one by its SID");
        if (Refusal(request, request.PathValues.ContainsKey("ConferenceSid"), out var skips) is { } refusal) return refusal;
        if (candidates is not [var recording])
        {
            var isThere = services.World.Store.Table(Recording.Table, request.Account).Find(sid) is { } past && IsOf(request, past);
            return isThere ? Answer.Refuse(16114, "the recording has ended; nothing can be done to it") : Answer.NotFound(request);
        }
        switch (request.Form["Status"])
        {
            case "paused": recording.Pause(skips, request.Cause); break;
            case "in-progress": recording.Resume(request.Cause); break;
            default:
                recording.Stop(request.Cause);
                return Answer.Of(recording.Record with { Status = RecordingStatus.Stopped });
        }
        return Answer.Of(recording.Record);
    }

    private static Answer.Refusal? Refusal(RestRequest request, bool isConference, out bool skips)
    {
        skips = false;
        var status = request.Form["Status"];
        if (status is not ("paused" or "in-progress" or "stopped") || (status == "stopped" && isConference))
        {
            return new Answer.Refusal(TwilioError.BadRequest(
                20001,
                $"Status is not valid: {status}; {(isConference ? "paused and in-progress are" : "paused, in-progress and stopped are")}"));
        }
        if (request.Form["PauseBehavior"] is not { Length: > 0 } behaviour) return null;
        skips = behaviour == "skip";
        return behaviour is "skip" or "silence"
            ? null
            : new Answer.Refusal(TwilioError.BadRequest(20001, $"PauseBehavior is not valid: {behaviour}; skip and silence are"));
    }

    private static bool IsOf(RestRequest request, Recording recording) =>
        recording.Account == request.Account
        && (request.PathValues.TryGetValue("CallSid", out var call)
            ? recording.CallSid == call
            : recording.ConferenceSid == request.PathValues["ConferenceSid"]);
}
