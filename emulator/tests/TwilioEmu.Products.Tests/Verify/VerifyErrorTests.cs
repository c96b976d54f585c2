using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.Verify;

/// <summary>Each code that Verify gives, with what causes it.</summary>
public sealed class VerifyErrorTests
{
    // "parameter=value;..." of the service | of the start | channel | code.
    [Theory]
    [InlineData("", "To=", "sms", 400, 60200)]
    [InlineData("", "To=hello", "sms", 400, 60200)]
    [InlineData("", "To=+1415", "sms", 400, 60200)]
    [InlineData("", "To=ann", "email", 400, 60200)]
    [InlineData("", "", "pigeon", 400, 60200)]
    [InlineData("", "", "", 400, 60200)]
    [InlineData("", "Locale=xx", "sms", 400, 60200)]
    [InlineData("", "CustomFriendlyName=see http://x", "sms", 400, 60200)]
    [InlineData("", "CustomCode=1234", "sms", 403, 60204)]
    [InlineData("CustomCodeEnabled=false", "CustomCode=1234", "call", 403, 60204)]
    [InlineData("CustomCodeEnabled=true", "CustomCode=123", "sms", 400, 60200)]
    [InlineData("CustomCodeEnabled=true", "CustomCode=12345678901", "sms", 400, 60200)]
    [InlineData("", "SendDigits=hello", "call", 400, 60200)]
    [InlineData("", "AppHash=short", "sms", 400, 60200)]
    [InlineData("", "Tags=[1]", "sms", 400, 60200)]
    [InlineData("", "DeviceIp=300.1.1.1", "sms", 400, 60200)]
    [InlineData("", "RateLimits=nothing", "sms", 400, 60200)]
    [InlineData("", "RateLimits={\"unknown\":\"1\"}", "sms", 400, 60200)]
    [InlineData("", "ChannelConfiguration=[]", "sms", 400, 60200)]
    [InlineData("", "TemplateCustomSubstitutions=[]", "sms", 400, 60200)]
    [InlineData("", "RiskCheck=maybe", "sms", 400, 60200)]
    [InlineData("LookupEnabled=true;SkipSmsToLandlines=true", "To=+14155550111", "sms", 403, 60205)]
    [InlineData("Psd2Enabled=true", "", "sms", 400, 60206)]
    [InlineData("Psd2Enabled=true", "Amount=1", "sms", 400, 60206)]
    [InlineData("Psd2Enabled=true", "Amount=1;Payee=Bob", "call", 400, 60214)]
    [InlineData("", "TemplateSid=HJ00000000000000000000000000000000", "sms", 400, 60228)]
    [InlineData("", "Templates={}", "sms", 400, 60251)]
    [InlineData("", "Templates=[]", "sms", 400, 60251)]
    [InlineData("", "Templates=[{\"sid\":\"HJ1\"}]", "sms", 400, 60251)]
    [InlineData("", "Templates=[{\"sid\":\"HJ00000000000000000000000000000000\",\"substitutions\":[]}]", "sms", 400, 60251)]
    [InlineData("", "Templates=[{\"sid\":\"HJ00000000000000000000000000000000\"}]", "sms", 400, 60252)]
    [InlineData("", "CustomMessage=hi", "sms", 400, 60243)]
    [InlineData("", "AppHash=He42w354ol9", "call", 400, 60602)]
    [InlineData("", "To=+14155550122", "sms", 403, 60410)]
    [InlineData("", "To=+989121234567", "sms", 403, 60238)]
    [InlineData("", "To=+5351234567", "call", 403, 60238)]
    [InlineData("", "To=ann@example.com", "email", 400, 60217)]
    [InlineData("", "", "sna", 400, 60001)]
    public async Task A_start_is_refused_with_its_code(string service, string form, string channel, int status, int code)
    {
        await using var proving = new Proving();
        proving.Rest.Facts["+14155550111"] = new NumberFacts { LineType = "landline" };
        proving.Rest.Facts["+14155550122"] = new NumberFacts { IsBlocked = true };
        var at = await proving.ServiceAsync(Pairs(service));
        var to = form.StartsWith("To=", StringComparison.Ordinal) ? [] : new[] { "To", Proving.Phone };

        var refused = await proving.PostAsync($"{at}/Verifications", [.. to, "Channel", channel, .. Pairs(form)]);

        (refused.Status, refused.Code).Should().Be((status, code));
        (await proving.Rest.EntriesAsync("verification.pending")).Should().BeEmpty();
    }

