using System.Text.Json;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.Lookup;

/// <summary>Writes the members of each package but <c>error_code</c>; out of coverage they are null.</summary>
/// <remarks>Pure. twilio.com/docs/lookup/v2-api and its pages on each package.</remarks>
internal static class PackageWriter
{
    // sim_swap: the period asked about is a matter of the carrier; that of most (twilio.com/docs/lookup/v2-api/sim-swap).
    private static readonly TimeSpan SwapPeriod = TimeSpan.FromHours(24);

    public static void Write(Utf8JsonWriter json, string package, LookupFinding finding, bool isCovered)
    {
        var facts = isCovered ? finding.Facts : NumberFacts.None;
        switch (package)
        {
            case "caller_name":
                json.WriteString("caller_name", facts.CallerName);
                json.WriteString("caller_type", facts.CallerType);
                break;
            case "sim_swap": WriteSimSwap(json, finding, facts, isCovered); break;
            case "call_forwarding": WriteFlag(json, "call_forwarding_enabled", facts.IsForwarded); break;
            case "line_status": json.WriteString("status", facts.LineStatus); break;
            case "line_type_intelligence":
                WriteNetwork(json, facts);
                json.WriteString("type", facts.LineType);
                break;
            case "identity_match": IdentityMatch.Write(json, finding.Question.Identity, facts.Identity, isCovered); break;
            case "reassigned_number":
                json.WriteString(
                    "last_verified_date",
                    finding.Question.LastVerified?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
                json.WriteString("is_number_reassigned", facts.Reassigned);
                break;
            case "sms_pumping_risk":
                json.WriteString("carrier_risk_category", Category(facts.RiskScore));
                WriteFlag(json, "number_blocked", facts.IsBlocked);
                json.WriteString("number_blocked_date", facts.IsBlocked == true ? TwilioDates.ToIso8601(finding.At) : null);
                WriteFlag(json, "number_blocked_last_3_months", facts.IsBlocked);
                WriteNumber(json, "sms_pumping_risk_score", facts.RiskScore);
                break;
            case "phone_number_quality_score": WriteQuality(json, facts.RiskScore); break;
            case "pre_fill": WritePreFill(json, facts.Identity); break;
            default: throw new ArgumentOutOfRangeException(nameof(package), package, "no such package");
        }
    }

    private static void WriteSimSwap(Utf8JsonWriter json, LookupFinding finding, NumberFacts facts, bool isCovered)
    {
        if (isCovered)
        {
            json.WriteStartObject("last_sim_swap");
            json.WriteString("last_sim_swap_date", facts.SimSwappedAgo is { } ago ? TwilioDates.ToIso8601(finding.At - ago) : null);
            json.WriteString("swapped_period", $"PT{SwapPeriod.TotalHours:0}H");
            json.WriteBoolean("swapped_in_period", facts.SimSwappedAgo <= SwapPeriod);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("last_sim_swap");
        }
        WriteNetwork(json, facts);
    }

    private static void WriteNetwork(Utf8JsonWriter json, NumberFacts facts)
    {
        json.WriteString("mobile_country_code", facts.MobileCountryCode);
        json.WriteString("mobile_network_code", facts.MobileNetworkCode);
        json.WriteString("carrier_name", facts.Carrier);
    }

    /// <summary>All scores follow the one risk that is known (inferred).</summary>
    private static void WriteQuality(Utf8JsonWriter json, int? risk)
    {
        foreach (var name in (string[])["carrier_risk", "disposable_phone_risk", "quality", "velocity_risk"])
        {
            WriteNumber(json, name + "_score", risk);
            json.WriteString(name + "_category", Category(risk));
        }
    }

    private static void WritePreFill(Utf8JsonWriter json, IReadOnlyDictionary<string, string> identity)
    {
        json.WriteString("first_name", identity.GetValueOrDefault("first_name"));
        json.WriteString("last_name", identity.GetValueOrDefault("last_name"));
        json.WriteString("address_line", identity.GetValueOrDefault("address_line1"));
        json.WriteString("city", identity.GetValueOrDefault("city"));
        json.WriteString("country_code", identity.GetValueOrDefault("address_country_code"));
        json.WriteString("state", identity.GetValueOrDefault("state"));
        json.WriteString("postal_code", identity.GetValueOrDefault("postal_code"));
    }

    /// <summary>twilio.com/docs/lookup/v2-api/sms-pumping-risk: low below 60, mild to 74, moderate to 90, high above.</summary>
    private static string? Category(int? risk) =>
        risk switch { null => null, < 60 => "low", < 75 => "mild", <= 90 => "moderate", _ => "high" };

    private static void WriteFlag(Utf8JsonWriter json, string name, bool? flag)
    {
        if (flag is { } known) json.WriteBoolean(name, known);
        else json.WriteNull(name);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }
}
