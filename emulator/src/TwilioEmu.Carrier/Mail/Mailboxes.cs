using TwilioEmu.Carrier.Codes;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Carrier.Mail;

/// <summary>All mailboxes of a world (e-mail inbox): one is there as soon as something comes to it.</summary>
/// <remarks>
/// Loop-confined. Nothing leaves the world. Addresses are told apart without regard to case,
/// as mail systems do (RFC 5321 section 2.4 leaves it to the host).
/// </remarks>
public sealed class Mailboxes(World world)
{
    /// <summary>E-mails a mailbox keeps; older ones go.</summary>
    public const int MaxEmails = 1_000;

    /// <summary>Puts an e-mail into its reader's mailbox, and says so.</summary>
    /// <returns>Seq of the entry.</returns>
    public long Receive(Email email, long cause)
    {
        var entry = world.Store.Put(TableOf(email.To), AccountSid.None, email, MailEntries.Received, cause);
        if (CodeKept.Of(email.At, "email", email.From, email.Key, $"{email.Subject}\n{email.Body}", email.Code) is { } code)
        {
            world.Journal.Write(email.Account, CodeEntries.InMail, email.To, entry.Seq, code);
        }
        return entry.Seq;
    }

    /// <summary>What came to an address, oldest first.</summary>
    public IReadOnlyList<Email> Of(string address) => [.. world.Store.Table(TableOf(address), AccountSid.None).OldestFirst()];

    private static TableKey<Email> TableOf(string address) => new($"emails/{address.ToLowerInvariant()}", Email.Form, MaxEmails);
}