    /// <remarks>twilio.com/docs/verify/preventing-toll-fraud/verify-geo-permissions; /api/safe-list.</remarks>
    [Fact]
    public async Task Where_the_account_switched_codes_off_none_go_by_SMS_or_call_but_texts_to_numbers_it_vouches_for()
    {
        const string British = "+447700900123";
        const string Careful = "AC00000000000000000000000000000007";
        await using var proving = new Proving();
        await proving.DoAsync(() => proving.Rest.Accounts.Create(
            new AccountSpec { Sid = new(Careful), AuthToken = "t", FriendlyName = "Careful", VerifyBlocks = ["GB"] }));
        Task<RestAnswer> PostAsync(string path, params string[] pairs) => proving.Rest.SendAsync(
            "POST", path, string.Join('&', pairs.Chunk(2).Select(p => $"{p[0]}={Uri.EscapeDataString(p[1])}")),
            "application/x-www-form-urlencoded", Careful, "t", host: "verify.twilio.com");
        var starts = $"/v2/Services/{(await PostAsync("/v2/Services", "FriendlyName", "Acme"))["sid"]}/Verifications";
        foreach (var channel in (string[])["sms", "call"])
        {
            var refused = await PostAsync(starts, "To", British, "Channel", channel);
            (refused.Status, refused.Code).Should().Be((403, 60605));
            refused["message"].Should().Contain($"{British} is blocked for {channel} channel for all services");
        }
        (await PostAsync(starts, "To", British, "Channel", "sms", "RiskCheck", "disable")).Status.Should().Be(201);
        (await PostAsync(starts, "To", Proving.Phone, "Channel", "sms")).Status.Should().Be(201);
        await PostAsync("/v2/SafeList/Numbers", "PhoneNumber", British);
        (await PostAsync(starts, "To", British, "Channel", "sms")).Status.Should().Be(201);
        (await PostAsync(starts, "To", British, "Channel", "call")).Code.Should().Be(60605, "the list is for texts");
        (await proving.PostAsync(
            $"{await proving.ServiceAsync()}/Verifications", "To", British, "Channel", "sms")).Status.Should().Be(201, "another account");
    }

    /// <remarks>twilio.com/docs/api/errors/60223: a service's setting in the console.</remarks>
    [Fact]
    public async Task A_channel_that_is_switched_off_carries_no_code()
    {
        await using var proving = new Proving();
        var account = await AccountAsync(proving, new AccountSpec { VerifyChannelsOff = ["whatsapp", "call"] });
        var starts = $"/v2/Services/{(await account.PostAsync("verify", "/v2/Services", "FriendlyName", "Acme"))["sid"]}/Verifications";
        foreach (var channel in (string[])["whatsapp", "call"])
        {
            var refused = await account.PostAsync("verify", starts, "To", Proving.Phone, "Channel", channel);
            (refused.Status, refused.Code, refused["message"])
                .Should().Be((403, 60223, $"Delivery channel disabled: {channel.ToUpperInvariant()}"));
        }
        (await account.PostAsync("verify", starts, "To", Proving.Phone, "Channel", "sms")).Status.Should().Be(201);
        (await proving.StartAsync(await proving.ServiceAsync(), "whatsapp")).Status.Should().Be(201, "another account's");
    }

    /// <remarks>twilio.com/docs/api/errors/60248.</remarks>
    [Fact]
    public async Task A_service_has_no_restricted_word_in_its_name()
    {
        await using var proving = new Proving();
        var account = await AccountAsync(proving, new AccountSpec { VerifyRestrictedWords = ["bank"] });
        var refused = await account.PostAsync("verify", "/v2/Services", "FriendlyName", "My Bank");
        (refused.Status, refused.Code).Should().Be((400, 60248));
        var made = await account.PostAsync("verify", "/v2/Services", "FriendlyName", "My Shop");
        (await account.PostAsync("verify", $"/v2/Services/{made["sid"]}", "FriendlyName", "Banking")).Code.Should().Be(60248);
        (await account.PostAsync("verify", $"/v2/Services/{made["sid"]}", "FriendlyName", "My Stall")).Status.Should().Be(200);
        (await proving.PostAsync("/v2/Services", "FriendlyName", "My Bank")).Status.Should().Be(201, "words are an account's");
    }

