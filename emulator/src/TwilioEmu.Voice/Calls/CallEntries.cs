using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Voice.Calls;

/// <summary>The life of a call.</summary>
public static class CallEntries
{
    private static readonly string[] Record =
    [
        "status", "direction", "from", "to", "queue_time", "parent_call_sid", "forwarded_from", "stir_verstat", "duration", "ended_by",
        "answered_by", "detection_time",
    ];

    public static readonly EntryKind Queued = new("call.queued", "a call waits for its turn", Record);
    public static readonly EntryKind Initiated = new("call.initiated", "a call goes out to the carrier", Record);
    public static readonly EntryKind Ringing = new("call.ringing", "the other end rings", Record);
    public static readonly EntryKind InProgress = new("call.in-progress", "a call was answered", Record);
    public static readonly EntryKind Completed = new("call.completed", "an answered call is over", Record);
    public static readonly EntryKind Busy = new("call.busy", "the other end was engaged", Record);
    public static readonly EntryKind Failed = new("call.failed", "a call could not be put through", Record);
    public static readonly EntryKind NoAnswer = new("call.no-answer", "nobody answered in time", Record);
    public static readonly EntryKind Canceled = new("call.canceled", "a call was called off before it was answered", Record);
    public static readonly EntryKind Redirected = new("call.redirected", "a live call was given another document");

    public static readonly EntryKind Measured = new(
        "sound.measured", "ten seconds of a live phone's sound were measured", "codec", "remote", "sent", "received", "lost", "duplicates",
        "jitter_ms",
        "max_jitter_ms", "lost_there", "jitter_there_ms");

    public static readonly EntryKind Sounded = new(
        "sound.kept", "a live phone's sound is over, and what was measured of it is in the call's record", Record);
    public static readonly EntryKind Interrupted = new(
        "call.interrupted", "a call ended because the process it lived in did", "status", "why");
    public static readonly EntryKind Deleted = new("call.deleted", "a call's record was deleted", Record);

    public static IReadOnlyList<EntryKind> All { get; } =
    [
        Queued, Initiated, Ringing, InProgress, Completed, Busy, Failed, NoAnswer, Canceled, Redirected, Measured, Sounded, Interrupted,
        Deleted,
    ];
}
