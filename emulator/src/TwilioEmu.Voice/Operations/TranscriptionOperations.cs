using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Recordings;

namespace TwilioEmu.Voice.Operations;

/// <summary>Fetches, lists and deletes transcriptions of recordings.</summary>
/// <remarks>twilio.com/docs/voice/api/recording-transcription.</remarks>
internal sealed class TranscriptionOperations(CallServices services)
{
    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("FetchTranscription", Fetch), ("ListTranscription", List), ("DeleteTranscription", Delete),
        ("FetchRecordingTranscription", Fetch), ("ListRecordingTranscription", List), ("DeleteRecordingTranscription", Delete),
    ];

    private Answer Fetch(RestRequest request) => Find(request) is { } transcription ? Answer.Of(transcription) : Answer.NotFound(request);

    private Answer List(RestRequest request)
    {
        var recording = request.PathValues.GetValueOrDefault("RecordingSid");
        if (recording is not null && services.World.Store.Table(Recording.Table, request.Account).Find(recording) is null)
        {
            return Answer.NotFound(request);
        }
        return new Answer.List(after => services.World.Store.Table(Transcription.Table, request.Account).NewestFirst(after)
            .Where(t => recording is null || t.RecordingSid == recording).Select(t => (t.Sid, (IFace)t)));
    }

    private Answer Delete(RestRequest request)
    {
        if (Find(request) is not { } transcription) return Answer.NotFound(request);
        services.World.Store.Remove(Transcription.Table, request.Account, transcription.Sid, TranscriptionEntries.Deleted, request.Cause);
        return new Answer.NoContent();
    }

    private Transcription? Find(RestRequest request) =>
        services.World.Store.Table(Transcription.Table, request.Account).Find(request.PathValues["Sid"]) is { } found
        && (!request.PathValues.TryGetValue("RecordingSid", out var recording) || found.RecordingSid == recording)
            ? found
            : null;
}