    /// <remarks>twilio.com/docs/verify/api/safe-list.</remarks>
    [Fact]
    public async Task The_safe_list_answers_30_requests_a_minute()
    {
        await using var proving = new Proving();
        Task<RestAnswer> FetchAsync() => proving.GetAsync($"/v2/SafeList/Numbers/{Proving.Phone}");
        await proving.PostAsync("/v2/SafeList/Numbers", "PhoneNumber", Proving.Phone);
        for (var i = 1; i < 30; i++) (await FetchAsync()).Status.Should().Be(200);
        var refused = await FetchAsync();
        (refused.Status, refused.Code).Should().Be((429, 20429));
        (await proving.DeleteAsync($"/v2/SafeList/Numbers/{Proving.Phone}")).Status.Should().Be(429);
        (await proving.PostAsync("/v2/SafeList/Numbers", "PhoneNumber", "+14155550188")).Status.Should().Be(429);
        var other = await AccountAsync(proving, new AccountSpec());
        (await other.PostAsync("verify", "/v2/SafeList/Numbers", "PhoneNumber", Proving.Phone)).Status.Should().Be(201, "another account's");
        await proving.AdvanceAsync(60);
        (await FetchAsync()).Status.Should().Be(200);
    }

    /// <remarks>twilio.com/docs/usage/global-safe-list.</remarks>
    [Fact]
    public async Task The_list_of_all_products_lets_texts_and_calls_through_by_number_and_by_prefix()
    {
        const string British = "+447700900123";
        await using var proving = new Proving();
        var account = await AccountAsync(proving, new AccountSpec { VerifyBlocks = ["GB"] });
        var starts = $"/v2/Services/{(await account.PostAsync("verify", "/v2/Services", "FriendlyName", "Acme"))["sid"]}/Verifications";
        Task<RestAnswer> StartAsync(string channel) => account.PostAsync("verify", starts, "To", British, "Channel", channel);
        const string Numbers = "/v1/SafeList/Numbers";
        string Of(string number) => $"{Numbers}?PhoneNumber={Uri.EscapeDataString(number)}";
        foreach (var safe in (string[])[British, "+447700900xxx"])
        {
            foreach (var channel in (string[])["sms", "call"]) (await StartAsync(channel)).Code.Should().Be(60605);
            (await account.SendAsync("GET", "accounts", Of(safe))).Status.Should().Be(404);
            var added = await account.PostAsync("accounts", Numbers, "PhoneNumber", safe);
            (added.Status, added["phone_number"]).Should().Be((201, safe));
            added["sid"].Should().MatchRegex("^GN[0-9a-f]{32}$");
            (await account.PostAsync("accounts", Numbers, "PhoneNumber", safe)).Code.Should().Be(60411);
            (await account.SendAsync("GET", "accounts", Of(safe)))["sid"].Should().Be(added["sid"]);
            foreach (var channel in (string[])["sms", "call"]) (await StartAsync(channel)).Status.Should().Be(201);
            (await account.SendAsync("DELETE", "accounts", Of(safe))).Status.Should().Be(204);
            (await account.SendAsync("DELETE", "accounts", Of(safe))).Status.Should().Be(404);
        }
        foreach (var wrong in (string[])["447700900123", "+4477xxx", "+447700900xx", "+0447700900xxx", "nobody"])
        {
            (await account.PostAsync("accounts", Numbers, "PhoneNumber", wrong)).Code.Should().Be(60200, wrong);
        }
    }

    /// <remarks>twilio.com/docs/verify/api/safe-list; /api/errors/60411.</remarks>
    [Fact]
    public async Task A_number_stands_on_the_safe_list_once()
    {
        await using var proving = new Proving();
        Task<RestAnswer> AddAsync(string number) => proving.PostAsync("/v2/SafeList/Numbers", "PhoneNumber", number);
        (await AddAsync(Proving.Phone)).Status.Should().Be(201);
        (await AddAsync(Proving.Phone)).Code.Should().Be(60411);
        (await AddAsync("4155550199")).Code.Should().Be(60200, "E.164 is wanted");
        (await AddAsync("nobody")).Code.Should().Be(60200);
        (await proving.DeleteAsync($"/v2/SafeList/Numbers/{Proving.Phone}")).Status.Should().Be(204);
        (await AddAsync(Proving.Phone)).Status.Should().Be(201);
    }

