using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Messaging.Tests.Channels;
using TwilioEmu.Messaging.Tests.Services;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Tests;

/// <summary>Every documented code that a message may end with after it was taken, with what causes it.</summary>
public sealed class EndingCodesTests : IAsyncDisposable
{
    private const string Phone = MessagingHouse.Phone;
    private const string Number = MessagingHouse.Number;
    private const string Slow = "+14155550105";
    private const string TollFree = "+18335550100";
    private const string Landline = "+14155550150";

    private readonly MessagingHouse _house = new("http://app/sms");

    public EndingCodesTests() => _house.Do(() =>
    {
        _house.Rest.Facts[Landline] = new NumberFacts { LineType = "landline" };
        // Ten hours of traffic are one segment.
        _house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = Slow, MessagesPerSecond = 1.0 / 36_000 });
        _house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = TollFree });
    });

    public ValueTask DisposeAsync() => _house.DisposeAsync();

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
    [InlineData(63003)]
    [InlineData(63006)]
    [InlineData(63007)]
    [InlineData(63015)]
    [InlineData(63016)]
    [InlineData(63019)]
    [InlineData(63021)]
    [InlineData(63024)]
    [InlineData(63034)]
    [InlineData(63027)]
    [InlineData(63030)]
    [InlineData(63035)]
    [InlineData(63036)]
    [InlineData(63040)]
    [InlineData(63041)]
    [InlineData(63042)]
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
        ends.Select(e => (e.Subject, Code: MessagingHouse.Data(e).GetProperty("error_code").GetInt32()))
            .Should().ContainSingle(e => sid == "" || e.Subject == sid).Which.Code.Should().Be(code);
        if (sid.Length > 0 && code != 30002)
        {
            (await ChannelHouse.FetchAsync(_house, sid))["error_message"].Should().Be(Rest.Errors.ErrorCodes.Find(code)!.Title);
        }
    }

    private async Task<string> CauseAsync(int code)
    {
        _house.App.RefusesBadSignatures = false;
        _house.App.On("/page", new AppAnswer(200, "text/html", "x"))
            .On("/gone", new AppAnswer(404, null, "")).On("/big", new AppAnswer(200, "image/png", new string('x', 6_000_000)));
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
            case 63003:
                return await OnChannelAsync(ChannelHouse.WhatsApp, "whatsapp:" + Slow, "Body", "x");
            case 63006:
                var list = await ChannelHouse.TemplateAsync(
                    _house, """{"twilio/list-picker":{"body":"x","button":"x","items":[{"id":"1","item":"x"}]}}""", "{}");
                return (await _house.Rest.PostAsync("Messages.json", "To", Phone, "From", Number, "ContentSid", list))["sid"]!;
            case 63007:
                ChannelHouse.AddSender(_house, "whatsapp:+14155550107", status: "OFFLINE");
                return await OnChannelAsync("whatsapp:+14155550107", ChannelHouse.Person, "Body", "x");
            case 63015:
                ChannelHouse.AddSender(_house, "whatsapp:+14155238886", join: "owl");
                return await OnChannelAsync("whatsapp:+14155238886", ChannelHouse.Person, "Body", "x");
            case 63016:
                return await OnChannelAsync(ChannelHouse.WhatsApp, ChannelHouse.Person, "Body", "x");
            case 63019 or 63021 or 63034:
                ChannelHouse.AddSender(_house);
                ChannelHouse.Write(_house, "hi");
                _house.App.On("/huge", new AppAnswer(200, "image/png", new string('x', 17_000_000)));
                return (await ChannelHouse.SendAsync(
                    _house, "MediaUrl",
                    code switch { 63019 => "http://app/gone", 63021 => "http://app/page", _ => "http://app/huge" }))["sid"]!;
            case 63024:
                _house.Do(() => _house.Rest.Handsets.Configure(Phone, new HandsetBehaviour { HasWhatsApp = false }));
                return await OnChannelAsync(
                    ChannelHouse.WhatsApp, ChannelHouse.Person, "ContentSid",
                    await ChannelHouse.TemplateAsync(_house, approval: "approved"));
            case 63027:
                return await OnChannelAsync(ChannelHouse.WhatsApp, ChannelHouse.Person, "ContentSid",
                    await ChannelHouse.TemplateAsync(_house, """{"twilio/card":{"title":"x","subtitle":"y"}}""", "{}"));
            case 63030:
                ChannelHouse.AddSender(_house, ChannelHouse.Agent);
                return await OnChannelAsync(
                    ChannelHouse.Agent, "rcs:" + Phone, "Body", "x", "PersistentAction", "geo:37.787890,-122.391664");
            case 63035:
                ChannelHouse.AddSender(_house, ChannelHouse.Agent, status: "TWILIO_REVIEW");
                return await OnChannelAsync(ChannelHouse.Agent, "rcs:" + Phone, "Body", "x");
            case 63036:
                ChannelHouse.AddSender(_house, ChannelHouse.Agent);
                _house.Do(() => _house.Rest.Handsets.Configure(Phone, new HandsetBehaviour { HasRcs = false }));
                return await OnChannelAsync(ChannelHouse.Agent, "rcs:" + Phone, "Body", "x");
            case 63040 or 63041 or 63042:
                var word = code switch { 63040 => "rejected", 63041 => "paused", _ => "disabled" };
                return await OnChannelAsync(
                    ChannelHouse.WhatsApp, ChannelHouse.Person, "ContentSid", await ChannelHouse.TemplateAsync(_house, approval: word));
            case 30011:
                return (await _house.Rest.PostAsync(
                    "Messages.json", "To", "+447700900123", "From", Number, "MediaUrl", "http://app/a.png"))["sid"]!;
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

    /// <summary>What carriers and channels say of a text is the phone's to say: every code of theirs reaches the app.</summary>
    [Fact]
    public async Task A_carriers_code_reaches_the_app_whatever_it_is()
    {
        _house.App.On("/status", FakeApp.Empty);
        foreach (var code in Rest.Errors.ErrorCodes.All.Select(c => c.Code).Where(c => c is >= 30001 and < 30700 or >= 63000 and < 63100))
        {
            var outcome = code % 2 == 0 ? DeliveryOutcome.Undelivered : DeliveryOutcome.Failed;
            _house.Behave(new DeliveryReport(outcome, code));
            var sid = (await _house.PostAsync("x", "StatusCallback", "http://app/status"))["sid"]!;
            await _house.AdvanceAsync(5);
            var ended = await ChannelHouse.FetchAsync(_house, sid);
            (ended["status"], ended["error_code"], ended["error_message"]).Should()
                .Be((outcome == DeliveryOutcome.Failed ? "failed" : "undelivered", $"{code}", Rest.Errors.ErrorCodes.Find(code)!.Title));
            _house.App.Requests[^1]["ErrorCode"].Should().Be($"{code}");
        }
    }

    [Fact]
    public async Task A_landline_is_found_out_after_acceptance_where_a_service_sends_or_delivery_is_forced()
    {
        var service = await ServiceHouse.CreateAsync(_house, Number);
        var accepted = await _house.Rest.PostAsync("Messages.json", "To", Landline, "MessagingServiceSid", service, "Body", "x");
        var forced = await _house.Rest.PostAsync(
            "Messages.json", "To", Landline, "From", Number, "Body", "x", "ForceDelivery", "true");
        await _house.AdvanceAsync(10);
        foreach (var sid in (string[])[accepted["sid"]!, forced["sid"]!])
        {
            (await ChannelHouse.FetchAsync(_house, sid))["error_code"].Should().Be("30006");
        }
    }

    private async Task<string> OnChannelAsync(string from, string to, params string[] pairs)
    {
        if (from == ChannelHouse.WhatsApp) ChannelHouse.AddSender(_house);
        var sent = await _house.Rest.PostAsync("Messages.json", ["To", to, "From", from, .. pairs]);
        sent.Status.Should().Be(201, sent.Body);
        return sent["sid"]!;
    }

    private Task<RestAnswer> SendAsync(string from) => _house.Rest.PostAsync("Messages.json", "To", Phone, "From", from, "Body", "x");

    private async Task<string> SendThroughAsync(string service) =>
        (await _house.Rest.PostAsync("Messages.json", "To", Phone, "MessagingServiceSid", service, "Body", "x"))["sid"]!;

    private void Text(string to, string body) => _house.Do(() => _house.Rest.Handsets.Text(Phone, to, body, []));
}
