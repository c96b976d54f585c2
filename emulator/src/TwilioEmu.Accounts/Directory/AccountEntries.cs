using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Accounts.Directory;

/// <summary>Accounts and their keys.</summary>
public static class AccountEntries
{
    private static readonly string[] Record =
    [
        "sid", "friendly_name", "status", "owner_account_sid", "auth_token", "secondary_auth_token",
    ];

    private static readonly string[] Record1 =
    [
        "sid", "friendly_name", "type", "secret", "policy",
    ];

    public static readonly EntryKind Created = new("account.created", "an account was opened", Record);
    public static readonly EntryKind Updated = new("account.updated", "an account was renamed", Record) { KeepsPrevious = true };
    public static readonly EntryKind Activated = new(
        "account.activated", "a suspended account works again", Record)
    { KeepsPrevious = true };
    public static readonly EntryKind Suspended = new("account.suspended", "an account was suspended", Record) { KeepsPrevious = true };
    public static readonly EntryKind Closed = new("account.closed", "an account was closed, for good", Record) { KeepsPrevious = true };
    public static readonly EntryKind SecondTokenCreated = new(
        "account.secondary_token.created", "an account has a second auth token", Record);
    public static readonly EntryKind SecondTokenPromoted = new(
        "account.secondary_token.promoted", "an account's second auth token became its first", Record);
    public static readonly EntryKind SecondTokenDeleted = new(
        "account.secondary_token.deleted", "an account's second auth token was deleted", Record);
    public static readonly EntryKind KeyCreated = new("key.created", "an API key was made", Record1);
    public static readonly EntryKind KeyUpdated = new("key.updated", "an API key was renamed or given another policy", Record1)
    { KeepsPrevious = true };
    public static readonly EntryKind KeyDeleted = new("key.deleted", "an API key was deleted", Record1);

    public static IReadOnlyList<EntryKind> All { get; } =
    [
        Created, Updated, Activated, Suspended, Closed, SecondTokenCreated, SecondTokenPromoted, SecondTokenDeleted, KeyCreated,
        KeyUpdated, KeyDeleted,
    ];
}