    [Theory]
    [InlineData("FriendlyName=")]
    [InlineData("FriendlyName=Acme 12345")]
    [InlineData("FriendlyName=Acme!")]
    [InlineData("FriendlyName=acme.com")]
    [InlineData("FriendlyName=abcdefghijklmnopqrstuvwxyzabcdefg")]
    [InlineData("FriendlyName=A;CodeLength=3")]
    [InlineData("FriendlyName=A;CodeLength=11")]
    [InlineData("FriendlyName=A;CodeLength=six")]
    [InlineData("FriendlyName=A;LookupEnabled=perhaps")]
    [InlineData("FriendlyName=A;Totp.TimeStep=19")]
    [InlineData("FriendlyName=A;Totp.CodeLength=9")]
    [InlineData("FriendlyName=A;Totp.Skew=3")]
    public async Task A_service_is_refused(string form)
    {
        await using var proving = new Proving();
        var refused = await proving.PostAsync("/v2/Services", Pairs(form));
        (refused.Status, refused.Code).Should().Be((400, 60200));
    }

    [Fact]
    public async Task A_service_is_refused_a_template_that_is_not_there()
    {
        await using var proving = new Proving();
        (await proving.PostAsync("/v2/Services", "FriendlyName", "A", "DefaultTemplateSid", "HJ00000000000000000000000000000000")).Code
            .Should().Be(60228);
    }

    [Theory]
    [InlineData("FriendlyName=A;Email.From=a@example.com", 60253)]
    [InlineData("FriendlyName=A;Email.FromName=Ann;Email.ContentTemplateId=d-1", 60253)]
    [InlineData("FriendlyName=A;Email.From=ann;Email.FromName=Ann;Email.ContentTemplateId=d-1", 60200)]
    [InlineData("FriendlyName=A;Email.From=a@example.com;Email.FromName=Ann;Email.ContentTemplateId=d-1", 201)]
    public async Task The_settings_of_email_go_together(string form, int code)
    {
        await using var proving = new Proving();
        var answer = await proving.PostAsync("/v2/Services", Pairs(form));
        (answer.Status == 201 ? 201 : answer.Code).Should().Be(code, answer.Body);
    }

    [Theory]
    [InlineData("FactorType=push")]
    [InlineData("Identity=ann-00000001")]
    [InlineData("Identity=ann;FactorType=push")]
    [InlineData("Identity=ann-00000001;FactorType=totp")]
    [InlineData("Identity=ann-00000001;FactorType=push;Ttl=59")]
    public async Task An_access_token_is_refused_with_its_code(string form)
    {
        await using var proving = new Proving();
        (await proving.PostAsync($"{await proving.ServiceAsync()}/AccessTokens", Pairs(form))).Code.Should().Be(60305);
    }

    [Fact]
    public async Task A_webhook_that_fails_is_told_of_as_60330()
    {
        await using var proving = new Proving();
        proving.Rest.App.On("/verify", new TwilioEmu.Webhooks.Delivery.AppAnswer(500, null, ""));
        var service = await proving.ServiceAsync();
        await proving.PostAsync($"{service}/Webhooks", "FriendlyName", "w", "EventTypes", "*", "WebhookUrl", "http://app/verify");
        await proving.PostAsync($"{service}/Entities/ann-00000001/Factors", "FriendlyName", "Ann", "FactorType", "totp");
        await proving.AdvanceAsync(1);
        (await proving.Rest.EntriesAsync("alert")).Should().Contain(e => e.ToJson().Contains("60330"));
    }

