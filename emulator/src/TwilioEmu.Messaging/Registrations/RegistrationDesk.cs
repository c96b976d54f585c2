using System.Globalization;
using System.Text.Json.Nodes;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Registrations;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Messaging.Services;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Registrations;

/// <summary>
/// US A2P 10DLC brands and campaigns, and toll-free verifications: stored resources that go on by themselves, or as they are told.
/// </summary>
/// <remarks>
/// twilio.com/docs/messaging/api/brand-registration-resource, usapptoperson-resource, tollfree-verification-resource. Loop-confined.
/// <code>
/// brand      PENDING -> APPROVED | FAILED           (a mock brand at once; 30703 where its profile's brand is there already)
/// campaign   IN_PROGRESS -> VERIFIED | FAILED       (SUSPENDED by hand: 30033)
/// toll-free  PENDING_REVIEW -> IN_REVIEW -> TWILIO_APPROVED | TWILIO_REJECTED (changed within seven days: PENDING_REVIEW, later 30437)
/// </code>
/// A campaign is refused by 21717 unless its brand is approved, by 21732 where the brand may have no more: one of a sole proprietor
/// (docs: A2P 10DLC troubleshooting), a hundred of any other (error 30930). A service has one campaign, a number one toll-free verification
/// that was not rejected (docs: onboarding guides); that a second is a 409 of code 20409 is (inferred).
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
    private const int BrandDuplicate = 30703;
    private const int CampaignFailed = 30886;
    private const int VerificationFailed = 30445;

    // twilio.com/docs/api/errors/30436.
    private const int NoTollFreeNumber = 30436;
    private const int EditExpired = 30437;

    private const int Conflict = 20409;
    private const int NoMoreCampaigns = 21732;

    // twilio.com/docs/api/errors/30930.
    private const int MaxCampaigns = 100;

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
        ("messaging_v1/UpdateTollfreeVerification", VerifyAgain),
    ];

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours => [("messaging_v1/FetchUsAppToPersonUsecase", ListUsecases)];

    /// <summary>The verified campaign that a number sends under, with the rate it shares; or null.</summary>
    public CampaignShare? CampaignOf(AccountSid account, string number) =>
        BrandOf(account, number) is var (brand, campaign) ? new CampaignShare(campaign.Key, CampaignRates.Of(brand, campaign)) : null;

    /// <summary>The brand and verified campaign that a number sends under, or null.</summary>
    public (Document Brand, Document Campaign)? BrandOf(AccountSid account, string number)
    {
        if (_services.ServiceOf(account, number) is not { } service) return null;
        foreach (var campaign in _campaigns.In(account, service.Sid).OldestFirst())
        {
            if (campaign["campaign_status"] != "VERIFIED"
                || _brands.In(account).Find(campaign["brand_registration_sid"] ?? "") is not { } brand)
            {
                continue;
            }
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
        if (number.Kind == NumberKind.LongCode)
        {
            return NumberPlace.Of(to).Country == "US" && CampaignOf(account, from) is null ? 30034 : null;
        }
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
        var isMock = IsMock(brand);
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
        if (_campaigns.In(request.Account, service).OldestFirst().FirstOrDefault(c => c["campaign_status"] != "FAILED") is { } other)
        {
            return Conflicting($"The Messaging Service {service} has a campaign already: {other.Key}");
        }
        if (brand is not null && IsFull(request.Account, brand))
        {
            return Answer.Refuse(NoMoreCampaigns, $"Campaign limit reached on the Brand {brand.Key}");
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
        if (request.Form["TollfreePhoneNumberSid"] is { Length: > 0 } number && _verifications.In(request.Account).OldestFirst()
            .FirstOrDefault(v => v["tollfree_phone_number_sid"] == number && v["status"] != "TWILIO_REJECTED") is { } earlier)
        {
            return Conflicting($"There is a verification of {number} already: {earlier.Key} is {earlier["status"]}");
        }
        var answer = stored(request);
        if (answer is not Answer.Resource { Kept: Document verification }) return answer;
        After(_rules.After, request.Account, BeginReview, Verifications, verification.Key);
        return answer;
    }

    /// <summary>What was rejected and is changed while that may be done is reviewed once more.</summary>
    private Answer VerifyAgain(RestRequest request, Behaviour stored)
    {
        if (_verifications.In(request.Account).Find(request.PathValues["Sid"]) is not { } before || before["status"] != "TWILIO_REJECTED")
        {
            return stored(request);
        }
        if (TwilioDates.TryParse(before["edit_expiration"] ?? "", out var end, out _) && end < _world.Clock.GetUtcNow())
        {
            return Answer.Refuse(EditExpired, "Toll Free verification rejection - Edit time expired");
        }
        var answer = stored(request.With(new JsonObject { ["status"] = "PENDING_REVIEW" }));
        if (answer is Answer.Resource) After(_rules.After, request.Account, BeginReview, Verifications, before.Key);
        return answer;
    }

    private Answer ListUsecases(RestRequest request) => _services.Find(request.Account, request.PathValues["MessagingServiceSid"]) is null
        ? Answer.NotFound(request)
        : CampaignUsecases.List(_brands.In(request.Account).Find(request.Query["BrandRegistrationSid"] ?? "")?["brand_type"]);

    /// <summary>Whether a brand may have no campaign more; those that failed do not count.</summary>
    private bool IsFull(AccountSid account, Document brand)
    {
        var count = _services.Of(account).OldestFirst().Sum(service => _campaigns.In(account, service.Key).OldestFirst()
            .Count(c => c["brand_registration_sid"] == brand.Key && c["campaign_status"] != "FAILED"));
        return count >= (brand["brand_type"] == "SOLE_PROPRIETOR" ? 1 : MaxCampaigns);
    }

    /// <summary>Whether the same business has a brand that was approved or is under review: earlier, in this account.</summary>
    private bool IsDuplicate(AccountSid account, string sid) =>
        _brands.In(account).Find(sid) is { } brand && _brands.In(account).OldestFirst()
        .TakeWhile(b => b.Key != sid)
        .Any(b => b["a2p_profile_bundle_sid"] == brand["a2p_profile_bundle_sid"] && b["status"] != "FAILED" && !IsMock(b));

    private static Answer.Refusal Conflicting(string why) => new(ErrorCodes.Error(Conflict, why));

    private static bool IsMock(Document brand) => string.Equals(brand["mock"], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A step is due.</summary>
    private void Decide(AccountSid account, string what, string list, string sid)
    {
        var isApproved = _rules.Approves || what == DecideMock;
        switch (what)
        {
            case DecideBrand when isApproved && IsDuplicate(account, sid):
                Step(account, list, sid, "status", "FAILED", BrandDuplicate, null);
                break;
            case DecideBrand or DecideMock:
                Step(
                    account, list, sid, "status", isApproved ? "APPROVED" : "FAILED", isApproved ? null : _rules.ErrorCode ?? BrandFailed,
                    _rules.BrandScore);
                break;
            case DecideCampaign:
                Step(
                    account, list, sid, "campaign_status", isApproved ? "VERIFIED" : "FAILED",
                    isApproved ? null : _rules.ErrorCode ?? CampaignFailed, null);
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
                        ("identity_status", "VERIFIED"), ("tcr_id", "B" + Letters(sid)),
                    ]);
                }
                if (code is not null) values.AddRange([("failure_reason", $"error {code}"), ("errors", $"[{{\"error_code\":{code}}}]")]);
                break;
            case Verifications:
                if (status == "TWILIO_REJECTED")
                {
                    // Seven days to mend it (twilio.com/docs/api/errors/30032).
                    values.AddRange([
                        ("edit_allowed", "true"), ("edit_expiration", TwilioDates.ToIso8601(_world.Clock.GetUtcNow().AddDays(7))),
                    ]);
                }
                if (code is not null)
                {
                    values.AddRange([
                        ("error_code", code), ("rejection_reason", $"error {code}"),
                        ("rejection_reasons", $"[{{\"code\":{code},\"reason\":\"error {code}\"}}]"),
                    ]);
                }
                break;
            default:
                if (status == "VERIFIED" && _brands.In(account).Find(document["brand_registration_sid"] ?? "") is { } brand)
                {
                    values.AddRange([("campaign_id", "C" + Letters(sid)), ("rate_limits", CampaignRates.Face(brand, document))]);
                }
                if (code is not null) values.Add(("errors", $"[{{\"error_code\":{code}}}]"));
                break;
        }
        stored.Change(document, 0, [.. values]);
        return true;
    }

    private void After(TimeSpan delay, AccountSid account, string what, string list, string sid) =>
        _world.Appointments.Make(Due, delay, account.Value, what, list, sid);

    /// <summary>Six letters, as The Campaign Registry names things, always the same of a SID.</summary>
    private static string Letters(string sid) => string.Create(6, sid, static (letters, sid) =>
    {
        for (var i = 0; i < letters.Length; i++) letters[i] = (char)('A' + Convert.ToInt32(sid[i + 2].ToString(), 16));
    });

    private static string CampaignsOf(string service) => Campaigns + service + CampaignsEnd;
}
