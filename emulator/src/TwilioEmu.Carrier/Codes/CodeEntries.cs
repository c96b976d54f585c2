using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Carrier.Codes;

/// <summary>Entries of one-time codes that reach people.</summary>
public static class CodeEntries
{
    public static readonly EntryKind OnPhone = new(
        "handset.code", "a one-time code reached a phone, texted or spoken", "code", "service", "channel", "from", "about");

    public static readonly EntryKind InMail = new(
        "email.code", "a one-time code reached a mailbox", "code", "service", "channel", "from", "about");

    public static IReadOnlyList<EntryKind> All { get; } = [OnPhone, InMail];
}
