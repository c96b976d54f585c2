using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Voice.Transcribing;

/// <summary>What the journal tells of words told while they are spoken; the subject is the TranscriptionSid.</summary>
public static class TranscribingEntries
{
    public static readonly EntryKind Started = Kind("realtime_transcription.started", "a call's words are told from now on");

    public static readonly EntryKind Stopped = Kind("realtime_transcription.stopped", "a call's words are told no more");

    public static readonly EntryKind Content = new(
        "realtime_transcription.content", "words were understood", "call_sid", "track", "words", "final");

    public static IReadOnlyList<EntryKind> All { get; } = [Started, Stopped, Content];

    private static EntryKind Kind(string name, string means) => new(name, means, "status", "call_sid", "name");
}
