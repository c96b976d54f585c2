using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Voice.Verbs.Referring;

/// <summary>Transfers by REFER, both ways.</summary>
public static class ReferEntries
{
    public static readonly EntryKind Asked = new("refer.asked", "a party was asked to call somebody else itself", "party", "target");
    public static readonly EntryKind Told = new(
        "refer.told", "a party told how it goes with the call it was asked to make", "party", "target", "refer_status", "notify_status",
        "is_over");
    public static readonly EntryKind Wished = new(
        "refer.wished", "a party wishes the one it talks to to be connected with somebody else", "party", "target", "by");

    public static IReadOnlyList<EntryKind> All { get; } = [Asked, Told, Wished];
}
