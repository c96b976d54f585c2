using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.Verify;

/// <summary>Verifications by text: the code, its checks, its sends, its time.</summary>
public sealed class VerificationTests
{
    [Fact]
    public async Task A_service_shows_its_groups_of_settings_whether_set_or_not()
    {
        await using var proving = new Proving();
        var service = (await proving.PostAsync("/v2/Services", "FriendlyName", "Acme", "Totp.Issuer", "Acme Bank")).Json;
        service.GetProperty("totp").GetRawText().Should().Be("""{"issuer":"Acme Bank","time_step":null,"code_length":null,"skew":null}""");
        service.GetProperty("push").GetRawText()
            .Should().Be("""{"include_date":false,"apn_credential_sid":null,"fcm_credential_sid":null}""");
        service.GetProperty("whatsapp").GetRawText().Should().Be("""{"msg_service_sid":null,"from":null}""");
        service.GetProperty("passkeys").GetProperty("relying_party").GetProperty("id").ValueKind
            .Should().Be(System.Text.Json.JsonValueKind.Null);
        service.GetProperty("verify_event_subscription_enabled").GetBoolean().Should().BeFalse();
        (await proving.GetAsync("/v2/Services")).Json.GetProperty("services")[0].GetProperty("totp").GetRawText()
            .Should().Be(service.GetProperty("totp").GetRawText());
    }

    [Fact]
    public async Task A_code_arrives_and_approves_and_then_the_verification_is_gone()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync();
        var started = await proving.StartAsync(service);
        started.Status.Should().Be(201);
        (started["status"], started["valid"], started["channel"], started["lookup"]).Should().Be(("pending", "False", "sms", "{}"));
        started.Body.Should().NotContain("\"code\"");
        var text = await proving.TextAsync();
        text.Body.Should().MatchRegex("^Your Acme verification code is: [0-9]{6}$");

        var check = await proving.CheckAsync(service, text.Body[^6..]);

