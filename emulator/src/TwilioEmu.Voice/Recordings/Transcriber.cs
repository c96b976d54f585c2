using TwilioEmu.Kernel.Time;
using TwilioEmu.Media.Listening;
using TwilioEmu.Voice.Callbacks;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Recordings;

/// <summary>Writes down what was said in a recording, from the words that were spoken; no speech engine is asked.</summary>
/// <remarks>Loop-confined. Recordings over 2 s and under 120 s (twilio.com/docs/voice/twiml/record: transcribe).</remarks>
internal sealed class Transcriber(CallServices services)
{
    /// <summary>How long it takes (inferred; live it is minutes at times).</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    private const int WrongLength = 13617;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    public async Task RunAsync(LiveRecording recording)
    {
        var record = recording.Record;
        var now = services.World.Clock.GetUtcNow();
        var transcription = new Transcription
        {
            Sid = services.World.Sids.New("TR"),
            Account = record.Account,
            RecordingSid = record.Sid,
            Status = TranscriptionStatus.InProgress,
            DateCreated = now,
            DateUpdated = now,
            Seconds = record.Seconds ?? 0,
        };
        var cause = services.World.Store.Put(
            Transcription.Table, record.Account, transcription, TranscriptionEntries.Started, recording.Cause).Seq;
        await Task.Delay(Delay, services.World.Clock.For("transcription.completed"), services.World.Ending);
        var isLengthRight = record.Length > Shortest && record.Length < Longest;
        transcription = transcription with
        {
            Status = isLengthRight ? TranscriptionStatus.Completed : TranscriptionStatus.Failed,
            DateUpdated = services.World.Clock.GetUtcNow(),
            Text = isLengthRight ? WordsOf(record) : "",
        };
        cause = services.World.Store.Put(
            Transcription.Table, record.Account, transcription,
            isLengthRight ? TranscriptionEntries.Completed : TranscriptionEntries.Failed, cause).Seq;
        if (services.Book.Records(record.Account).Find(record.CallSid ?? "") is not { } call) return;
        if (!isLengthRight)
        {
            services.Raise(
                call, WrongLength, $"a recording of {record.Seconds} s is not transcribed: over 2 s and under 120 s are", null, cause);
        }
        Tell(recording, transcription, call, cause);
    }

    /// <summary>The words in the order they were spoken.</summary>
    private static string WordsOf(Recording record)
    {
        var captions = new List<Perceived.Caption>();
        foreach (var stretch in record.Stretches.Where(s => !s.IsSilent))
        {
            foreach (var track in record.Sound)
            {
                captions.AddRange(Hearing.Between(track, stretch.From, stretch.Until).OfType<Perceived.Caption>().Where(c => c.IsFinal));
            }
        }
        // Stable: of words at one instant the first channel's come first.
        return string.Join(' ', captions.OrderBy(c => c.At).Select(c => c.Words));
    }

    private void Tell(LiveRecording recording, Transcription transcription, Call call, long cause)
    {
        if (recording.Spec.TranscribeCallback is not { } url) return;
        var record = recording.Record;
        services.Lanes.Enqueue(record.Sid, new WebhookRequest
        {
            Account = record.Account,
            Url = url,
            Method = "POST",
            Parameters =
            [
                new("TranscriptionSid", transcription.Sid),
                new("TranscriptionText", transcription.Text),
                new("TranscriptionStatus", transcription.StatusWord),
                new("TranscriptionUrl", $"{services.UrlOf(record)}/Transcriptions/{transcription.Sid}"),
                new("TranscriptionType", "fast"),
                new("RecordingSid", record.Sid),
                new("RecordingUrl", services.UrlOf(record)),
                .. CallParameters.Head(call),
                .. call.ForwardedFrom is { } first ? [new("ForwardedFrom", first)] : Array.Empty<KeyValuePair<string, string>>(),
            ],
            Subject = call.Sid,
            Purpose = WebhookPurpose.TranscribeCallback,
            Cause = cause,
            CookieJar = call.Sid,
            IsVoice = true,
        });
    }
}
