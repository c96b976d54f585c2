using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Voice.Detection;

/// <summary>Who answered.</summary>
public static class DetectionEntries
{
    public static readonly EntryKind Detected = new(
        "call.answered_by", "machine detection is done with a call",
        "status", "direction", "from", "to", "queue_time", "parent_call_sid", "duration", "answered_by", "detection_time");

    public static IReadOnlyList<EntryKind> All { get; } = [Detected];
}
