using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Accounts.Numbers.CallerIds;

/// <summary>Numbers of others that an account may show.</summary>
public static class CallerIdEntries
{
    public static readonly EntryKind Verified = new(
        "caller_id.verified", "an account may show this number as its own", "sid", "phone_number", "friendly_name");
    public static readonly EntryKind Updated = new(
        "caller_id.updated", "a caller ID was renamed", "sid", "phone_number", "friendly_name")
    { KeepsPrevious = true };
    public static readonly EntryKind Deleted = new(
        "caller_id.deleted", "a caller ID was deleted", "sid", "phone_number", "friendly_name");

    public static IReadOnlyList<EntryKind> All { get; } = [Verified, Updated, Deleted];
}
