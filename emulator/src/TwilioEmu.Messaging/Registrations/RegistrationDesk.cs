using System.Globalization;
using System.Text.Json.Nodes;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Registrations;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
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
/// campaign   IN_PROGRESS -> VERIFIED | FAILED       (21717 unless its brand is approved; SUSPENDED by hand: 30033)
/// toll-free  PENDING_REVIEW -> IN_REVIEW -> TWILIO_APPROVED | TWILIO_REJECTED
/// </code>
/// </remarks>
internal sealed class RegistrationDesk
{
    // A step that is due: account, what is decided, list, SID.
    private const string Due = "registration";
    private const string DecideBrand = "brand";
    private const string DecideMock = "mock brand";
    private const string DecideCampaign = "campaign";
    private const string BeginReview = "toll-free review";
    private const string EndReview = "toll-free";

    // What a step that is due calls the list; a campaign's service follows it.
    private const string Brands = "messaging/a2p/BrandRegistrations";
    private const string Verifications = "messaging/Tollfree/Verifications";
    private const string Campaigns = "messaging/Services/";
    private const string CampaignsEnd = "/Compliance/Usa2p";

    // twilio.com/docs/api/errors: brand could not be verified; campaign content; could not validate business information.
    private const int BrandFailed = 30795;
    private const int CampaignFailed = 30886;
    private const int VerificationFailed = 30445;

    // twilio.com/docs/api/errors/30436.
    private const int NoTollFreeNumber = 30436;

    // Of messages (twilio.com/docs/api/errors/30033).
    private const int CampaignSuspended = 30033;

    private readonly World _world;
    private readonly StoredCollection _brands;
    private readonly StoredCollection _verifications;
    private readonly StoredCollection _campaigns;
    private readonly NumberBook _numbers;
    private readonly ServiceBook _services;
    private readonly RegistrationRules _rules;

