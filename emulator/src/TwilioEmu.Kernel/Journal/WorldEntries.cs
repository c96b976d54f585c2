namespace TwilioEmu.Kernel.Journal;

/// <summary>What a world says of itself, and what anybody in it may have to say.</summary>
public static class WorldEntries
{
    public static readonly EntryKind Fault = new(
        "fault", "the emulator itself faltered: a fault of ours, never the app's", "type", "message", "stack");
    public static readonly EntryKind Warning = new(
        "warning", "something was accepted that does less than it says, or that will surprise", "warning", "parameters");
    public static readonly EntryKind NotEmulated = new("not_emulated", "something was asked for that is not built", "what");
    public static readonly EntryKind StoreTrimmed = new(
        "store.trimmed", "the oldest settled records of a table went, for room or age", "count", "kept", "keys");
    public static readonly EntryKind JournalTrimmed = new(
        "journal.trimmed", "the oldest entries of an account went, for room or age", "count", "before", "first_seq");
    public static readonly EntryKind ClockPinned = new(
        "clock.pinned", "time goes at the wall's pace from here: something live is joined", "why");
    public static readonly EntryKind ClockReleased = new("clock.released", "time goes by its mode again", "why");
    public static readonly EntryKind HoldExpired = new(
        "clock.hold_expired", "something outside took too long, and time goes on without it", "why");

    public static readonly EntryKind Resumed = new(
        "world.resumed", "the world goes on from where an earlier process left it", "records", "entries", "since", "lost");

    public static IReadOnlyList<EntryKind> All { get; } =
    [
        Fault, Warning, NotEmulated, StoreTrimmed, JournalTrimmed, ClockPinned, ClockReleased, HoldExpired, Resumed,
    ];

    /// <summary>What an entry warns of, in words that name what it is about; null for one that warns of nothing.</summary>
    public static string? WarningOf(Entry entry)
    {
        if (entry.Data is not Facts facts) return null;
        if (entry.Kind == NotEmulated.Name) return facts["what"] is string what ? "not emulated: " + what : null;
        if (entry.Kind != Warning.Name || facts["warning"] is not string words) return null;
        return facts["parameters"] is IEnumerable<string> names ? $"{words}: {string.Join(", ", names)}" : words;
    }
}
