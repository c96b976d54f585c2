using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Messaging.Permissions;

/// <summary>What messaging's geographic permissions write into the journal.</summary>
public static class GeoPermissionEntries
{
    public static readonly EntryKind Changed = new(
        "geo_permission.changed", "an account switched texts to a country on or off", "country", "enabled");

    public static IReadOnlyList<EntryKind> All { get; } = [Changed];
}
