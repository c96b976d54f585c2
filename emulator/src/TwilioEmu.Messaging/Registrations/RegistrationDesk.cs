using System.Globalization;
using System.Text.Json.Nodes;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Messaging.Services;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Registrations;

/// <summary>US A2P 10DLC brands and campaigns, and toll-free verifications: stored resources that go on by themselves, or as they are told.</summary>
/// <remarks>
/// twilio.com/docs/messaging/api/brand-registration-resource, usapptoperson-resource, tollfree-verification-resource. Loop-confined.
/// <code>
/// brand      PENDING -> APPROVED | FAILED           (a mock brand at once)
/// campaign   IN_PROGRESS -> VERIFIED | FAILED       (21717 unless its brand is approved)
/// toll-free  PENDING_REVIEW -> IN_REVIEW -> TWILIO_APPROVED | TWILIO_REJECTED
/// </code>
/// </remarks>
internal sealed class RegistrationDesk(World world, StoredDocuments documents, NumberBook numbers, ServiceBook services, RegistrationRules rules)
{
    private const string Brands = "messaging/a2p/BrandRegistrations";
    private const string Verifications = "messaging/Tollfree/Verifications";

    // twilio.com/docs/api/errors: brand could not be verified; campaign content; could not validate business information.
    private const int BrandFailed = 30795;
    private const int CampaignFailed = 30886;
    private const int VerificationFailed = 30445;

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("messaging_v1/CreateBrandRegistrations", RegisterBrand),
        ("messaging_v1/CreateUsAppToPerson", RegisterCampaign),
        ("messaging_v1/CreateTollfreeVerification", Verify),
    ];

    /// <summary>The verified campaign that a number sends under, with the rate it shares; or null.</summary>
    public CampaignShare? CampaignOf(AccountSid account, string number) =>
        BrandOf(account, number) is var (brand, campaign) ? new CampaignShare(campaign.Key, CampaignRates.Of(brand, campaign)) : null;

    /// <summary>The brand and verified campaign that a number sends under, or null.</summary>
    public (Document Brand, Document Campaign)? BrandOf(AccountSid account, string number)
    {
        if (services.ServiceOf(account, number) is not { } service) return null;
        foreach (var campaign in documents.AllAt(account, CampaignsOf(service.Sid)))
        {
            if (campaign["campaign_status"] != "VERIFIED" || documents.FindAt(account, Brands, campaign["brand_registration_sid"] ?? "") is not { } brand) continue;
            return (brand, campaign);
        }
        return null;
    }

    /// <summary>Why carriers of the United States take nothing of the number, where that is heeded; or null.</summary>
    public int? BarOf(AccountSid account, string from, string to)
    {
        if (!rules.IsRequired || !to.StartsWith("+1", StringComparison.Ordinal) || numbers.Find(from) is not { } number || !from.StartsWith("+1", StringComparison.Ordinal)) return null;
        if (number.Kind == NumberKind.LongCode) return NumberPlace.Of(to).Country == "US" && CampaignOf(account, from) is null ? 30034 : null;
        return documents.AllAt(account, Verifications).Any(v => v["tollfree_phone_number_sid"] == number.Sid && v["status"] == "TWILIO_APPROVED") ? null : 30032;
    }

    /// <summary>Moves a registration by hand: <c>PUT /_emu/v1/registrations/{sid}</c>.</summary>
    /// <returns>False where the account has none of that SID.</returns>
    public bool Move(AccountSid account, string sid, string status, int? errorCode, int? score)
    {
        if (documents.FindAt(account, Brands, sid) is not null) return Step(account, Brands, sid, "status", status, errorCode, score);
        if (documents.FindAt(account, Verifications, sid) is not null) return Step(account, Verifications, sid, "status", status, errorCode, null);
        foreach (var service in documents.AllAt(account, ServiceBook.List))
        {
            if (documents.FindAt(account, CampaignsOf(service.Key), sid) is not null) return Step(account, CampaignsOf(service.Key), sid, "campaign_status", status, errorCode, null);
        }
        return false;
    }

    private Answer RegisterBrand(RestRequest request, Behaviour stored)
    {
        var answer = stored(request);
        if (answer is not Answer.Resource) return answer;
        var brand = documents.AllAt(request.Account, Brands).Last();
        var isMock = string.Equals(brand["mock"], "true", StringComparison.OrdinalIgnoreCase);
        After(isMock ? TimeSpan.Zero : rules.After, () => Step(
            request.Account, Brands, brand.Key, "status", rules.Approves || isMock ? "APPROVED" : "FAILED", rules.Approves || isMock ? null : rules.ErrorCode ?? BrandFailed, rules.BrandScore));
        return answer;
    }

    private Answer RegisterCampaign(RestRequest request, Behaviour stored)
    {
        var service = request.PathValues["MessagingServiceSid"];
        var brand = documents.FindAt(request.Account, Brands, request.Form["BrandRegistrationSid"] ?? "");
        if (services.Find(request.Account, service) is not null && brand?["status"] != "APPROVED")
        {
            return Answer.Refuse(21717, $"Brand Registration SID for US A2P Campaign Use Case is Not Registered or Not Valid: {request.Form["BrandRegistrationSid"]}");
        }
        var answer = stored(request.With(new JsonObject { ["campaign_status"] = "IN_PROGRESS" }));
        if (answer is not Answer.Resource) return answer;
        var list = CampaignsOf(service);
        var campaign = documents.AllAt(request.Account, list).Last();
        After(rules.After, () => Step(request.Account, list, campaign.Key, "campaign_status", rules.Approves ? "VERIFIED" : "FAILED", rules.Approves ? null : rules.ErrorCode ?? CampaignFailed, null));
        return answer;
    }

    private Answer Verify(RestRequest request, Behaviour stored)
    {
        var answer = stored(request);
        if (answer is not Answer.Resource) return answer;
        var verification = documents.AllAt(request.Account, Verifications).Last();
        After(rules.After, () =>
        {
            if (!Step(request.Account, Verifications, verification.Key, "status", "IN_REVIEW", null, null)) return;
            After(rules.After, () => Step(
                request.Account, Verifications, verification.Key, "status", rules.Approves ? "TWILIO_APPROVED" : "TWILIO_REJECTED", rules.Approves ? null : rules.ErrorCode ?? VerificationFailed, null));
        });
        return answer;
    }

    private bool Step(AccountSid account, string list, string sid, string property, string status, int? errorCode, int? score)
    {
        if (documents.FindAt(account, list, sid) is not { } document) return false;
        var values = new List<(string Name, string? Value)> { (property, status) };
        var code = errorCode?.ToString(CultureInfo.InvariantCulture);
        switch (list)
        {
            case Brands:
                if (status == "APPROVED") values.AddRange([("brand_score", (score ?? rules.BrandScore).ToString(CultureInfo.InvariantCulture)), ("identity_status", "VERIFIED")]);
                if (code is not null) values.AddRange([("failure_reason", $"error {code}"), ("errors", $"[{{\"error_code\":{code}}}]")]);
                break;
            case Verifications:
                if (code is not null) values.AddRange([("error_code", code), ("rejection_reason", $"error {code}")]);
                break;
            default:
                if (code is not null) values.Add(("errors", $"[{{\"error_code\":{code}}}]"));
                break;
        }
        documents.Change(account, list, document, KindOf(list), 0, [.. values]);
        return true;
    }

    private EntryKind KindOf(string list) => documents.KindOf(
        "messaging_v1", list switch { Brands => "FetchBrandRegistrations", Verifications => "FetchTollfreeVerification", _ => "FetchUsAppToPerson" }, "updated");

    private void After(TimeSpan delay, Action then) => world.Clock.CreateTimer(static state => ((Action)state!)(), then, delay, Timeout.InfiniteTimeSpan);

    private static string CampaignsOf(string service) => $"{ServiceBook.List}/{service}/Compliance/Usa2p";
}
