using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Voice.Recordings;

/// <summary>Where a recording is in its life.</summary>
/// <remarks>
/// twilio.com/docs/voice/api/recording (status). <c>stopped</c> is what the order to stop answers; who fetches sees processing (measured).
/// <code>
/// in-progress x pause -> paused;  x stop, end of call -> processing
/// paused      x resume -> in-progress;  x stop, end of call -> processing
/// processing  -> completed, absent;  completed x DELETE -> deleted
/// </code>
/// </remarks>
internal enum RecordingStatus
{
    InProgress,
    Paused,
    Stopped,
    Processing,
    Completed,
    Absent,
    Deleted,
}

/// <summary>What made a recording.</summary>
internal enum RecordingSource
{
    /// <summary><c>&lt;Record&gt;</c>.</summary>
    RecordVerb,

    /// <summary><c>&lt;Dial record&gt;</c>.</summary>
    DialVerb,

    /// <summary><c>Record=true</c> of a call made by REST.</summary>
    OutboundApi,

    /// <summary><c>POST /Calls/CA.../Recordings</c>.</summary>
    StartCallRecordingApi,

    /// <summary><c>&lt;Start&gt;&lt;Recording&gt;</c>.</summary>
    StartCallRecordingTwiml,

    Conference,
    StartConferenceRecordingApi,
    Trunking,
}

/// <summary>The events an app may ask for: <c>RecordingStatusCallbackEvent</c>.</summary>
[Flags]
internal enum RecordingEvent
{
    None = 0,
    InProgress = 1,
    Completed = 2,
    Absent = 4,

    // Of participants alone (twilio.com/docs/voice/api/conference-participant-resource: RecordingStatusCallbackEvent).
    Paused = 8,
    Resumed = 16,
    Stopped = 32,
}

/// <summary>How the wire spells them.</summary>
internal static class RecordingWords
{
    public static readonly Words<RecordingStatus> Statuses = new(
        (RecordingStatus.InProgress, "in-progress"),
        (RecordingStatus.Paused, "paused"),
        (RecordingStatus.Stopped, "stopped"),
        (RecordingStatus.Processing, "processing"),
        (RecordingStatus.Completed, "completed"),
        (RecordingStatus.Absent, "absent"),
        (RecordingStatus.Deleted, "deleted"));

    public static readonly Words<RecordingSource> Sources = new(
        (RecordingSource.RecordVerb, "RecordVerb"),
        (RecordingSource.DialVerb, "DialVerb"),
        (RecordingSource.OutboundApi, "OutboundAPI"),
        (RecordingSource.StartCallRecordingApi, "StartCallRecordingAPI"),
        (RecordingSource.StartCallRecordingTwiml, "StartCallRecordingTwiML"),
        (RecordingSource.Conference, "Conference"),
        (RecordingSource.StartConferenceRecordingApi, "StartConferenceRecordingAPI"),
        (RecordingSource.Trunking, "Trunking"));

    public static string Word(this RecordingStatus value) => Statuses.Spell(value);

    public static string Word(this RecordingSource value) => Sources.Spell(value);

    public static RecordingEvent? ParseEvent(string word) => word switch
    {
        "in-progress" => RecordingEvent.InProgress,
        "completed" => RecordingEvent.Completed,
        "absent" => RecordingEvent.Absent,
        _ => null,
    };

    /// <summary>As a participant's recording has them: more words, of which <c>failed</c> never comes here.</summary>
    public static RecordingEvent? ParseEventOfParticipant(string word) => word switch
    {
        "started" => RecordingEvent.InProgress,
        "paused" => RecordingEvent.Paused,
        "resumed" => RecordingEvent.Resumed,
        "stopped" => RecordingEvent.Stopped,
        "failed" => RecordingEvent.Absent,
        _ => ParseEvent(word),
    };

    /// <summary><c>mono</c>, <c>dual</c> or their numbers; null for other words.</summary>
    public static int? ParseChannels(string word) => word switch
    {
        "mono" or "1" => 1,
        "dual" or "2" => 2,
        _ => null,
    };
}
