using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Transcribing;

namespace TwilioEmu.Voice.Operations;

/// <summary>Has a call's words told while they are spoken, and stops it.</summary>
/// <remarks>twilio.com/docs/voice/api/realtime-transcription-resource.</remarks>
internal sealed class RealtimeTranscriptionOperations(CallServices services)
{
    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours =>
        [("CreateRealtimeTranscription", Create), ("UpdateRealtimeTranscription", Update)];

    private Answer Create(RestRequest request)
    {
        var sid = request.PathValues["CallSid"];
        if (services.Book.Records(request.Account).Find(sid) is null) return Answer.NotFound(request);
        var form = new CallForm(request.Form);
        var spec = Read(form);
        if (form.Fault is { } fault) return new Answer.Refusal(fault);
        if (services.Book.FindLive(sid) is not { IsAnswered: true } call)
        {
            return Answer.Refuse(21220, "Call is not in-progress. Cannot transcribe.");
        }
        if (call.Transcriptions.Find(t => !t.IsOver && t.Spec.Name == spec.Name && spec.Name is not null) is not null)
        {
            return Answer.Refuse(32650, $"a transcription named {spec.Name} goes on in the call already");
        }
        return Answer.Of(call.Transcribe(spec, request.Cause).Record);
    }

    private Answer Update(RestRequest request)
    {
        var (callSid, sid) = (request.PathValues["CallSid"], request.PathValues["Sid"]);
        if (request.Form["Status"] is not "stopped")
        {
            return Answer.Refuse(20001, $"Status is not valid: {request.Form["Status"]}; stopped is");
        }
        // By its SID or the name it was given.
        var live = services.Book.FindLive(callSid) is { } call && call.Record.Account == request.Account
            ? call.Transcriptions.Find(t => !t.IsOver && (t.Record.Sid == sid || t.Spec.Name == sid)) : null;
        if (live is not null)
        {
            live.Stop(request.Cause);
            return Answer.Of(live.Record);
        }
        // What is over stays so (inferred).
        return services.World.Store.Table(RealtimeTranscription.Table, request.Account).Find(sid) is { } past && past.CallSid == callSid
            ? Answer.Of(past)
            : Answer.NotFound(request);
    }

    private static TranscribingSpec Read(CallForm form)
    {
        var usual = new TranscribingSpec();
        return usual with
        {
            Name = form.Text("Name"),
            Callback = form.CallbackUrl("StatusCallbackUrl"),
            CallbackMethod = form.Method("StatusCallbackMethod"),
            Language = form.Text("LanguageCode") ?? usual.Language,
            Track = form.Word("Track", usual.Track, TranscribingSpec.Tracks),
            InboundLabel = form.Text("InboundTrackLabel"),
            OutboundLabel = form.Text("OutboundTrackLabel"),
            Engine = form.Word("TranscriptionEngine", usual.Engine, TranscribingSpec.Engines),
            SpeechModel = form.Text("SpeechModel") ?? usual.SpeechModel,
            FiltersProfanity = form.Flag("ProfanityFilter", usual.FiltersProfanity),
            TellsPartials = form.Flag("PartialResults", usual.TellsPartials),
            Hints = form.Text("Hints"),
            Punctuates = form.Flag("EnableAutomaticPunctuation", usual.Punctuates),
            TellsProviderData = form.Flag("EnableProviderData", usual.TellsProviderData),
            InVain =
            [
                .. new[] { "IntelligenceService", "ConversationConfiguration", "ConversationId", "ConfigurationId" }
                    .Where(n => form.Text(n) is not null),
            ],
        };
    }
}
