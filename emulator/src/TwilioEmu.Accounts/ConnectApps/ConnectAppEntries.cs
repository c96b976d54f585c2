using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Accounts.ConnectApps;

/// <summary>Connect apps and what they may do.</summary>
public static class ConnectAppEntries
{
    public static readonly EntryKind Created = new(
        "connect_app.created", "a Connect app was made", "sid", "friendly_name", "company_name");
    public static readonly EntryKind Authorized = new(
        "connect_app.authorized", "an account let a Connect app in", "sid", "friendly_name", "company_name");
    public static readonly EntryKind Updated = new(
        "connect_app.updated", "a Connect app was changed", "sid", "friendly_name", "company_name")
    { KeepsPrevious = true };
    public static readonly EntryKind Deleted = new(
        "connect_app.deleted", "a Connect app was deleted", "sid", "friendly_name", "company_name");

    public static IReadOnlyList<EntryKind> All { get; } = [Created, Authorized, Updated, Deleted];
}
