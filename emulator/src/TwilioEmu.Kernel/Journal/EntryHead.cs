using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Journal;

/// <summary>An entry without its particulars: what its place, its share of room and its line of causes are found by.</summary>
internal readonly record struct EntryHead(
    long Seq, DateTimeOffset At, AccountSid Account, string Kind, string Subject, long Cause, int Generation, int Depth, int Load)
{
    /// <summary>An entry's.</summary>
    public static EntryHead Of(Entry entry) =>
        new(entry.Seq, entry.At, entry.Account, entry.Kind, entry.Subject, entry.Cause, entry.Generation, entry.Depth, entry.Load);
}
