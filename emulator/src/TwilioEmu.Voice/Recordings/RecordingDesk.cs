using System.Globalization;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Score;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Recordings;

/// <summary>Starts recordings, makes them ready when they have ended, tells the app.</summary>
/// <remarks>Loop-confined. What a file sounds like is made when somebody fetches it (<see cref="RecordingFiles"/>).</remarks>
internal sealed class RecordingDesk(CallServices services)
{
    /// <summary>From the end of a recording until it can be fetched (inferred; live it is seconds, and longer for long ones).</summary>
    public static readonly TimeSpan ProcessingTime = TimeSpan.FromSeconds(1);

    // twilio.com/docs/api/errors/16101 and 16102.
    private const int TooShort = 16101;
    private const int Silent = 16102;

    private readonly Transcriber _transcriber = new(services);
    private readonly Dictionary<string, LiveRecording> _live = new(StringComparer.Ordinal);

    /// <summary>Those that go on, in the order they began.</summary>
    public IEnumerable<LiveRecording> Live => _live.Values;

    public DateTimeOffset Now => services.World.Clock.GetUtcNow();

    /// <summary>Records a call.</summary>
    /// <param name="call">Its party is the first channel, what that party hears is the second.</param>
    /// <param name="spec">How.</param>
    /// <param name="cause">Of the order.</param>
    public LiveRecording Start(LiveCall call, RecordingSpec spec, long cause)
    {
        var (said, heard) = (call.Media.FromParty, call.Media.ToParty);
        var recording = Start(
            call.Record, null, spec, cause,
            spec.Track switch { "inbound" => [said], "outbound" => [heard], _ => [said, heard] });
        call.Recordings.Add(recording);
        return recording;
    }

    /// <summary>Records tracks: a call's, or a conference's.</summary>
    /// <param name="call">Whose call is asked for a SID, and is told of alerts.</param>
    /// <param name="conferenceSid">Set for a conference's recording, which then has no call.</param>
    /// <param name="spec">How.</param>
    /// <param name="cause">Of the order.</param>
    /// <param name="sound">One track a channel where there are as many as channels; several for one channel are heard together.</param>
    /// <param name="apart">The same in two channels, for who asks for them; null for nothing of the kind.</param>
    public LiveRecording Start(
        Call call, string? conferenceSid, RecordingSpec spec, long cause, IReadOnlyList<Track> sound, IReadOnlyList<Track>? apart = null)
    {
        var sid = services.World.Sids.New("RE");
        var isDual = spec.Channels == 2 && sound.Count == 2;
        var record = new Recording
        {
            Sid = sid,
            Account = call.Account,
            CallSid = conferenceSid is null ? call.Sid : null,
            ConferenceSid = conferenceSid,
            Source = spec.Source,
            Status = RecordingStatus.InProgress,
            // One track alone has one channel (twilio.com/docs/voice/twiml/dial: recordingTrack).
            Channels = isDual ? 2 : 1,
            Track = spec.Track,
            StartTime = Now,
            DateUpdated = Now,
            Apart = [.. apart ?? []],
            Sound = isDual || sound.Count == 1 ? [.. sound] : [Recording.Together(sid, Now, sound)],
        };
        var recording = new LiveRecording(this, record, spec, cause);
        _live.Add(sid, recording);
        Tell(recording, RecordingEvent.InProgress);
        return recording;
    }

    /// <summary>Keeps what live inputs say from now on.</summary>
    public void Spools(IEnumerable<Track> sound)
    {
        foreach (var track in sound) LiveSpools.Keep(track);
    }

    public long Put(Recording record, EntryKind kind, long cause) =>
        services.World.Store.Put(Recording.Table, record.Account, record, kind, cause).Seq;

    /// <summary>Has an ended recording made ready.</summary>
    public void Finish(LiveRecording recording)
    {
        _live.Remove(recording.Record.Sid);
        services.World.Loop.Start(() => FinishAsync(recording));
    }

