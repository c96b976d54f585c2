using TwilioEmu.Kernel.Store;

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
    private static readonly (AccountStatus Status, string Name)[] Names =
        [(AccountStatus.Active, "active"), (AccountStatus.Suspended, "suspended"), (AccountStatus.Closed, "closed")];

    public static readonly Words<AccountStatus> Words = new(NameOf);

    public static string NameOf(AccountStatus status) => Names.First(n => n.Status == status).Name;

    public static bool TryParse(string text, out AccountStatus status)
    {
        foreach (var (known, name) in Names)
        {
            status = known;
            if (name == text) return true;
        }
        status = default;
        return false;
    }
}
