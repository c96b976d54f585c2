using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Accounts.OAuth;

/// <summary>Apps that ask for tokens.</summary>
public static class OAuthEntries
{
    private static readonly string[] Record =
    [
        "sid", "account_sid", "friendly_name", "secret", "policy",
    ];

    public static readonly EntryKind Created = new("oauth_app.created", "an OAuth app was made", Record);
    public static readonly EntryKind Updated = new("oauth_app.updated", "an OAuth app was changed", Record) { KeepsPrevious = true };
    public static readonly EntryKind Deleted = new("oauth_app.deleted", "an OAuth app was deleted", Record);

    public static IReadOnlyList<EntryKind> All { get; } = [Created, Updated, Deleted];
}
