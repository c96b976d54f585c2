using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Accounts.Directory;

/// <summary>Whether an account may act (twilio.com/docs/iam/api/subaccounts).</summary>
public enum AccountStatus
{
    Active,

    /// <summary>May not act until its parent activates it.</summary>
    Suspended,

    /// <summary>For good; its numbers are released.</summary>
    Closed,
}

/// <summary>The words on the wire.</summary>
internal static class AccountStatuses
{
    public static readonly Words<AccountStatus> Words = new(
        (AccountStatus.Active, "active"), (AccountStatus.Suspended, "suspended"), (AccountStatus.Closed, "closed"));

    public static string NameOf(AccountStatus status) => Words.Spell(status);

    public static bool TryParse(string text, out AccountStatus status) => Words.TryRead(text, out status);
}
