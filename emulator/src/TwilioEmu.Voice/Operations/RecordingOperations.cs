using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Recordings;

namespace TwilioEmu.Voice.Operations;

/// <summary>Fetches, lists and deletes recordings: of an account, of a call, of a conference; and their files.</summary>
/// <remarks>twilio.com/docs/voice/api/recording. A path without an extension is the WAV file, as the documents have it.</remarks>
internal sealed class RecordingOperations(CallServices services)
{
    private readonly RecordingFiles _files = new(services.Exchange.Studio);

    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("FetchRecording", Fetch), ("ListRecording", List), ("DeleteRecording", Delete),
        ("FetchCallRecording", Fetch), ("ListCallRecording", List), ("DeleteCallRecording", Delete),
        ("FetchConferenceRecording", Fetch), ("ListConferenceRecording", List), ("DeleteConferenceRecording", Delete),
    ];

    private Answer Fetch(RestRequest request)
    {
        if (Find(request) is not { } recording) return Answer.NotFound(request);
        return request.Extension is "" or ".wav" or ".mp3" ? FileOf(request, recording) : Answer.Of(recording);
    }

    private Answer List(RestRequest request)
    {
        if (Owner(request) is { } missing) return missing;
        if (DateFilter.TryRead(request.Query, "DateCreated", out var fault) is not { } created) return new Answer.Refusal(fault!);
        var call = request.PathValues.GetValueOrDefault("CallSid") ?? Given(request.Query["CallSid"]);
        var conference = request.PathValues.GetValueOrDefault("ConferenceSid") ?? Given(request.Query["ConferenceSid"]);
        var withDeleted = string.Equals(request.Query["IncludeSoftDeleted"], "true", StringComparison.OrdinalIgnoreCase);
        return new Answer.List(after => services.World.Store.Table(Recording.Table, request.Account).NewestFirst(after)
            .Where(r => (call is null || r.CallSid == call) && (conference is null || r.ConferenceSid == conference)
                && (withDeleted || r.Status != RecordingStatus.Deleted) && created.Has(r.StartTime))
            .Select(r => (r.Sid, (IFace)r)));
    }

    private Answer Delete(RestRequest request)
    {
        if (Find(request) is not { } recording) return Answer.NotFound(request);
        if (!recording.IsSettled)
        {
            return new Answer.Refusal(new TwilioError(20009, 409, "Cannot delete this resource before it is complete"));
        }
        // What was heard is gone; what is known of it stays for a while (twilio.com/docs/voice/api/recording: 40 days).
        services.World.Store.Put(
            Recording.Table, request.Account,
            recording with
            {
                Status = RecordingStatus.Deleted,
                DateUpdated = services.World.Clock.GetUtcNow(),
                Sound = [],
                Apart = [],
                Stretches = [],
            },
            RecordingEntries.Deleted, request.Cause);
        return new Answer.NoContent();
    }

    private Answer FileOf(RestRequest request, Recording recording)
    {
        if (recording.Status != RecordingStatus.Completed) return Answer.NotFound(request);
        var channels = recording.Channels;
        switch (request.Query["RequestedChannels"])
        {
            case null or "": break;
            case "1": channels = 1; break;
            case "2" when recording.Channels == 2: break;
            case "2" when recording.Apart.Length == 2:
                channels = 2;
                break;
            case "2": return Answer.Refuse(16113, "Requested channels do not match the recording: it has one channel");
            case var other: return Answer.Refuse(20001, $"Invalid RequestedChannels: '{other}'; 1 and 2 are");
        }
        if (request.Extension != ".mp3") return new Answer.File("audio/x-wav", c => _files.WavAsync(recording, channels, c));
        if (!_files.MakesMp3)
        {
            return new Answer.Refusal(new TwilioError(
                20001, 406, "an MP3 needs the program lame, which is not installed where the emulator runs; ask for .wav"));
        }
        return new Answer.File("audio/mpeg", c => _files.Mp3Async(recording, channels, c));
    }

    /// <summary>The recording a path names, unless it is another call's, or deleted.</summary>
    private Recording? Find(RestRequest request)
    {
        var recording = services.World.Store.Table(Recording.Table, request.Account).Find(request.PathValues["Sid"]);
        if (recording is null || recording.Status == RecordingStatus.Deleted) return null;
        if (request.PathValues.TryGetValue("CallSid", out var call) && recording.CallSid != call) return null;
        return request.PathValues.TryGetValue("ConferenceSid", out var conference) && recording.ConferenceSid != conference
            ? null
            : recording;
    }

    /// <summary>404 for a call that is not there.</summary>
    private Answer? Owner(RestRequest request) =>
        request.PathValues.TryGetValue("CallSid", out var call) && services.Book.Records(request.Account).Find(call) is null
            ? Answer.NotFound(request)
            : null;

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
