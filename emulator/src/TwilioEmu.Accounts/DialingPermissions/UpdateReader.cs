using System.Text.Json;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel.Text;

namespace TwilioEmu.Accounts.DialingPermissions;

/// <summary>Reads the update objects of a bulk update. Pure.</summary>
/// <remarks>
/// twilio.com/docs/voice/api/dialingpermissions-bulkcountryupdate-resource:
/// <c>[{"iso_code":"GB","low_risk_numbers_enabled":"true","high_risk_special_numbers_enabled":"true",
/// "high_risk_tollfraud_numbers_enabled":"false"}]</c>.
/// Flags are the words true and false, in quotes or not; the older spelling <c>"low_risk_numbers":"Enabled"</c>,
/// <c>high_risk_irsf_numbers</c> of the document's example is taken as well.
/// </remarks>
internal static class UpdateReader
{
    /// <summary>The changes, or what is wrong with them.</summary>
    /// <param name="text">The parameter's value.</param>
    /// <param name="of">What the account has said of a country so far.</param>
    public static (IReadOnlyList<CountryPermission> Changed, string? Fault) Read(string text, Func<string, CountryPermission> of)
    {
        JsonDocument json;
        try
        {
            json = JsonText.Parse(text);
        }
        catch (JsonException bad)
        {
            return ([], $"it is not JSON: {bad.Message}");
        }
        using (json)
        {
            if (json.RootElement.ValueKind != JsonValueKind.Array) return ([], "it is not an array of update objects");
            var changed = new Dictionary<string, CountryPermission>(StringComparer.Ordinal);
            foreach (var update in json.RootElement.EnumerateArray())
            {
                if (update.ValueKind != JsonValueKind.Object) return ([], $"{update.GetRawText()} is not an object");
                if (!update.TryGetProperty("iso_code", out var iso) || iso.ValueKind != JsonValueKind.String)
                {
                    return ([], "an update has no iso_code");
                }
                if (NumberPlans.FindCountry(iso.GetString()!) is not { } country)
                {
                    return ([], $"'{iso.GetString()}' is not the ISO code of a country");
                }
                var permission = changed.GetValueOrDefault(country.IsoCode) ?? of(country.IsoCode);
                if (Apply(update, ref permission) is { } fault) return ([], fault);
                changed[country.IsoCode] = permission;
            }
            return changed.Count == 0 ? ([], "it names no country") : ([.. changed.Values], null);
        }
    }

    private static string? Apply(JsonElement update, ref CountryPermission permission)
    {
        foreach (var member in update.EnumerateObject())
        {
            if (member.Name == "iso_code") continue;
            if (Switch(member.Value) is not { } value)
            {
                return $"{member.Name} is {member.Value.GetRawText()}, which is neither true nor false";
            }
            switch (member.Name)
            {
                case "low_risk_numbers_enabled" or "low_risk_numbers": permission = permission with { LowRisk = value }; break;
                case "high_risk_special_numbers_enabled" or "high_risk_special_numbers":
                    permission = permission with { HighRiskSpecial = value }; break;
                case "high_risk_tollfraud_numbers_enabled" or "high_risk_irsf_numbers":
                    permission = permission with { HighRiskTollFraud = value }; break;
                default: return $"{member.Name} is not known";
            }
        }
        return null;
    }

    private static DialingSwitch? Switch(JsonElement value)
    {
        var word = value.ValueKind switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.String => value.GetString()!,
            _ => "",
        };
        if (word.Equals("true", StringComparison.OrdinalIgnoreCase) || word.Equals("enabled", StringComparison.OrdinalIgnoreCase))
        {
            return DialingSwitch.On;
        }
        return word.Equals("false", StringComparison.OrdinalIgnoreCase) || word.Equals("disabled", StringComparison.OrdinalIgnoreCase)
            ? DialingSwitch.Off
            : null;
    }
}
