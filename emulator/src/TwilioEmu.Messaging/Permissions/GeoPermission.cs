using System.Text.Json;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Messaging.Permissions;

/// <summary>Whether an account may text a country, as it said itself.</summary>
internal sealed record GeoPermission(string Country, bool IsEnabled) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<GeoPermission> Form = new("messaging_geo_permission", static (r, m) => new GeoPermission(
        m.Text("country", r?.Country), m.Flag("enabled", r?.IsEnabled)));

    public static readonly TableKey<GeoPermission> Table = new("messaging_geo_permissions", Form);

    public string Key => Country;

    public bool IsSettled => false;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("country", Country);
        json.WriteBoolean("enabled", IsEnabled);
    }
}