    private async Task FinishAsync(LiveRecording recording)
    {
        await Task.Delay(ProcessingTime, services.World.Clock.For("recording.completed"), services.World.Ending);
        var record = recording.Record;
        var stretches = recording.Spec.Trims ? Loudness.Trim(record.Sound, record.Stretches) : record.Stretches;
        var fault = record.Length <= TimeSpan.Zero ? TooShort : stretches.Length == 0 ? Silent : (int?)null;
        recording.Settle(fault is null ? RecordingStatus.Completed : RecordingStatus.Absent, stretches, fault);
        if (fault is { } code)
        {
            var why = code == Silent ? "nothing but silence was recorded" : "the recording is too short";
            new Alert { Code = code, Level = AlertLevel.Warning, Message = why }.Raise(
                services.World.Journal, record.Account, record.CallSid ?? record.Sid, recording.Cause);
        }
        Tell(recording, fault is null ? RecordingEvent.Completed : RecordingEvent.Absent);
        if (fault is null && recording.Spec.EventCallback is { } old) TellOld(recording, old);
        if (fault is null && recording.Spec.Transcribes) await _transcriber.RunAsync(recording);
    }

    /// <summary>The callback of what has become of it, where the app asked for it.</summary>
    public void Tell(LiveRecording recording, RecordingEvent progress)
    {
        var (record, spec) = (recording.Record, recording.Spec);
        if (spec.Callback is not { } url || !spec.CallbackEvents.HasFlag(progress)) return;
        // Who asked for its stop is told that, though who fetches it sees it being made ready.
        if (progress == RecordingEvent.Stopped) record = record with { Status = RecordingStatus.Stopped };
        services.Lanes.Enqueue(record.Sid, new WebhookRequest
        {
            Account = record.Account,
            Url = url,
            Method = spec.CallbackMethod,
            Parameters = ParametersOf(record),
            Subject = record.CallSid ?? record.ConferenceSid ?? record.Sid,
            Purpose = WebhookPurpose.RecordingStatusCallback,
            Cause = recording.Cause,
            CookieJar = record.CallSid,
            IsVoice = true,
        });
    }

    /// <summary>
    /// The old event of a conference: <c>EventName RecordingUrl Duration RecordingFileSize</c>
    /// (twilio.com/docs/voice/twiml/conference, eventCallbackUrl); the SIDs are inferred.
    /// </summary>
    private void TellOld(LiveRecording recording, string url)
    {
        var record = recording.Record;
        services.Lanes.Enqueue(record.Sid, new WebhookRequest
        {
            Account = record.Account,
            Url = url,
            Method = "POST",
            Parameters =
            [
                new("AccountSid", record.Account.Value), new("ConferenceSid", record.ConferenceSid ?? ""),
                new("EventName", "conference-record-end"), new("RecordingUrl", services.UrlOf(record)),
                new("Duration", Number(record.Seconds ?? 0)),
                new(
                    "RecordingFileSize",
                    WavWriter.FileByteCount(record.Length ?? TimeSpan.Zero, record.Channels).ToString(CultureInfo.InvariantCulture)),
            ],
            Subject = record.ConferenceSid ?? record.Sid,
            Purpose = WebhookPurpose.ConferenceEventCallback,
            Cause = recording.Cause,
            CookieJar = record.ConferenceSid,
            IsVoice = true,
        });
    }

    /// <summary>twilio.com/docs/voice/api/recording: RecordingStatusCallback; its own list, without the call's parameters.</summary>
    private List<KeyValuePair<string, string>> ParametersOf(Recording record)
    {
        var parameters = new List<KeyValuePair<string, string>> { new("AccountSid", record.Account.Value) };
        if (record.CallSid is { } call) parameters.Add(new("CallSid", call));
        if (record.ConferenceSid is { } conference) parameters.Add(new("ConferenceSid", conference));
        parameters.Add(new("RecordingSid", record.Sid));
        parameters.Add(new("RecordingUrl", services.UrlOf(record)));
        parameters.Add(new("RecordingStatus", record.Status.Word()));
        if (record.Status == RecordingStatus.Completed) parameters.Add(new("RecordingDuration", Number(record.Seconds ?? 0)));
        parameters.Add(new("RecordingChannels", Number(record.Channels)));
        parameters.Add(new("RecordingStartTime", TwilioDates.ToRfc2822(record.StartTime)));
        parameters.Add(new("RecordingSource", record.Source.Word()));
        if (record.ConferenceSid is null) parameters.Add(new("RecordingTrack", record.Track));
        parameters.Add(new("ErrorCode", Number(record.ErrorCode ?? 0)));
        return parameters;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
