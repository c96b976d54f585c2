using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.Verify;

/// <summary>How codes reach people: words, languages, templates, calls, WhatsApp, e-mail; and what is told of each sending.</summary>
public sealed class ChannelTests
{
    private static readonly string[] Mailer =
        ["Email.From", "codes@acme.test", "Email.FromName", "Acme", "Email.ContentTemplateId", "d-9"];

    [Theory]
    [InlineData("+34600123456", null, "^Su codigo de verificación para Acme es: [0-9]{6}$")]
    [InlineData("+4915112345678", null, "^Ihr Acme-Verifizierungscode lautet: [0-9]{6}$")]
    [InlineData("+4915112345678", "fr", "^Votre code de vérification Acme est : [0-9]{6}$")]
    [InlineData("+919876543210", null, "^Your Acme verification code is: [0-9]{6}$")]
    public async Task A_text_is_in_the_language_of_the_country_or_the_one_asked_for(string to, string? locale, string body)
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync();
        await proving.PostAsync(
            $"{service}/Verifications", ["To", to, "Channel", "sms", .. locale is null ? [] : (string[])["Locale", locale]]);
        var text = await proving.TextAsync(to);
        text.Body.Should().MatchRegex(body);
        text.From.Should().Be("TWVerify");
    }

    [Fact]
    public async Task The_words_follow_name_hash_warning_and_template()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync("DoNotShareWarningEnabled", "true");
        await proving.StartAsync(service, "sms", "CustomFriendlyName", "Shop");
        (await proving.TextAsync()).Body.Should().MatchRegex("^Your Shop verification code is: [0-9]{6}\\. Don’t share this code");
        var plain = await proving.ServiceAsync();
        await proving.StartAsync(plain, "sms", "AppHash", "He42w354ol9");
        (await proving.TextAsync()).Body.Should().MatchRegex("^<#> Your Acme verification code is: [0-9]{6} He42w354ol9$");
        var templates = (await proving.GetAsync("/v2/Templates")).Json.GetProperty("templates").EnumerateArray().ToList();
        var timed = templates.Single(t => t.GetProperty("friendly_name").GetString()!.EndsWith("its time", StringComparison.Ordinal))
            .GetProperty("sid").GetString()!;
        await proving.StartAsync(plain, "sms", "TemplateSid", timed);
        (await proving.TextAsync()).Body.Should().EndWith("This code will expire in 10 minutes.");
    }

    [Fact]
    public async Task A_call_asks_for_a_key_and_speaks_the_code_twice()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync();
        await proving.BehaveAsync(new HandsetBehaviour
        {
            Script =
            [
                new ScriptStep.Answers(TimeSpan.FromSeconds(1)), new ScriptStep.Waits(TimeSpan.FromSeconds(8)), new ScriptStep.Presses("1"),
                new ScriptStep.Waits(TimeSpan.FromSeconds(60)),
            ],
        });
        var started = await proving.StartAsync(service, "call");
        started["channel"].Should().Be("call");

        await proving.AdvanceAsync(90);

        var heard = await proving.DoAsync(() => proving.Rest.Handsets.Of(Proving.Phone).Heard.Select(h => h.Words).ToList());
        heard.Should().HaveCount(3);
        heard[0].Should().Contain("press any key");
        heard[1].Should().MatchRegex("^Your Acme verification code is: [0-9](, [0-9]){5}\\.$").And.Be(heard[2]);
        var codes = await proving.CodesAsync();
        codes.Should().HaveCount(2);
        (codes[0].Channel, codes[0].Service).Should().Be(("call", "Acme"));
        (await proving.CheckAsync(service, codes[0].Code))["status"].Should().Be("approved");
    }

    [Fact]
    public async Task Who_presses_no_key_hears_no_code()
    {
        await using var proving = new Proving();
        await proving.StartAsync(await proving.ServiceAsync(), "call");
        await proving.AdvanceAsync(60);
        (await proving.CodesAsync()).Should().BeEmpty();
        (await proving.AttemptsAsync())[0].GetProperty("channel_data").GetProperty("call_status").GetString().Should().Be("completed");
    }

    [Fact]
    public async Task A_call_follows_a_text_under_the_same_sid_and_code()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync("DtmfInputRequired", "false");
        var text = await proving.StartAsync(service);
        var code = await proving.CodeAsync();
        var call = await proving.StartAsync(service, "call");
        (call["sid"], call["channel"]).Should().Be((text["sid"], "call"));
        await proving.AdvanceAsync(60);
        (await proving.CodesAsync()).Select(c => c.Code).Should().OnlyContain(c => c == code).And.HaveCount(3);
    }

    [Fact]
    public async Task WhatsApp_brings_the_code_to_the_same_phone()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync();
        await proving.StartAsync(service, "whatsapp");
        var text = await proving.TextAsync();
        text.Body.Should().MatchRegex("^[0-9]{6} is your verification code\\.$");
        text.From.Should().StartWith("whatsapp:+");
        (await proving.CodesAsync())[0].Channel.Should().Be("whatsapp");
    }

    [Theory]
    [InlineData("rcs")]
    [InlineData("auto")]
    public async Task Where_rcs_is_asked_for_the_code_goes_by_SMS_and_that_is_said(string channel)
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync();
        await proving.StartAsync(service, channel);
        await proving.TextAsync();
        (await proving.CodesAsync())[0].Channel.Should().Be("sms");
        (await proving.Rest.EntriesAsync("warning")).Should().ContainSingle().Which.ToJson().Should().Contain("none by RCS");
    }

    /// <remarks>twilio.com/docs/api/errors/60217, 60253.</remarks>
    [Fact]
    public async Task E_mail_goes_out_by_the_services_mailer_and_without_one_not_at_all()
    {
        await using var proving = new Proving();
        Task<RestAnswer> StartAsync(string at) => proving.PostAsync($"{at}/Verifications", "To", "ann@example.com", "Channel", "email");
        var service = await proving.ServiceAsync();
        var refused = await StartAsync(service);
        (refused.Status, refused.Code, refused["message"]).Should().Be((400, 60217, "A Mailer must be associated with the service"));

        (await proving.PostAsync(service, "Email.From", "hi@acme.test")).Code.Should().Be(60253, "a mailer is set up whole");
        (await proving.PostAsync(service, Mailer)).Status.Should().Be(200);
        (await proving.PostAsync(service, "Email.FromName", "Acme & Sons")).Status.Should().Be(200, "and may be changed in part");
        (await StartAsync(service)).Status.Should().Be(201);
        var mail = (await proving.MailAsync("ann@example.com")).Should().ContainSingle().Which;
        (mail.From, mail.FromName, mail.TemplateId).Should().Be(("codes@acme.test", "Acme & Sons", "d-9"));

        (await proving.PostAsync(service, "Email.From", "")).Code.Should().Be(60253);
        (await proving.PostAsync(service, "Email.From", "", "Email.FromName", "", "Email.ContentTemplateId", "")).Status.Should().Be(200);
        (await StartAsync(service)).Code.Should().Be(60217);
    }

    [Fact]
    public async Task An_email_lies_in_its_mailbox_with_the_code()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync(Mailer);
        var started = await proving.PostAsync(
            $"{service}/Verifications", "To", "Ann@Example.com", "Channel", "email", "ChannelConfiguration",
            """{"template_id":"d-1","from":"hello@acme.test","from_name":"Acme Inc"}""");
        started.Status.Should().Be(201);

        var mail = (await proving.MailAsync("ann@example.com")).Should().ContainSingle().Which;

        (mail.From, mail.FromName, mail.TemplateId).Should().Be(("hello@acme.test", "Acme Inc", "d-1"));
        mail.Variables["twilio_code"].Should().MatchRegex("^[0-9]{6}$");
        mail.Body.Should().Be($"Your Acme verification code is: {mail.Code!.Code}");
        (await proving.CheckAsync(service, mail.Code.Code, "To", "ann@example.com"))["status"].Should().Be("approved");
    }

    [Fact]
    public async Task Each_sending_is_an_attempt_and_the_last_one_converts()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync();
        var started = await proving.StartAsync(service);
        await proving.StartAsync(service, "whatsapp");
        await proving.CheckAsync(service, await proving.CodeAsync());

        var attempts = await proving.AttemptsAsync($"?VerificationSid={started["sid"]}");

        attempts.Select(
            a => $"{a.GetProperty("channel")} {a.GetProperty("conversion_status")} "
                + $"{a.GetProperty("channel_data").GetProperty("message_status")}")
            .Should().Equal("whatsapp converted delivered", "sms unconverted delivered");
        (await proving.AttemptsAsync("?Status=converted")).Should().ContainSingle();
        (await proving.AttemptsAsync("?ChannelData.To=%2B14155550111")).Should().BeEmpty();
        var summary = await proving.GetAsync("/v2/Attempts/Summary");
        (summary["total_attempts"], summary["total_converted"], summary["total_unconverted"], summary["conversion_rate_percentage"])
            .Should().Be(("2", "1", "1", "50"));
        (await proving.GetAsync($"/v2/Attempts/{attempts[1].GetProperty("sid")}")).Json.GetProperty("price")
            .GetProperty("value").GetString()
            .Should().NotBe("0");
    }

    [Fact]
    public async Task A_text_that_does_not_arrive_is_told_in_its_attempt()
    {
        await using var proving = new Proving();
        await proving.BehaveAsync(new HandsetBehaviour { Texts = new DeliveryReport(DeliveryOutcome.Undelivered, 30008) });
        await proving.StartAsync(await proving.ServiceAsync());
        await proving.AdvanceAsync(2);
        var data = (await proving.AttemptsAsync())[0].GetProperty("channel_data");
        (data.GetProperty("message_status").GetString(), data.GetProperty("error_code").GetString()).Should().Be(("undelivered", "30008"));
    }

    [Fact]
    public async Task The_carrier_is_looked_up_where_the_service_asks_for_it()
    {
        await using var proving = new Proving();
        proving.Rest.Facts[Proving.Phone] = new NumberFacts { LineType = "landline", Carrier = "Acme Tel" };
        var service = await proving.ServiceAsync("LookupEnabled", "true");
        var carrier = (await proving.StartAsync(service)).Json.GetProperty("lookup").GetProperty("carrier");
        (carrier.GetProperty("type").GetString(), carrier.GetProperty("name").GetString()).Should().Be(("landline", "Acme Tel"));
    }
}
