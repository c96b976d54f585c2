using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Accounts.DialingPermissions;

/// <summary>Where an account may call.</summary>
public static class DialingEntries
{
    public static readonly EntryKind PermissionUpdated = new(
        "dialing_permission.updated", "a country was opened or closed to calls",
        "iso_code", "low_risk_numbers_enabled", "high_risk_special_numbers_enabled", "high_risk_tollfraud_numbers_enabled")
    { KeepsPrevious = true };
    public static readonly EntryKind SettingsUpdated = new(
        "dialing_settings.updated", "an account's way of inheriting permissions changed", "dialing_permissions_inheritance")
    { KeepsPrevious = true };

    public static IReadOnlyList<EntryKind> All { get; } = [PermissionUpdated, SettingsUpdated];
}
