using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Carrier.Mail;

/// <summary>Entries of e-mail.</summary>
public static class MailEntries
{
    public static readonly EntryKind Received =
        new("email.received", "an e-mail reached its mailbox", "to", "from", "from_name", "subject", "body", "template_id", "variables");

    public static IReadOnlyList<EntryKind> All { get; } = [Received];
}
