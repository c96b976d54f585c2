using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Registrations;

/// <summary>What a campaign may be for, as the API lists it.</summary>
/// <remarks>
/// twilio.com/docs/messaging/api/usapptoperson-resource, use cases: codes, names, and
/// which need the carriers' approval after registration. Pure.
/// </remarks>
internal static class CampaignUsecases
{
    private static readonly (string Code, string Name, bool NeedsApproval)[] All =
    [
        ("2FA", "Two-Factor authentication (2FA)", false), ("ACCOUNT_NOTIFICATION", "Account Notification", false),
        ("AGENTS_FRANCHISES", "Agents and Franchises", true), ("CHARITY", "Charity", false), ("PROXY", "Proxy", true),
        ("CUSTOMER_CARE", "Customer Care", false), ("DELIVERY_NOTIFICATION", "Delivery Notification", false),
        ("EMERGENCY", "Emergency", true),
        ("FRAUD_ALERT", "Fraud Alert Messaging", false), ("HIGHER_EDUCATION", "Higher Education", false),
        ("K12_EDUCATION", "K-12 Education", true),
        ("LOW_VOLUME", "Low Volume Mixed", false), ("MARKETING", "Marketing", false),
        ("MIXED", "Mixed", false), ("POLITICAL", "Political", true),
        ("POLLING_VOTING", "Polling and voting", false), ("PUBLIC_SERVICE_ANNOUNCEMENT", "Public Service Announcement", false),
        ("SECURITY_ALERT", "Security Alert", false), ("SOCIAL", "Social", true), ("SWEEPSTAKE", "Sweepstake", true),
    ];

    private static readonly (string Code, string Name, bool NeedsApproval)[] OfSoleProprietor =
        [("SOLE_PROPRIETOR", "Sole Proprietor", false)];

    /// <summary>Those of a brand of a type.</summary>
    public static Answer List(string? brandType) => Answer.Of(new Face(brandType == "SOLE_PROPRIETOR" ? OfSoleProprietor : All));

    private sealed class Face((string Code, string Name, bool NeedsApproval)[] usecases) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            if (property != "us_app_to_person_usecases") return;
            to.Json.WriteStartArray();
            foreach (var (code, name, needsApproval) in usecases)
            {
                to.Json.WriteStartObject();
                to.Json.WriteString("code", code);
                to.Json.WriteString("name", name);
                to.Json.WriteString("description", name);
                to.Json.WriteBoolean("post_approval_required", needsApproval);
                to.Json.WriteEndObject();
            }
            to.Json.WriteEndArray();
        }
    }
}
