using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Registrations;
using TwilioEmu.Messaging.Tests.Services;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Messaging.Tests.Registrations;

public sealed class RegistrationTests
{
    private const string Second = "+14155550101";
    private const string TollFree = "+18335550100";

    [Fact]
    public async Task A_brand_is_approved_after_a_while_and_a_mock_one_at_once()
    {
        await using var house = new MessagingHouse();
        var (brand, mock) = (await BrandAsync(house), await BrandAsync(house, "Mock", "true"));
        (await StatusAsync(house, $"/v1/a2p/BrandRegistrations/{brand}", "status")).Should().Be("PENDING");
        await house.AdvanceAsync(1);
        (await StatusAsync(house, $"/v1/a2p/BrandRegistrations/{mock}", "status")).Should().Be("APPROVED");
        await house.AdvanceAsync(60);
        (await StatusAsync(house, $"/v1/a2p/BrandRegistrations/{brand}", "status")).Should().Be("APPROVED");
        (await StatusAsync(house, $"/v1/a2p/BrandRegistrations/{brand}", "brand_score")).Should().Be("75");
    }

    [Fact]
    public async Task A_campaign_wants_an_approved_brand_and_is_verified_in_its_turn()
    {
        await using var house = new MessagingHouse();
        var service = await ServiceHouse.CreateAsync(house, MessagingHouse.Number);
        var brand = await BrandAsync(house);
        (await CampaignAsync(house, service, brand)).Code.Should().Be(21717);
        await house.AdvanceAsync(60);
        var campaign = (await CampaignAsync(house, service, brand))["sid"];
        (await StatusAsync(house, $"/v1/Services/{service}/Compliance/Usa2p/{campaign}", "campaign_status")).Should().Be("IN_PROGRESS");
        await house.AdvanceAsync(60);
        (await StatusAsync(house, $"/v1/Services/{service}/Compliance/Usa2p/{campaign}", "campaign_status")).Should().Be("VERIFIED");
    }

    [Fact]
    public async Task A_brands_daily_share_of_t_mobile_is_by_its_tier_and_of_that_carrier_only()
    {
        await using var house = new MessagingHouse();
        house.Rest.Facts[MessagingHouse.Phone] = new NumberFacts { Carrier = "T-Mobile USA, Inc." };
        await RegisterAsync(house, "SOLE_PROPRIETOR", MessagingHouse.Number);
        for (var i = 0; i < 1001; i++) (await house.PostAsync("x")).Status.Should().Be(201);
        (await house.Rest.PostAsync("Messages.json", "To", "+14155550177", "From", MessagingHouse.Number, "Body", "x")).Status
            .Should().Be(201);
        await house.AdvanceAsync(1010);
        var undelivered = await house.Rest.EntriesAsync("message.undelivered");
        undelivered.Should().ContainSingle().Which.ToJson().Should().Contain("30027");
        await house.AdvanceAsync(86_400);
        (await house.PostAsync("x")).Status.Should().Be(201);
        await house.AdvanceAsync(5);
        (await house.Rest.EntriesAsync("message.undelivered")).Should().ContainSingle("the next day counts anew");
    }

