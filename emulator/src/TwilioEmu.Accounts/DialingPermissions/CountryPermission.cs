using System.Text.Json;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Accounts.DialingPermissions;

/// <summary>Whether an account has switched a group of a country's numbers.</summary>
public enum DialingSwitch
{
    /// <summary>Never: as it was when the account was made.</summary>
    Untouched,
    On,
    Off,
}

/// <summary>What an account has said of calls to one country. The key is the ISO code.</summary>
/// <remarks>twilio.com/docs/voice/api/dialingpermissions-bulkcountryupdate-resource.</remarks>
public sealed record CountryPermission(string Key) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<CountryPermission> Form = new("dialing_permission", static (r, m) => new CountryPermission(
        m.Text("iso_code", r?.Key))
    {
        LowRisk = m.Word("low_risk_numbers", r?.LowRisk, DialingSwitches.Words),
        HighRiskSpecial = m.Word("high_risk_special_numbers", r?.HighRiskSpecial, DialingSwitches.Words),
        HighRiskTollFraud = m.Word("high_risk_tollfraud_numbers", r?.HighRiskTollFraud, DialingSwitches.Words),
    });

    public DialingSwitch LowRisk { get; init; }

    /// <summary>Premium, shared cost and other special numbers.</summary>
    public DialingSwitch HighRiskSpecial { get; init; }

    /// <summary>Narrow ranges known for fraud; which they are is not public, so none is known here.</summary>
    public DialingSwitch HighRiskTollFraud { get; init; }

    // What an account set stays until it says otherwise.
    public bool IsSettled => false;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("iso_code", Key);
        Write(json, "low_risk_numbers_enabled", LowRisk);
        Write(json, "high_risk_special_numbers_enabled", HighRiskSpecial);
        Write(json, "high_risk_tollfraud_numbers_enabled", HighRiskTollFraud);
    }

    private static void Write(Utf8JsonWriter json, string name, DialingSwitch value)
    {
        if (value != DialingSwitch.Untouched) json.WriteBoolean(name, value == DialingSwitch.On);
    }
}

/// <summary>Whether a subaccount has its parent's permissions; one record an account.</summary>
internal sealed record DialingSettings(bool Inherits) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<DialingSettings> Form = new("dialing_settings", static (r, m) => new DialingSettings(
        m.Flag("dialing_permissions_inheritance", r?.Inherits)));

    public const string Only = "settings";

    public string Key => Only;

    public bool IsSettled => false;

    public void WriteMembers(Utf8JsonWriter json) => json.WriteBoolean("dialing_permissions_inheritance", Inherits);
}

internal static class DialingSwitches
{
    public static readonly Words<DialingSwitch> Words = new(
        (DialingSwitch.Untouched, "untouched"), (DialingSwitch.On, "on"), (DialingSwitch.Off, "off"));
}
