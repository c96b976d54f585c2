using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Messaging.Tests.Services;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Messaging.Tests;

/// <summary>Every documented code that messaging can give, with what causes it: the one table.</summary>
public sealed class ErrorTableTests : IAsyncDisposable
{
    private const string Phone = MessagingHouse.Phone;
    private const string Number = MessagingHouse.Number;
    private const string Slow = "+14155550105";
    private const string TollFree = "+18335550100";
    private const string Trial = "AC00000000000000000000000000000003";

    private readonly MessagingHouse _house = new("http://app/sms");

    public ErrorTableTests() => _house.Do(() =>
    {
        _house.Rest.Accounts.Create(
            new AccountSpec { Sid = new("AC00000000000000000000000000000002"), AuthToken = "x", FriendlyName = "Other" });
        _house.Rest.Numbers.Add(new("AC00000000000000000000000000000002"), new PhoneNumberSpec { Number = "+14155550102" });
        _house.Rest.Accounts.Create(
            new AccountSpec { Sid = new(Trial), AuthToken = "t", FriendlyName = "Trial", IsTrial = true, LacksMms = true });
        _house.Rest.Numbers.CallerIds.Add(new(Trial), "+14155550198");
        _house.Rest.Numbers.Add(new(Trial), new PhoneNumberSpec { Number = "+14155550103" });
        foreach (var (number, line) in new[] { ("+14155550150", "landline"), ("+14155550151", "pager"), ("+19005550190", "premium") })
        {
            _house.Rest.Facts[number] = new NumberFacts { LineType = line };
        }
        // Ten hours of traffic are one segment.
        _house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = Slow, MessagesPerSecond = 1.0 / 36_000 });
        _house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = "72727" });
        _house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = "62626", Country = "GB" });
        foreach (var number in new[] { TollFree, "+447700900100", "+442079460100" })
        {
            _house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = number });
        }
    });

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData(21604, "From=+14155550100&Body=x")]
    [InlineData(21603, "To=+14155550199&Body=x")]
    [InlineData(21619, "To=+14155550199&From=+14155550100")]
    [InlineData(21617, "To=+14155550199&From=+14155550100&Body=1601")]
    [InlineData(21620, "To=+14155550199&From=+14155550100&MediaUrl=ftp://x/a.png")]
    [InlineData(21623, "To=+14155550199&From=+14155550100&MediaUrl=11")]
    [InlineData(21621, "To=+14155550199&From=+447700900100&MediaUrl=http://app/a.png")]
    [InlineData(21621, "To=+14155550199&From=+447700900100&Body=x&SendAsMms=true")]
    [InlineData(21211, "To=nobody&From=+14155550100&Body=x")]
    [InlineData(21211, "To=+999123456789&From=+14155550100&Body=x")]
    [InlineData(21211, "To=+4412345&From=+14155550100&Body=x")]
    [InlineData(21212, "To=+14155550199&From=+999123456789&Body=x")]
    [InlineData(21265, "To=12345&From=+14155550100&Body=x")]
    [InlineData(21212, "To=+14155550199&From=not a number&Body=x")]
    [InlineData(21266, "To=+14155550100&From=+14155550100&Body=x")]
    [InlineData(21659, "To=+14155550199&From=+14155559999&Body=x")]
    [InlineData(21659, "To=+447700900123&From=72727&Body=x")]
    [InlineData(21659, "To=+14155550199&From=62626&Body=x")]
    [InlineData(21660, "To=+14155550199&From=+14155550102&Body=x")]
    [InlineData(21661, "To=+14155550199&From=+442079460100&Body=x")]
    [InlineData(21612, "To=+14155550199&From=ACME&Body=x")]
    [InlineData(21612, "To=+16045550199&From=ACME&Body=x")]
    [InlineData(21910, "To=whatsapp:+14155550199&From=+14155550100&Body=x")]
    [InlineData(63007, "To=whatsapp:+14155550199&From=whatsapp:+14155550100&Body=x")]
    [InlineData(21609, "To=+14155550199&From=+14155550100&Body=x&StatusCallback=http://under_score/x")]
    [InlineData(63031, "To=whatsapp:+14155550100&From=whatsapp:+14155550100&Body=x")]
    [InlineData(21267, "To=+447700900123&From=ACME&Body=x", true)]
    [InlineData(21622, "To=+14155550198&From=+14155550103&MediaUrl=http://app/a.png", true)]
    [InlineData(21608, "To=+14155550199&From=+14155550103&Body=x", true)]
    [InlineData(21408, "To=+819012345678&From=+14155550100&Body=x")]
    [InlineData(21408, "To=+989121234567&From=+14155550100&Body=x")]
    [InlineData(21408, "To=+963944567890&From=+14155550100&Body=x")]
    [InlineData(21408, "To=+5351234567&From=+14155550100&Body=x")]
    [InlineData(21268, "To=+19005550190&From=+14155550100&Body=x")]
    [InlineData(21635, "To=+14155550150&From=+14155550100&Body=x")]
    [InlineData(21614, "To=+14155550151&From=+14155550100&Body=x")]
    [InlineData(21664, "To=+14155550199&From=+14155550100&Body=x&FallbackFrom=+18335550100")]
    [InlineData(21665, "To=+14155550199&MessagingServiceSid=OURS&Body=x&FallbackFrom=+14155559999")]
    [InlineData(21666, "To=+14155550199&Body=x&FallbackFrom=+14155550100")]
    [InlineData(21667, "To=+14155550199&MessagingServiceSid=OURS&Body=x&FallbackFrom=+14155550100")]
    [InlineData(30124, "To=+14155550199&From=+14155550100&Body=x&ShortenUrls=true")]
    [InlineData(30029, "To=+14155550199&From=+14155550100&Body=x&ContentRetention=burn")]
    [InlineData(30030, "To=+14155550199&From=+14155550100&Body=x&AddressRetention=burn")]
    [InlineData(20001, "To=+14155550199&From=+14155550100&Body=x&ForceDelivery=maybe")]
    [InlineData(20001, "To=+14155550199&From=+14155550100&Body=x&RiskCheck=maybe")]
    [InlineData(20001, "To=+14155550199&From=+14155550100&Body=x&Attempt=first")]
    [InlineData(21218, "To=+14155550199&From=+14155550100&Body=x&ApplicationSid=AP00000000000000000000000000000000")]
    [InlineData(21624, "To=+14155550199&From=+14155550100&Body=x&ValidityPeriod=36001")]
    [InlineData(21627, "To=+14155550199&From=+14155550100&Body=x&MaxPrice=cheap")]
    [InlineData(21654, "To=+14155550199&From=+14155550100&Body=x&ContentVariables={}")]
    [InlineData(21655, "To=+14155550199&From=+14155550100&ContentSid=HX00000000000000000000000000000000")]
    [InlineData(21656, "To=+14155550199&From=+14155550100&ContentSid=HX00000000000000000000000000000000&ContentVariables=no")]
    [InlineData(21701, "To=+14155550199&MessagingServiceSid=MG00000000000000000000000000000000&Body=x")]
    [InlineData(21705, "To=+14155550199&MessagingServiceSid=MG1&Body=x")]
    [InlineData(21704, "To=+14155550199&MessagingServiceSid=EMPTY&Body=x")]
    [InlineData(21711, "To=+14155550199&MessagingServiceSid=OURS&From=+18335550100&Body=x")]
    [InlineData(35118, "To=+14155550199&From=+14155550100&Body=x&ScheduleType=fixed&SendAt=2026-01-05T10:00:00Z")]
    [InlineData(35111, "To=+14155550199&MessagingServiceSid=OURS&Body=x&ScheduleType=fixed")]
    [InlineData(35126, "To=+14155550199&MessagingServiceSid=OURS&Body=x&ScheduleType=soon&SendAt=2026-01-05T10:00:00Z")]
    [InlineData(35114, "To=+14155550199&MessagingServiceSid=OURS&Body=x&ScheduleType=fixed&SendAt=2026-01-05T09:04:59Z")]
    public async Task A_create_is_refused_with_its_code(int code, string form, bool isTrial = false)
    {
        await SwitchOffJapanAsync();
        var (ours, empty) = (await ServiceHouse.CreateAsync(_house, Number), await ServiceHouse.CreateAsync(_house));
        var pairs = form.Split('&').Select(p => (Name: p[..p.IndexOf('=')], Value: p[(p.IndexOf('=') + 1)..])).SelectMany(p => p switch
        {
            ("Body", "1601") => ["Body", new string('x', 1601)],
            ("MediaUrl", "11") => Enumerable.Repeat(new[] { "MediaUrl", "http://app/a.png" }, 11).SelectMany(m => m),
            ("MessagingServiceSid", "OURS") => ["MessagingServiceSid", ours],
            ("MessagingServiceSid", "EMPTY") => ["MessagingServiceSid", empty],
            _ => (IEnumerable<string>)[p.Name, p.Value],
        });
        var answer = await _house.Rest.SendAsync(
            "POST", $"/2010-04-01/Accounts/{(isTrial ? Trial : Testing.Rest.RestWorld.Account)}/Messages.json",
            string.Join('&', pairs.Chunk(2).Select(p => $"{p[0]}={Uri.EscapeDataString(p[1])}")), "application/x-www-form-urlencoded",
            isTrial ? Trial : Testing.Rest.RestWorld.Account, isTrial ? "t" : Testing.Rest.RestWorld.Token);
        (answer.Status, answer.Code).Should().Be((400, code), answer.Body);
    }

    private Task SwitchOffJapanAsync() => _house.Rest.SendAsync(
        "PATCH", "/v1/Messaging/GeoPermissions", "Permissions=" + Uri.EscapeDataString(
            """{"country_code":"JP","type":"country","enabled":false}"""), "application/x-www-form-urlencoded",
            host: "accounts.twilio.com");

    [Fact]
    public async Task A_full_queue_is_21611_for_a_sender_that_is_named()
    {
        (await SendAsync(Slow)).Status.Should().Be(201);
        (await SendAsync(Slow)).Code.Should().Be(21611);
    }

    [Fact]
    public async Task Who_has_opted_out_is_21610()
    {
        _house.TextIn("STOP");
        (await SendAsync(Number)).Code.Should().Be(21610);
    }

    [Theory]
    [InlineData(14101, "<Message to='nobody'>x</Message>")]
    [InlineData(14101, "<Message to='+14155550100'>x</Message>")]
    [InlineData(14101, "<Message to='+999123456789'>x</Message>")]
    [InlineData(14102, "<Message from='nobody'>x</Message>")]
    [InlineData(14103, "<Message/>")]
    [InlineData(14104, "<Message method='PUT'>x</Message>")]
    [InlineData(14105, "<Message statusCallback='ftp://x'>x</Message>")]
    [InlineData(14106, "<Redirect/>")]
    [InlineData(14108, "<Message from='+14155559999'>x</Message>")]
    [InlineData(14109, "11")]
    [InlineData(12200, "<Say>x</Say>")]
    [InlineData(12100, "<Message>")]
    [InlineData(21623, "media")]
    public async Task An_answer_to_a_text_is_an_alert_with_its_code(int code, string verbs)
    {
        verbs = verbs switch
        {
            "11" => string.Concat(Enumerable.Repeat("<Message>x</Message>", 11)),
            "media" => $"<Message>{string.Concat(Enumerable.Repeat("<Media>http://app/a.png</Media>", 11))}</Message>",
            _ => verbs,
        };
        _house.App.On("/sms", FakeApp.Twiml($"<Response>{verbs}</Response>"));
        _house.TextIn("hello?");
        await _house.AdvanceAsync(20);
        (await _house.AlertsAsync()).Distinct().Should().Equal(code);
    }

    /// <summary>twilio.com/docs/api/errors: each page of 14101 to 14109 says its log type; 14107's alone says ERROR.</summary>
    [Theory]
    [InlineData(14101, "<Message to='nobody'>x</Message>", "warning")]
    [InlineData(14103, "<Message/>", "warning")]
    [InlineData(14104, "<Message method='PUT'>x</Message>", "warning")]
    [InlineData(14107, "<Message>ping</Message>", "error")]
    public async Task A_fault_in_a_reply_is_a_warning_and_a_loop_of_replies_an_error(int code, string verbs, string level)
    {
        _house.App.On("/sms", FakeApp.Twiml($"<Response>{verbs}</Response>"));
        for (var i = 0; i < 32; i++)
        {
            _house.TextIn("hello?");
            await _house.AdvanceAsync(2);
        }
        (await _house.Rest.EntriesAsync("alert")).Select(MessagingHouse.Data).Where(a => a.GetProperty("code").GetInt32() == code)
            .Select(a => a.GetProperty("level").GetString()).Distinct().Should().Equal(level);
    }

    [Theory]
    [InlineData(11321, "app/sms", "POST")]
    [InlineData(11322, "http://app/sms", "PUT")]
    public async Task A_service_whose_webhook_cannot_be_asked_is_a_warning_with_its_code_and_its_fallback_is_asked(
        int code, string url, string method)
    {
        // The API refuses both; whoever puts a world's resources in place may not have looked.
        const string Sid = "MG0000000000000000000000000000000a";
        _house.App.On("/fallback", FakeApp.Twiml("<Response><Message>from the fallback</Message></Response>"));
        _house.Do(() =>
        {
            using var json = System.Text.Json.JsonDocument.Parse($$"""
                {"sid":"{{Sid}}","friendly_name":"Ours","inbound_request_url":"{{url}}","inbound_method":"{{method}}","fallback_url":"http://app/fallback","use_inbound_webhook_on_number":false}
                """);
            _house.Rest.Door.PutResource(AccountBook.DefaultSid, "messaging", $"/v1/Services/{Sid}", json.RootElement).Should().BeNull();
        });
        (await ServiceHouse.JoinAsync(_house, Sid, Number)).Status.Should().Be(201);
        _house.TextIn("hello?");
        await _house.AdvanceAsync(5);
        (await _house.AlertsAsync()).Should().Equal(code);
        _house.App.Requests.Where(r => r.Request.Url.AbsolutePath == "/sms").Should().BeEmpty();
        _house.App.Requests
            .Should().ContainSingle(r => r.Request.Url.AbsolutePath == "/fallback").Which["ErrorCode"].Should().Be($"{code}");
        _house.Received().Should().Equal("from the fallback");
    }

    [Fact]
    public async Task One_scheduled_message_too_many_is_35125()
    {
        await using var house = new MessagingHouse(maxScheduled: 1);
        var service = await ServiceHouse.CreateAsync(house, Number);
        Task<RestAnswer> ScheduleAsync() =>
            house.Rest.PostAsync(
                "Messages.json", "To", Phone, "MessagingServiceSid", service, "Body", "x", "ScheduleType", "fixed", "SendAt",
                "2026-01-05T10:00:00Z");
        (await ScheduleAsync()).Status.Should().Be(201);
        (await ScheduleAsync()).Code.Should().Be(35125);
    }

    private Task<RestAnswer> SendAsync(string from) => _house.Rest.PostAsync("Messages.json", "To", Phone, "From", from, "Body", "x");
}