    [Theory]
    [InlineData(30, "MIXED", 12)]
    [InlineData(60, "MIXED", 120)]
    [InlineData(90, "MIXED", 225)]
    [InlineData(90, "LOW_VOLUME", 3.75)]
    [InlineData(90, "SOLE_PROPRIETOR", 1)]
    public async Task A_campaigns_numbers_share_the_rate_of_its_tier(int score, string usecase, double rate)
    {
        await using var house = new MessagingHouse(registrations: new RegistrationRules { BrandScore = score });
        house.Do(() => house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = Second }));
        var service = await RegisterAsync(house, usecase, MessagingHouse.Number, Second);
        for (var i = 0; i < 100; i++)
        {
            await house.Rest.PostAsync("Messages.json", "To", $"+1212555{i:0000}", "MessagingServiceSid", service, "Body", "x");
        }
        await house.AdvanceAsync(200);
        var sent = await house.Rest.EntriesAsync("message.sent");
        (sent[^1].At - sent[0].At).TotalSeconds.Should().BeApproximately(99 / rate, 1e-6);
        sent.Select(e => MessagingHouse.Data(e).GetProperty("from").GetString()).Distinct().Should().HaveCount(2);
    }

    [Fact]
    public async Task Where_carriers_heed_it_unregistered_numbers_reach_nobody()
    {
        await using var house = new MessagingHouse(registrations: new RegistrationRules { IsRequired = true });
        house.Do(() =>
        {
            house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = Second });
            house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = TollFree });
        });
        await RegisterAsync(house, "MIXED", MessagingHouse.Number);
        (await EndAsync(house, MessagingHouse.Number)).Should().Be(("delivered", null));
        (await EndAsync(house, Second)).Should().Be(("failed", "30034"));
        (await EndAsync(house, TollFree)).Should().Be(("failed", "30032"));
        string? sid = null;
        house.Do(() => sid = house.Rest.Numbers.Find(TollFree)!.Sid);
        (await VerifyAsync(house, "PN00000000000000000000000000000001")).Code.Should().Be(30436, "nobody's number");
        string? longCode = null;
        house.Do(() => longCode = house.Rest.Numbers.Find(Second)!.Sid);
        (await VerifyAsync(house, longCode!)).Code.Should().Be(30436, "not toll-free");
        var verification = await VerifyAsync(house, sid!);
        verification["status"].Should().Be("PENDING_REVIEW");
        await house.AdvanceAsync(60);
        (await StatusAsync(house, $"/v1/Tollfree/Verifications/{verification["sid"]}", "status")).Should().Be("IN_REVIEW");
        await house.AdvanceAsync(60);
        (await StatusAsync(house, $"/v1/Tollfree/Verifications/{verification["sid"]}", "status")).Should().Be("TWILIO_APPROVED");
        (await EndAsync(house, TollFree)).Should().Be(("delivered", null));
    }

    [Fact]
    public async Task The_numbers_of_a_suspended_campaign_reach_nobody_in_the_United_States()
    {
        await using var house = new MessagingHouse();
        var service = await RegisterAsync(house, "MIXED", MessagingHouse.Number);
        var campaign = (
            await house.Rest.SendAsync("GET", $"/v1/Services/{service}/Compliance/Usa2p", null, null,
                host: "messaging.twilio.com")).Json.GetProperty("compliance")[0].GetProperty("sid").GetString()!;
        house.Do(() => house.Messaging.MoveRegistration(AccountBook.DefaultSid, campaign, "SUSPENDED", null, null).Should().BeTrue());
        (await EndAsync(house, MessagingHouse.Number)).Should().Be(("failed", "30033"));
        house.Do(() => house.Messaging.MoveRegistration(AccountBook.DefaultSid, campaign, "VERIFIED", null, null).Should().BeTrue());
        (await EndAsync(house, MessagingHouse.Number)).Should().Be(("delivered", null));
    }

    [Fact]
    public async Task A_service_has_one_campaign_until_that_fails_and_a_sole_proprietors_brand_too()
    {
        await using var house = new MessagingHouse();
        house.Do(() => house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = Second }));
        var (one, other) = (await ServiceHouse.CreateAsync(house, MessagingHouse.Number), await ServiceHouse.CreateAsync(house, Second));
        var (brand, alone) = (await BrandAsync(house), await BrandAsync(house, "BrandType", "SOLE_PROPRIETOR", "Mock", "true"));
        await house.AdvanceAsync(60);
        var first = (await CampaignAsync(house, one, brand))["sid"]!;
        var again = await CampaignAsync(house, one, brand);
        (again.Status, again.Code).Should().Be((409, 20409));
        house.Do(() => house.Messaging.MoveRegistration(AccountBook.DefaultSid, first, "FAILED", 30886, null));
        (await CampaignAsync(house, one, alone)).Status.Should().Be(201, "what failed is in nobody's way");
        (await CampaignAsync(house, other, alone)).Code.Should().Be(21732);
        (await CampaignAsync(house, other, brand)).Status.Should().Be(201);
    }

    [Fact]
    public async Task A_business_has_one_brand_and_a_number_one_verification_that_was_not_rejected()
    {
        await using var house = new MessagingHouse();
        var (brand, second, mock) = (await BrandAsync(house), await BrandAsync(house), await BrandAsync(house, "Mock", "true"));
        await house.AdvanceAsync(60);
        (await StatusAsync(house, $"/v1/a2p/BrandRegistrations/{brand}", "status")).Should().Be("APPROVED");
        (await StatusAsync(house, $"/v1/a2p/BrandRegistrations/{mock}", "status")).Should().Be("APPROVED");
        var failed = await house.Rest.SendAsync("GET", $"/v1/a2p/BrandRegistrations/{second}", null, null, host: "messaging.twilio.com");
        (failed["status"], failed.Json.GetProperty("errors")[0].GetProperty("error_code").GetInt32()).Should().Be(("FAILED", 30703));

        string? number = null;
        house.Do(() =>
        {
            house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = TollFree });
            number = house.Rest.Numbers.Find(TollFree)!.Sid;
        });
        var verification = (await VerifyAsync(house, number!))["sid"]!;
        (await VerifyAsync(house, number!)).Code.Should().Be(20409);
        house.Do(() => house.Messaging.MoveRegistration(AccountBook.DefaultSid, verification, "TWILIO_REJECTED", 30445, null));
        (await VerifyAsync(house, number!)).Status.Should().Be(201);
    }

    [Fact]
    public async Task What_was_registered_has_the_registrys_names_and_its_rates()
    {
        await using var house = new MessagingHouse();
        await RegisterAsync(house, "MARKETING", MessagingHouse.Number);
        var brand = (
            await house.Rest.SendAsync(
                "GET", "/v1/a2p/BrandRegistrations", null, null, host: "messaging.twilio.com")).Json.GetProperty("data")[0];
        brand.GetProperty("tcr_id").GetString().Should().MatchRegex("^B[A-P]{6}$");
        var services = (
            await house.Rest.SendAsync("GET", "/v1/Services", null, null, host: "messaging.twilio.com")).Json.GetProperty("services");
        var service = services[0].GetProperty("sid").GetString();
        var campaign = (
            await house.Rest.SendAsync("GET", $"/v1/Services/{service}/Compliance/Usa2p", null, null, host: "messaging.twilio.com"))
            .Json.GetProperty("compliance")[0];
        campaign.GetProperty("campaign_id").GetString().Should().MatchRegex("^C[A-P]{6}$");
        campaign.GetProperty("rate_limits").GetRawText()
            .Should().Be("""{"att":{"mps":75,"msg_class":"A"},"tmobile":{"brand_tier":"TOP"}}""");
        var usecases = (
            await house.Rest.SendAsync(
                "GET", $"/v1/Services/{service}/Compliance/Usa2p/Usecases", null, null, host: "messaging.twilio.com"))
            .Json.GetProperty("us_app_to_person_usecases").EnumerateArray().Select(u => u.GetProperty("code").GetString());
        usecases.Should().Contain(["2FA", "MARKETING", "LOW_VOLUME"]).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_rejected_verification_may_be_changed_for_seven_days_and_is_reviewed_again()
    {
        await using var house = new MessagingHouse();
        string? number = null;
        house.Do(() =>
        {
            house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = TollFree });
            number = house.Rest.Numbers.Find(TollFree)!.Sid;
        });
        var path = $"/v1/Tollfree/Verifications/{(await VerifyAsync(house, number!))["sid"]}";
        void Reject() =>
            house.Do(() => house.Messaging.MoveRegistration(AccountBook.DefaultSid, path[^34..], "TWILIO_REJECTED", 30445, null));
        Reject();
        var rejected = (await house.Rest.SendAsync("GET", path, null, null, host: "messaging.twilio.com")).Json;
        rejected.GetProperty("edit_allowed").GetBoolean().Should().BeTrue();
        rejected.GetProperty("rejection_reasons")[0].GetProperty("code").GetInt32().Should().Be(30445);
        (await house.Rest.PostMessagingAsync(path, "BusinessName", "Theirs"))["status"].Should().Be("PENDING_REVIEW");
        await house.AdvanceAsync(120);
        (await StatusAsync(house, path, "status")).Should().Be("TWILIO_APPROVED");
        Reject();
        await house.AdvanceAsync(7 * 86_400 + 1);
        (await house.Rest.PostMessagingAsync(path, "BusinessName", "Theirs again")).Code.Should().Be(30437);
    }

    [Fact]
    public async Task Reviewers_can_be_told_what_to_say()
    {
        await using var house = new MessagingHouse(registrations: new RegistrationRules { Approves = false });
        var brand = await BrandAsync(house);
        await house.AdvanceAsync(60);
        (await StatusAsync(house, $"/v1/a2p/BrandRegistrations/{brand}", "status")).Should().Be("FAILED");
        house.Do(() => house.Messaging.MoveRegistration(AccountBook.DefaultSid, brand, "APPROVED", null, 20).Should().BeTrue());
        (await StatusAsync(house, $"/v1/a2p/BrandRegistrations/{brand}", "brand_score")).Should().Be("20");
        house.Do(() => house.Messaging.MoveRegistration(AccountBook.DefaultSid, "BN1", "APPROVED", null, null).Should().BeFalse());
    }

    /// <summary>A service of these senders with an approved brand and a verified campaign; its SID.</summary>
    internal static async Task<string> RegisterAsync(MessagingHouse house, string usecase, params string[] numbers)
    {
        var service = await ServiceHouse.CreateAsync(house, numbers);
        var brand = await BrandAsync(house);
        await house.AdvanceAsync(60);
        (await CampaignAsync(house, service, brand, usecase)).Status.Should().Be(201);
        await house.AdvanceAsync(60);
        return service;
    }

    private static async Task<string> BrandAsync(MessagingHouse house, params string[] more) => (await house.Rest.PostMessagingAsync(
        "/v1/a2p/BrandRegistrations", ["CustomerProfileBundleSid", "BU00000000000000000000000000000001", "A2PProfileBundleSid",
            "BU00000000000000000000000000000002", .. more]))["sid"]!;

    private static Task<RestAnswer> CampaignAsync(MessagingHouse house, string service, string brand, string usecase = "MIXED") =>
        house.Rest.PostMessagingAsync(
            $"/v1/Services/{service}/Compliance/Usa2p", "BrandRegistrationSid", brand, "Description",
            "Reminders of appointments, to those who asked", "MessageFlow", "They ask for them on our site",
            "MessageSamples", "Your appointment is at 10", "MessageSamples", "Your appointment is at 11", "UsAppToPersonUsecase", usecase,
            "HasEmbeddedLinks", "false", "HasEmbeddedPhone", "false");

    private static Task<RestAnswer> VerifyAsync(MessagingHouse house, string number) => house.Rest.PostMessagingAsync(
        "/v1/Tollfree/Verifications", "BusinessName", "Ours", "BusinessWebsite", "https://example.com", "NotificationEmail",
        "a@example.com", "UseCaseCategories", "CUSTOMER_CARE",
        "UseCaseSummary", "x", "ProductionMessageSample", "x", "OptInImageUrls", "https://example.com/a.png", "OptInType", "WEB_FORM",
        "MessageVolume", "10", "TollfreePhoneNumberSid", number);

    private static async Task<string?> StatusAsync(MessagingHouse house, string path, string property) =>
        (await house.Rest.SendAsync("GET", path, null, null, host: "messaging.twilio.com"))[property];

    private static async Task<(string? Status, string? Code)> EndAsync(MessagingHouse house, string from)
    {
        var sid = (await house.Rest.PostAsync("Messages.json", "To", "+12125550199", "From", from, "Body", "x"))["sid"];
        await house.AdvanceAsync(5);
        var message = await house.Rest.GetAsync($"Messages/{sid}.json");
        return (message["status"], message["error_code"]);
    }
}
