using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Accounts.DialingPermissions;

/// <summary>A country with what may be called in it (twilio.com/docs/voice/api/dialingpermissions-country-resource).</summary>
internal sealed class CountryFace(PlanCountry country, CountryPermission permission) : IFace
{
    private const string Path = "/v1/DialingPermissions/Countries";

    // twilio.com/blog/blog-voice-dialing-geo-permissions-rest-api: an account
    // may call its own country from the start. Accounts here are American.
    private static readonly string[] OnFromTheStart = ["US", "CA"];

    public bool IsLowRiskOn => IsOn(permission.LowRisk, OnFromTheStart.Contains(country.IsoCode));

    public bool IsHighRiskSpecialOn => IsOn(permission.HighRiskSpecial, false);

    public bool IsHighRiskTollFraudOn => IsOn(permission.HighRiskTollFraud, false);

    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "iso_code": to.Write(country.IsoCode); break;
            case "name": to.Write(country.Name); break;
            case "continent": to.Write(Continents.Of(country.IsoCode)); break;
            case "country_codes":
                to.Json.WriteStartArray();
                foreach (var code in NumberPlans.CodesOf(country)) to.Json.WriteStringValue(code);
                to.Json.WriteEndArray();
                break;
            case "low_risk_numbers_enabled": to.Write(IsLowRiskOn); break;
            case "high_risk_special_numbers_enabled": to.Write(IsHighRiskSpecialOn); break;
            case "high_risk_tollfraud_numbers_enabled": to.Write(IsHighRiskTollFraudOn); break;
            case "url": to.Write($"{to.BaseUrl}{Path}/{country.IsoCode}"); break;
            case "links":
                to.WriteLinks(("highrisk_special_prefixes", $"{to.BaseUrl}{Path}/{country.IsoCode}/HighRiskSpecialPrefixes")); break;
        }
    }

    private static bool IsOn(DialingSwitch value, bool otherwise) =>
        value == DialingSwitch.Untouched ? otherwise : value == DialingSwitch.On;
}

/// <summary>One prefix of special numbers.</summary>
internal sealed class PrefixFace(string prefix) : IFace
{
    public void WriteProperty(string property, FaceWriter to)
    {
        if (property == "prefix") to.Write(prefix);
    }
}

/// <summary>Whether permissions are inherited (twilio.com/docs/voice/api/dialingpermissions-settings-resource).</summary>
internal sealed class SettingsFace(bool inherits) : IFace
{
    public void WriteProperty(string property, FaceWriter to)
    {
        if (property == "dialing_permissions_inheritance") to.Write(inherits);
        else if (property == "url") to.Write($"{to.BaseUrl}/v1/Settings");
    }
}

/// <summary>What came of a bulk update: the document's own example says <c>accepted</c>.</summary>
internal sealed class BulkUpdateFace(int count) : IFace
{
    public void WriteProperty(string property, FaceWriter to)
    {
        if (property == "update_count") to.Write(count);
        else if (property == "update_request") to.Write("accepted");
    }
}