    [Theory]
    [InlineData("Code=", 60200)]
    [InlineData("Code=123", 60200)]
    [InlineData("Code=12345678901", 60200)]
    [InlineData("Code=123456;To=+1415", 60200)]
    [InlineData("Code=123456;To=hello", 60200)]
    [InlineData("Code=123456", 60221)]
    [InlineData("Code=123456;To=+14155550188", 20404)]
    [InlineData("Code=123456;VerificationSid=VE00000000000000000000000000000000", 20404)]
    public async Task A_check_is_refused_with_its_code(string form, int code)
    {
        await using var proving = new Proving();
        (await proving.PostAsync($"{await proving.ServiceAsync()}/VerificationCheck", Pairs(form))).Code.Should().Be(code);
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("expired")]
    [InlineData("nonsense")]
    public async Task The_app_may_approve_and_cancel_and_nothing_else(string status)
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync();
        var sid = (await proving.StartAsync(service))["sid"];
        (await proving.PostAsync($"{service}/Verifications/{sid}", "Status", status)).Code.Should().Be(60200);
        await proving.PostAsync($"{service}/Verifications/{sid}", "Status", "canceled");
        (await proving.PostAsync($"{service}/Verifications/{sid}", "Status", "approved")).Code
            .Should().Be(60200, "what is canceled stays so");
    }

    [Fact]
    public async Task Rate_limits_buckets_and_messaging_configurations_have_codes_of_their_own()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync();
        var limit = await proving.PostAsync($"{service}/RateLimits", "UniqueName", "ip");
        (await proving.PostAsync($"{service}/RateLimits", "UniqueName", "ip")).Code.Should().Be(60208);
        (await proving.PostAsync($"{service}/RateLimits", "UniqueName", "an ip!")).Code.Should().Be(60209);
        for (var i = 1; i < 10; i++) (await proving.PostAsync($"{service}/RateLimits", "UniqueName", $"k{i}")).Status.Should().Be(201);
        (await proving.PostAsync($"{service}/RateLimits", "UniqueName", "k10")).Code.Should().Be(60207);

        var buckets = $"{service}/RateLimits/{limit["sid"]}/Buckets";
        (await proving.PostAsync(buckets, "Max", "0", "Interval", "60")).Code.Should().Be(60200);
        (await proving.PostAsync(buckets, "Max", "1", "Interval", "60")).Status.Should().Be(201);
        (await proving.PostAsync(buckets, "Max", "5", "Interval", "60")).Code.Should().Be(60211);
        for (var i = 1; i < 10; i++) (await proving.PostAsync(buckets, "Max", "1", "Interval", $"{60 + i}")).Status.Should().Be(201);
        (await proving.PostAsync(buckets, "Max", "1", "Interval", "99")).Code.Should().Be(60210);

        string[] us = ["Country", "US", "MessagingServiceSid", "MG00000000000000000000000000000001"];
        (await proving.PostAsync($"{service}/MessagingConfigurations", us)).Status.Should().Be(201);
        (await proving.PostAsync($"{service}/MessagingConfigurations", us)).Code.Should().Be(60213);
        (await proving.PostAsync($"{service}/MessagingConfigurations", "Country", "XX", "MessagingServiceSid", us[3])).Code
            .Should().Be(60200);
    }

    [Fact]
    public async Task A_number_on_the_safe_list_and_one_whose_risk_is_not_asked_for_are_not_blocked()
    {
        await using var proving = new Proving();
        proving.Rest.Facts[Proving.Phone] = new NumberFacts { IsBlocked = true };
        var service = await proving.ServiceAsync();
        (await proving.StartAsync(service)).Code.Should().Be(60410);
        (await proving.StartAsync(service, "sms", "RiskCheck", "disable")).Status.Should().Be(201);
        (await proving.PostAsync("/v2/SafeList/Numbers", "PhoneNumber", Proving.Phone)).Status.Should().Be(201);
        (await proving.StartAsync(service)).Status.Should().Be(201);
        (await proving.DeleteAsync("/v2/SafeList/Numbers/+14155550199")).Status.Should().Be(204);
        (await proving.StartAsync(service)).Code.Should().Be(60410);
    }

    [Fact]
    public async Task A_trial_account_verifies_its_own_caller_ids_only()
    {
        await using var proving = new Proving();
        var (sid, token) = await proving.DoAsync(() =>
        {
            var made = proving.Rest.Accounts.Create(new AccountSpec { IsTrial = true });
            proving.Rest.Numbers.CallerIds.Add(made.Sid, "+14155550188");
            return (made.Sid.Value, made.AuthToken);
        });
        Task<RestAnswer> PostAsync(string path, string form) =>
            proving.Rest.SendAsync("POST", path, form, "application/x-www-form-urlencoded", sid, token, "verify.twilio.com");
        var service = await PostAsync("/v2/Services", "FriendlyName=A");
        (await PostAsync($"/v2/Services/{service["sid"]}/Verifications", "To=%2B14155550199&Channel=sms")).Code.Should().Be(21608);
        (await PostAsync($"/v2/Services/{service["sid"]}/Verifications", "To=%2B14155550188&Channel=sms")).Status.Should().Be(201);
    }

    [Theory]
    [InlineData(60204, 403)]
    [InlineData(60212, 429)]
    [InlineData(60217, 400)]
    [InlineData(60220, 400)]
    [InlineData(60222, 400)]
    [InlineData(60223, 403)]
    [InlineData(60227, 400)]
    [InlineData(60238, 403)]
    [InlineData(60241, 400)]
    [InlineData(60242, 400)]
    [InlineData(60245, 429)]
    [InlineData(60410, 403)]
    [InlineData(60412, 403)]
    [InlineData(60413, 403)]
    [InlineData(60605, 403)]
    [InlineData(60999, 400)]
    public async Task What_the_world_has_against_a_number_is_answered_and_nothing_is_sent(int code, int status)
    {
        await using var proving = new Proving();
        proving.Rest.Facts[Proving.Phone] = new NumberFacts { VerifyError = code };
        var service = await proving.ServiceAsync();
        foreach (var channel in (string[])["sms", "call", "whatsapp"])
        {
            var refused = await proving.StartAsync(service, channel);
            (refused.Status, refused.Code).Should().Be((status, code));
        }
        (await proving.Rest.EntriesAsync("verification.pending")).Should().BeEmpty();
        (await proving.PostAsync($"{service}/Verifications", "To", "+14155550188", "Channel", "sms")).Status
            .Should().Be(201, "others are not concerned");
        (await proving.StartAsync(service, "sms", "RiskCheck", "disable")).Status
            .Should().Be(code is 60410 or 60605 ? 201 : status, "risks may be taken, and no others");
    }

    [Theory]
    [InlineData("en", "approved", "Your {{code}} for {{shop}}", "", 60224)]
    [InlineData("en", "approved", "Your {{code}} for {{shop}}", "{\"shop\":\"Acme\"}", 201)]
    [InlineData("en", "pending", "Your {{code}}", "", 60201)]
    [InlineData("de", "approved", "Ihr {{code}}", "", 60229)]
    public async Task A_template_is_refused_with_its_code(string locale, string review, string text, string substitutions, int code)
    {
        await using var proving = new Proving();
        const string Sid = "HJ000000000000000000000000000000aa";
        var template = new JsonObject
        {
            ["sid"] = Sid,
            ["friendly_name"] = "Ours",
            ["channels"] = new JsonArray("sms"),
            ["translations"] = new JsonObject
            {
                [locale] = new JsonObject { ["is_default_translation"] = false, ["status"] = review, ["locale"] = locale, ["text"] = text },
            },
        };
        using var json = JsonDocument.Parse(template.ToJsonString());
        (await proving.DoAsync(() => proving.Rest.Door.PutResource(AccountBook.DefaultSid, "verify", "/v2/Templates", json.RootElement)))
            .Should().BeNull();
        string[] values = substitutions.Length == 0 ? [] : ["TemplateCustomSubstitutions", substitutions];
        var started = await proving.StartAsync(await proving.ServiceAsync(), "sms", ["TemplateSid", Sid, "Locale", "en", .. values]);
        (started.Status == 201 ? 201 : started.Code).Should().Be(code, started.Body);
    }

    private static async Task<Other> AccountAsync(Proving proving, AccountSpec spec)
    {
        var made = await proving.DoAsync(() => proving.Rest.Accounts.Create(spec));
        return new Other(proving, made.Sid.Value, made.AuthToken);
    }

    /// <summary>An account beside the world's first.</summary>
    private sealed record Other(Proving Proving, string Sid, string Token)
    {
        public Task<RestAnswer> PostAsync(string product, string path, params string[] pairs) => Proving.Rest.SendAsync(
            "POST", path, string.Join('&', pairs.Chunk(2).Select(p => $"{p[0]}={Uri.EscapeDataString(p[1])}")),
            "application/x-www-form-urlencoded", Sid, Token, $"{product}.twilio.com");

        public Task<RestAnswer> SendAsync(string method, string product, string path) =>
            Proving.Rest.SendAsync(method, path, null, null, Sid, Token, $"{product}.twilio.com");
    }

    private static string[] Pairs(string form) =>
        [.. form.Split(';', StringSplitOptions.RemoveEmptyEntries).SelectMany(p => p.Split('=', 2))];
}
