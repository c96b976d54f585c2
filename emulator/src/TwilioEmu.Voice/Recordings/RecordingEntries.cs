using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Voice.Recordings;

/// <summary>What the journal tells of recordings; the subject is the RecordingSid.</summary>
public static class RecordingEntries
{
    public static readonly EntryKind Started = Kind("recording.started", "a recording began");

    public static readonly EntryKind Paused = Kind("recording.paused", "a recording was paused");

    public static readonly EntryKind Resumed = Kind("recording.resumed", "a paused recording went on");

    public static readonly EntryKind Stopped = Kind("recording.stopped", "a recording ended and is being made ready");

    public static readonly EntryKind Completed = Kind("recording.completed", "a recording is ready to be fetched");

    public static readonly EntryKind Absent = Kind("recording.absent", "a recording came to nothing: too short, or silent");

    public static readonly EntryKind Deleted = Kind("recording.deleted", "a recording was deleted");

    public static readonly EntryKind Forgotten = Kind("recording.forgotten", "what was kept of a deleted recording is gone");

    public static IReadOnlyList<EntryKind> All { get; } = [Started, Paused, Resumed, Stopped, Completed, Absent, Deleted, Forgotten];

    private static EntryKind Kind(string name, string means) =>
        new(name, means, "status", "call_sid", "conference_sid", "source", "channels", "track", "duration");
}