        check.Status.Should().Be(200);
        (check["status"], check["valid"], check["sid"]).Should().Be(("approved", "True", started["sid"]));
        (await proving.GetAsync($"{service}/Verifications/{started["sid"]}")).Code.Should().Be(20404);
        var again = await proving.CheckAsync(service, text.Body[^6..]);
        again.Status.Should().Be(404);
        again["message"].Should().Be($"The requested resource {service}/VerificationCheck was not found", "as since 2025, twilio-node#1126");
    }

    [Fact]
    public async Task Five_wrong_codes_are_pending_the_sixth_check_is_refused_even_when_it_is_right()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync();
        var sid = (await proving.StartAsync(service))["sid"];
        var (code, wrong) = (await proving.CodeAsync(), await proving.WrongCodeAsync());
        for (var i = 0; i < 5; i++)
        {
            var check = await proving.CheckAsync(service, wrong);
            (check.Status, check["status"], check["valid"]).Should().Be((200, "pending", "False"));
        }

        var sixth = await proving.CheckAsync(service, code);

        (sixth.Status, sixth.Code, sixth["message"]).Should().Be((429, 60202, "Max check attempts reached"));
        (await proving.GetAsync($"{service}/Verifications/{sid}"))["status"].Should().Be("max_attempts_reached");
        (await proving.StartAsync(service)).Code.Should().Be(60202, "a new one waits for the end of the old one's time");
    }

    [Fact]
    public async Task Sending_again_keeps_sid_and_code_and_the_sixth_send_is_refused_until_it_is_cancelled()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync();
        var first = await proving.StartAsync(service);
        var code = await proving.CodeAsync();
        for (var i = 2; i <= 5; i++)
        {
            var again = await proving.StartAsync(service, i % 2 == 0 ? "whatsapp" : "sms");
            again["sid"].Should().Be(first["sid"]);
            again["date_created"].Should().Be(first["date_created"]);
            again.Json.GetProperty("send_code_attempts").GetArrayLength().Should().Be(i);
            (await proving.CodeAsync()).Should().Be(code);
        }

        var sixth = await proving.StartAsync(service);
        (sixth.Status, sixth.Code, sixth["message"]).Should().Be((429, 60203, "Max send attempts reached"));
        var cancelled = await proving.PostAsync($"{service}/Verifications/{first["sid"]}", "Status", "canceled");
        cancelled["status"].Should().Be("canceled");
        (await proving.GetAsync($"{service}/Verifications/{first["sid"]}"))["status"].Should().Be("canceled");
        (await proving.StartAsync(service))["sid"].Should().NotBe(first["sid"]);
    }

    [Fact]
    public async Task Ten_minutes_after_the_first_send_it_is_over()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync();
        var started = await proving.StartAsync(service);
        var code = await proving.CodeAsync();
        await proving.AdvanceAsync(300);
        await proving.StartAsync(service);
        await proving.AdvanceAsync(297.5);
        (await proving.GetAsync($"{service}/Verifications/{started["sid"]}"))["status"].Should().Be("pending");

        await proving.AdvanceAsync(1);

        (await proving.CheckAsync(service, code)).Code.Should().Be(20404);
        (await proving.GetAsync($"{service}/Verifications/{started["sid"]}")).Status.Should().Be(404);
        (await proving.Rest.EntriesAsync("verification.expired")).Should().ContainSingle(e => e.Subject == started["sid"]);
    }

    [Fact]
    public async Task Two_services_and_two_numbers_are_apart()
    {
        await using var proving = new Proving();
        var (one, two) = (await proving.ServiceAsync(), await proving.ServiceAsync("FriendlyName", "Bank", "CodeLength", "10"));
        var first = await proving.StartAsync(one);
        var second = await proving.StartAsync(two);
        second["sid"].Should().NotBe(first["sid"]);
        await proving.AdvanceAsync(2);
        var codes = await proving.CodesAsync();
        codes.Select(c => (c.Service, c.Code.Length)).Should().Equal(("Acme", 6), ("Bank", 10));
        (await proving.CheckAsync(two, codes[0].Code))["valid"].Should().Be("False");
        (await proving.CheckAsync(one, codes[0].Code))["status"].Should().Be("approved");
    }

    [Fact]
    public async Task A_verification_is_found_by_its_number_and_approved_by_the_app()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync("CustomCodeEnabled", "true");
        var started = await proving.StartAsync(service, "sms", "CustomCode", "8842");
        (await proving.TextAsync()).Body.Should().EndWith("8842");
        (await proving.GetAsync($"{service}/Verifications/+14155550199"))["sid"].Should().Be(started["sid"]);

        var approved = await proving.PostAsync($"{service}/Verifications/{started["sid"]}", "Status", "approved");

        (approved.Status, approved["status"], approved["valid"]).Should().Be((200, "approved", "True"));
        (await proving.GetAsync($"{service}/Verifications/{started["sid"]}")).Status.Should().Be(404);
    }

    [Fact]
    public async Task A_custom_code_of_a_service_that_takes_none_is_refused_in_words()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync();
        var refused = await proving.PostAsync(
            $"{service}/Verifications", "To", Proving.Phone, "Channel", "sms", "CustomCode", "ABCDEFGHIJ");
        (refused.Status, refused.Code, refused["message"]).Should().Be((403, 60204, "Custom code not allowed"));
    }

    [Fact]
    public async Task A_payment_is_named_and_checked()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync("Psd2Enabled", "true");
        var started = await proving.StartAsync(service, "sms", "Amount", "$35.50", "Payee", "Bob");
        (started["amount"], started["payee"]).Should().Be(("$35.50", "Bob"));
        (await proving.TextAsync()).Body.Should().Contain("$35.50").And.Contain("Bob");
        var code = await proving.CodeAsync();
        (await proving.CheckAsync(service, code, "Amount", "$99", "Payee", "Bob"))["valid"].Should().Be("False");
        (await proving.CheckAsync(service, code, "Amount", "$35.50", "Payee", "Bob"))["status"].Should().Be("approved");
    }

    [Fact]
    public async Task A_full_bucket_refuses_with_the_time_to_wait_and_empties_after_it()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync();
        var limit = await proving.PostAsync($"{service}/RateLimits", "UniqueName", "ip");
        await proving.PostAsync($"{service}/RateLimits/{limit["sid"]}/Buckets", "Max", "2", "Interval", "60");
        Task<RestAnswer> FromAsync(string ip) => proving.StartAsync(service, "sms", "RateLimits", $$"""{"ip":"{{ip}}"}""");
        (await FromAsync("10.0.0.1")).Status.Should().Be(201);
        await proving.AdvanceAsync(15);
        (await FromAsync("10.0.0.1")).Status.Should().Be(201);

        var third = await FromAsync("10.0.0.1");

        (third.Status, third.Code, third["message"]).Should().Be((429, 20429, "Too many requests"));
        third.Headers.RetryAfter.ToString().Should().Be("45");
        third.Headers["Twilio-Reached-Rate-Limit"].ToString().Should().Be("ip");
        (await FromAsync("10.0.0.2")).Status.Should().Be(201);
        await proving.AdvanceAsync(45);
        (await FromAsync("10.0.0.1")).Status.Should().Be(201);
    }

    [Fact]
    public async Task What_was_open_goes_with_its_service()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync();
        await proving.StartAsync(service);
        (await proving.DeleteAsync(service)).Status.Should().Be(204);
        (await proving.Rest.EntriesAsync("verification.deleted")).Should().ContainSingle();
        (await proving.StartAsync(service)).Status.Should().Be(404);
    }

    [Fact]
    public async Task Neither_texts_nor_calls_of_verify_stand_in_the_accounts_lists()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync("DtmfInputRequired", "false");
        await proving.StartAsync(service);
        await proving.StartAsync(service, "call");
        await proving.AdvanceAsync(60);
        (await proving.CodesAsync()).Should().HaveCountGreaterThan(1);
        (await proving.Rest.GetAsync("Messages.json")).Json.GetProperty("messages").GetArrayLength().Should().Be(0);
        (await proving.Rest.GetAsync("Calls.json")).Json.GetProperty("calls").GetArrayLength().Should().Be(0);
    }
}
