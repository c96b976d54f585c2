using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Messaging.Tests.Services;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Tests;

/// <summary>Every documented code that messaging can give, with what causes it: the one table.</summary>
public sealed class ErrorTableTests : IAsyncDisposable
{
    private const string Phone = MessagingHouse.Phone;
    private const string Number = MessagingHouse.Number;
    private const string Slow = "+14155550105";
    private const string TollFree = "+18335550100";

    private readonly MessagingHouse _house = new("http://app/sms");

    public ErrorTableTests() => _house.Do(() =>
    {
        _house.Rest.Accounts.Create(new AccountSpec { Sid = new("AC00000000000000000000000000000002"), AuthToken = "x", FriendlyName = "Other" });
        _house.Rest.Numbers.Add(new("AC00000000000000000000000000000002"), new PhoneNumberSpec { Number = "+14155550102" });
        // Ten hours of traffic are one segment.
        _house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = Slow, MessagesPerSecond = 1.0 / 36_000 });
        foreach (var number in new[] { TollFree, "+447700900100", "+442079460100" }) _house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = number });
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
    [InlineData(21211, "To=nobody&From=+14155550100&Body=x")]
    [InlineData(21265, "To=12345&From=+14155550100&Body=x")]
    [InlineData(21212, "To=+14155550199&From=not a number&Body=x")]
    [InlineData(21266, "To=+14155550100&From=+14155550100&Body=x")]
    [InlineData(21606, "To=+14155550199&From=+14155559999&Body=x")]
    [InlineData(21660, "To=+14155550199&From=+14155550102&Body=x")]
    [InlineData(21661, "To=+14155550199&From=+442079460100&Body=x")]
    [InlineData(21612, "To=+14155550199&From=ACME&Body=x")]
    [InlineData(21910, "To=whatsapp:+14155550199&From=+14155550100&Body=x")]
    [InlineData(63007, "To=whatsapp:+14155550199&From=whatsapp:+14155550100&Body=x")]
    [InlineData(21609, "To=+14155550199&From=+14155550100&Body=x&StatusCallback=http://under_score/x")]
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
    [InlineData(35114, "To=+14155550199&MessagingServiceSid=OURS&Body=x&ScheduleType=fixed&SendAt=2026-01-05T09:10:00Z")]
    public async Task A_create_is_refused_with_its_code(int code, string form)
    {
        var (ours, empty) = (await ServiceHouse.CreateAsync(_house, Number), await ServiceHouse.CreateAsync(_house));
        var pairs = form.Split('&').Select(p => (Name: p[..p.IndexOf('=')], Value: p[(p.IndexOf('=') + 1)..])).SelectMany(p => p switch
        {
            ("Body", "1601") => ["Body", new string('x', 1601)],
            ("MediaUrl", "11") => Enumerable.Repeat(new[] { "MediaUrl", "http://app/a.png" }, 11).SelectMany(m => m),
            ("MessagingServiceSid", "OURS") => ["MessagingServiceSid", ours],
            ("MessagingServiceSid", "EMPTY") => ["MessagingServiceSid", empty],
            _ => (IEnumerable<string>)[p.Name, p.Value],
        });
        var answer = await _house.Rest.PostAsync("Messages.json", [.. pairs]);
        (answer.Status, answer.Code).Should().Be((400, code));
    }

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
    [InlineData(30001)]
    [InlineData(30002)]
    [InlineData(30003)]
    [InlineData(30004)]
    [InlineData(30005)]
    [InlineData(30006)]
    [InlineData(30007)]
    [InlineData(30008)]
    [InlineData(30011)]
    [InlineData(30036)]
    [InlineData(30630)]
    [InlineData(21702)]
    [InlineData(21703)]
    [InlineData(11200)]
    [InlineData(11751)]
    [InlineData(12300)]
    [InlineData(14107)]
    public async Task A_message_that_was_taken_ends_with_its_code(int code)
    {
        var sid = await CauseAsync(code);
        await _house.AdvanceAsync(20);
        // A closed account's messages are nobody's to fetch: the journal tells of them all.
        var ends = (await _house.Rest.EntriesAsync("message.failed")).Concat(await _house.Rest.EntriesAsync("message.undelivered"));
        ends.Select(e => (e.Subject, Code: MessagingHouse.Data(e).GetProperty("error_code").GetInt32())).Should().ContainSingle(e => sid == "" || e.Subject == sid).Which.Code.Should().Be(code);
    }

    [Theory]
    [InlineData(14101, "<Message to='nobody'>x</Message>")]
    [InlineData(14101, "<Message to='+14155550100'>x</Message>")]
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

    private async Task<string> CauseAsync(int code)
    {
        _house.App.RefusesBadSignatures = false;
        _house.App.On("/page", new AppAnswer(200, "text/html", "x")).On("/gone", new AppAnswer(404, null, "")).On("/big", new AppAnswer(200, "image/png", new string('x', 6_000_000)));
        switch (code)
        {
            case 30001:
                var slow = await ServiceHouse.CreateAsync(_house, Slow);
                await SendThroughAsync(slow);
                return await SendThroughAsync(slow);
            case 30002:
                var waiting = (await SendAsync(Slow))["sid"]!;
                var second = (await SendAsync(Number))["sid"]!;
                _house.Do(() => _house.Messaging.Outbox.Close(AccountBook.DefaultSid, 0));
                second.Should().NotBe(waiting);
                return waiting;
            case 30004:
                Text(TollFree, "STOP");
                Text(TollFree, "YES");
                return (await SendAsync(TollFree))["sid"]!;
            case >= 30003 and <= 30008:
                _house.Behave(new DeliveryReport(DeliveryOutcome.Undelivered, code));
                return (await SendAsync(Number))["sid"]!;
            case 30011:
                return (await _house.Rest.PostAsync("Messages.json", "To", "+447700900123", "From", Number, "MediaUrl", "http://app/a.png"))["sid"]!;
            case 30036:
                await SendAsync(Number);
                return (await _house.PostAsync("x", "ValidityPeriod", "1"))["sid"]!;
            case 30630:
                var service = await ServiceHouse.CreateAsync(_house, Number);
                _house.TextIn("STOP");
                return await SendThroughAsync(service);
            case 21702:
                var gone = await ServiceHouse.CreateAsync(_house, Number);
                var late = await SendThroughAsync(gone);
                await _house.Rest.SendAsync("DELETE", $"/v1/Services/{gone}", null, null, host: "messaging.twilio.com");
                return late;
            case 21703:
                return await SendThroughAsync(await ServiceHouse.CreateAsync(_house, "ACME"));
            case 11200 or 11751 or 12300:
                var url = code switch { 11200 => "http://app/gone", 11751 => "http://app/big", _ => "http://app/page" };
                return (await _house.PostAsync("x", "MediaUrl", url))["sid"]!;
            case 14107:
                _house.App.On("/sms", FakeApp.Twiml("<Response><Message>ping</Message></Response>"));
                for (var i = 0; i < 31; i++) _house.TextIn("pong");
                return "";
            default:
                throw new InvalidOperationException($"nothing is known to cause {code}");
        }
    }

    private Task<RestAnswer> SendAsync(string from) => _house.Rest.PostAsync("Messages.json", "To", Phone, "From", from, "Body", "x");

    private async Task<string> SendThroughAsync(string service) => (await _house.Rest.PostAsync("Messages.json", "To", Phone, "MessagingServiceSid", service, "Body", "x"))["sid"]!;

    private void Text(string to, string body) => _house.Do(() => _house.Rest.Handsets.Text(Phone, to, body, []));
}
