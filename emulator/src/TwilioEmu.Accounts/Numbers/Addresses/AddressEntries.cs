using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Accounts.Numbers.Addresses;

/// <summary>Postal addresses.</summary>
public static class AddressEntries
{
    private static readonly string[] Record =
    [
        "sid", "friendly_name", "iso_country", "emergency_enabled",
    ];

    public static readonly EntryKind Created = new("address.created", "an address was written down", Record);
    public static readonly EntryKind Updated = new("address.updated", "an address was changed", Record) { KeepsPrevious = true };
    public static readonly EntryKind Deleted = new("address.deleted", "an address was deleted", Record);

    public static IReadOnlyList<EntryKind> All { get; } = [Created, Updated, Deleted];
}