    public RegistrationDesk(World world, StoredDocuments stored, NumberBook numbers, ServiceBook services, RegistrationRules rules)
    {
        (_world, _numbers, _services, _rules) = (world, numbers, services, rules);
        _brands = stored.Of("messaging_v1", "/v1/a2p/BrandRegistrations");
        _verifications = stored.Of("messaging_v1", "/v1/Tollfree/Verifications");
        _campaigns = stored.Of("messaging_v1", "/v1/Services/{MessagingServiceSid}/Compliance/Usa2p");
        world.Appointments.On(Due, words => Decide(new AccountSid(words[0]), words[1], words[2], words[3]));
    }

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
        if (_services.ServiceOf(account, number) is not { } service) return null;
        foreach (var campaign in _campaigns.In(account, service.Sid).OldestFirst())
        {
            if (campaign["campaign_status"] != "VERIFIED" || _brands.In(account).Find(campaign["brand_registration_sid"] ?? "") is not { } brand) continue;
            return (brand, campaign);
        }
        return null;
    }

    /// <summary>
    /// Why carriers of the United States take nothing of the number; of those that are not registered only where that is heeded; or null.
    /// </summary>
    public int? BarOf(AccountSid account, string from, string to)
    {
        if (IsSuspended(account, from) && NumberPlace.Of(to).Country == "US") return CampaignSuspended;
        if (!_rules.IsRequired || !to.StartsWith("+1", StringComparison.Ordinal) || _numbers.Find(from) is not { } number
            || !from.StartsWith("+1", StringComparison.Ordinal))
        {
            return null;
        }
        if (number.Kind == NumberKind.LongCode) return NumberPlace.Of(to).Country == "US" && CampaignOf(account, from) is null ? 30034 : null;
        return _verifications.In(account).OldestFirst()
            .Any(v => v["tollfree_phone_number_sid"] == number.Sid && v["status"] == "TWILIO_APPROVED")
            ? null
            : 30032;
    }

    /// <summary>Moves a registration by hand: <c>PUT /_emu/v1/registrations/{sid}</c>.</summary>
    /// <returns>False where the account has none of that SID.</returns>
    public bool Move(AccountSid account, string sid, string status, int? errorCode, int? score)
    {
        if (_brands.In(account).Contains(sid)) return Step(account, Brands, sid, "status", status, errorCode, score);
        if (_verifications.In(account).Contains(sid)) return Step(account, Verifications, sid, "status", status, errorCode, null);
        foreach (var service in _services.Of(account).OldestFirst())
        {
            if (_campaigns.In(account, service.Key).Contains(sid))
            {
                return Step(account, CampaignsOf(service.Key), sid, "campaign_status", status, errorCode, null);
            }
        }
        return false;
    }

    /// <summary>True for a number of a service whose campaign is suspended, and that has no other which is not.</summary>
    private bool IsSuspended(AccountSid account, string number)
    {
        if (_services.ServiceOf(account, number) is not { } service || CampaignOf(account, number) is not null) return false;
        return _campaigns.In(account, service.Sid).OldestFirst().Any(c => c["campaign_status"] == "SUSPENDED");
    }

    private Answer RegisterBrand(RestRequest request, Behaviour stored)
    {
        var answer = stored(request);
        if (answer is not Answer.Resource { Kept: Document brand }) return answer;
        var isMock = string.Equals(brand["mock"], "true", StringComparison.OrdinalIgnoreCase);
        After(isMock ? TimeSpan.Zero : _rules.After, request.Account, isMock ? DecideMock : DecideBrand, Brands, brand.Key);
        return answer;
    }

    private Answer RegisterCampaign(RestRequest request, Behaviour stored)
    {
        var service = request.PathValues["MessagingServiceSid"];
        var brand = _brands.In(request.Account).Find(request.Form["BrandRegistrationSid"] ?? "");
        if (_services.Find(request.Account, service) is not null && brand?["status"] != "APPROVED")
        {
            return Answer.Refuse(
                21717,
                "Brand Registration SID for US A2P Campaign Use Case is Not Registered or Not Valid: "
                    + $"{request.Form["BrandRegistrationSid"]}");
        }
        var answer = stored(request.With(new JsonObject { ["campaign_status"] = "IN_PROGRESS" }));
        if (answer is not Answer.Resource { Kept: Document campaign }) return answer;
        After(_rules.After, request.Account, DecideCampaign, CampaignsOf(service), campaign.Key);
        return answer;
    }

    private Answer Verify(RestRequest request, Behaviour stored)
    {
        if (request.Form["TollfreePhoneNumberSid"] is { Length: > 0 } sid
            && _numbers.FindBySid(request.Account, sid) is not { Kind: NumberKind.TollFree })
        {
            return Answer.Refuse(NoTollFreeNumber, $"Invalid Phone Number SID: {sid} is no toll-free number of this account");
        }
        var answer = stored(request);
        if (answer is not Answer.Resource { Kept: Document verification }) return answer;
        After(_rules.After, request.Account, BeginReview, Verifications, verification.Key);
        return answer;
    }

    /// <summary>A step is due.</summary>
    private void Decide(AccountSid account, string what, string list, string sid)
    {
        var isApproved = _rules.Approves || what == DecideMock;
        switch (what)
        {
            case DecideBrand or DecideMock:
                Step(account, list, sid, "status", isApproved ? "APPROVED" : "FAILED", isApproved ? null : _rules.ErrorCode ?? BrandFailed, _rules.BrandScore);
                break;
            case DecideCampaign:
                Step(account, list, sid, "campaign_status", isApproved ? "VERIFIED" : "FAILED", isApproved ? null : _rules.ErrorCode ?? CampaignFailed, null);
                break;
            case BeginReview:
                if (Step(account, list, sid, "status", "IN_REVIEW", null, null)) After(_rules.After, account, EndReview, list, sid);
                break;
            case EndReview:
                Step(
                    account, list, sid, "status", isApproved ? "TWILIO_APPROVED" : "TWILIO_REJECTED",
                    isApproved ? null : _rules.ErrorCode ?? VerificationFailed, null);
                break;
            default:
                throw new InvalidOperationException($"no registration has a step {what}");
        }
    }

    private bool Step(AccountSid account, string list, string sid, string property, string status, int? errorCode, int? score)
    {
        var stored = list switch
        {
            Brands => _brands.In(account),
            Verifications => _verifications.In(account),
            _ => _campaigns.In(account, list[Campaigns.Length..^CampaignsEnd.Length]),
        };
        if (stored.Find(sid) is not { } document) return false;
        var values = new List<(string Name, string? Value)> { (property, status) };
        var code = errorCode?.ToString(CultureInfo.InvariantCulture);
        switch (list)
        {
            case Brands:
                if (status == "APPROVED")
                {
                    values.AddRange([
                        ("brand_score", (score ?? _rules.BrandScore).ToString(CultureInfo.InvariantCulture)),
                        ("identity_status", "VERIFIED"),
                    ]);
                }
                if (code is not null) values.AddRange([("failure_reason", $"error {code}"), ("errors", $"[{{\"error_code\":{code}}}]")]);
                break;
            case Verifications:
                if (code is not null) values.AddRange([("error_code", code), ("rejection_reason", $"error {code}")]);
                break;
            default:
                if (code is not null) values.Add(("errors", $"[{{\"error_code\":{code}}}]"));
                break;
        }
        stored.Change(document, 0, [.. values]);
        return true;
    }

    private void After(TimeSpan delay, AccountSid account, string what, string list, string sid) =>
        _world.Appointments.Make(Due, delay, account.Value, what, list, sid);

    private static string CampaignsOf(string service) => Campaigns + service + CampaignsEnd;
}
