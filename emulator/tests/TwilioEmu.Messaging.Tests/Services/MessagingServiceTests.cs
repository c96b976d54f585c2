using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Messaging.Tests.Services;

public sealed class MessagingServiceTests : IAsyncDisposable
{
    private const string SanFrancisco = MessagingHouse.Number;
    private const string NewYork = "+12125550101";
    private const string Chicago = "+13125550102";
    private const string Britain = "+447700900100";
    private const string TollFree = "+18335550103";
    private const string ShortCode = "12345";

    private readonly MessagingHouse _house = new();

    public MessagingServiceTests() => _house.Do(() =>
    {
        foreach (var number in new[] { NewYork, Chicago, Britain, TollFree, ShortCode })
        {
            _house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = number });
        }
    });

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_pool_holds_four_hundred_senders()
    {
        var service = await ServiceHouse.CreateAsync(_house);
        for (var i = 0; i < 400; i++) (await _house.Rest.PostMessagingAsync($"/v1/Services/{service}/AlphaSenders", "AlphaSender", $"A{i}")).Status.Should().Be(201);
        var full = await _house.Rest.PostMessagingAsync($"/v1/Services/{service}/AlphaSenders", "AlphaSender", "A400");
        (full.Status, full.Code, full["message"]).Should().Be((412, 21714, "Number Pool size limit reached"), "mozilla/fx-private-relay#2709");
    }

    [Fact]
    public async Task A_message_is_accepted_without_a_sender_and_queued_with_one()
    {
        _house.App.On("/status", FakeApp.Empty);
        var service = await ServiceHouse.CreateAsync(_house, SanFrancisco);
        var accepted = await SendAsync(service, MessagingHouse.Phone, "StatusCallback", "http://app/status");
        (accepted["status"], accepted["from"], accepted["num_segments"], accepted["messaging_service_sid"])
            .Should().Be(("accepted", null, "0", service));
        await _house.AdvanceAsync(5);
        var sent = await _house.Rest.GetAsync($"Messages/{accepted["sid"]}.json");
        (sent["status"], sent["from"], sent["num_segments"]).Should().Be(("delivered", SanFrancisco, "1"));
        _house.App.Requests[0]["MessageStatus"].Should().Be("queued");
        _house.App.Requests.Should().OnlyContain(r => r["MessagingServiceSid"] == service);
    }

    [Theory]
    [InlineData("+14155550170", SanFrancisco)]
    [InlineData("+12125550170", NewYork)]
    [InlineData("+13125550170", Chicago)]
    [InlineData("+442079460170", Britain)]
    [InlineData("+14165550170", TollFree)]
    public async Task The_sender_is_of_the_recipients_area_or_country_and_toll_free_for_canada(string to, string from)
    {
        var service = await ServiceHouse.CreateAsync(_house, Britain, SanFrancisco, NewYork, Chicago, TollFree);
        (await SenderOfAsync(service, to)).Should().Be(from);
    }

    [Fact]
    public async Task A_country_without_a_number_is_served_by_an_american_one()
    {
        var service = await ServiceHouse.CreateAsync(_house, Britain, Chicago);
        (await SenderOfAsync(service, "+4930901820")).Should().Be(Chicago);
    }

    [Theory]
    [InlineData("+14155550170", ShortCode)]
    [InlineData("+442079460170", "ACME")]
    public async Task A_short_code_comes_first_at_home_and_a_name_where_names_are_allowed(string to, string from)
    {
        var service = await ServiceHouse.CreateAsync(_house, Britain, SanFrancisco, ShortCode, "ACME");
        (await SenderOfAsync(service, to)).Should().Be(from);
    }

    [Fact]
    public async Task Names_alone_have_no_sender_for_america()
    {
        var service = await ServiceHouse.CreateAsync(_house, "ACME");
        var accepted = await SendAsync(service, MessagingHouse.Phone);
        await _house.AdvanceAsync(1);
        var failed = await _house.Rest.GetAsync($"Messages/{accepted["sid"]}.json");
        (failed["status"], failed["error_code"], failed["from"]).Should().Be(("failed", "21703", null));
    }

    [Fact]
    public async Task The_load_is_spread_evenly_over_the_pool()
    {
        var service = await ServiceHouse.CreateAsync(_house, SanFrancisco, NewYork, Chicago);
        for (var i = 0; i < 30; i++) await SendAsync(service, $"+17035550{i:000}");
        await _house.AdvanceAsync(60);
        var senders = (await _house.Rest.GetAsync("Messages.json?PageSize=100")).Json.GetProperty("messages")
            .EnumerateArray().GroupBy(m => m.GetProperty("from").GetString());
        senders.Select(g => g.Count()).Should().Equal(10, 10, 10);
    }

    [Fact]
    public async Task A_recipient_keeps_the_sender_it_knows_until_that_leaves_the_pool()
    {
        var service = await ServiceHouse.CreateAsync(_house, SanFrancisco, NewYork, Chicago);
        var first = await SenderOfAsync(service, "+17035550170");
        for (var i = 0; i < 4; i++) (await SenderOfAsync(service, "+17035550170")).Should().Be(first);
        string? sid = null;
        _house.Do(() => sid = _house.Rest.Numbers.Find(first!)!.Sid);
        await _house.Rest.SendAsync("DELETE", $"/v1/Services/{service}/PhoneNumbers/{sid}", null, null, host: "messaging.twilio.com");
        (await SenderOfAsync(service, "+17035550170")).Should().NotBe(first);
    }

    [Fact]
    public async Task Without_stickiness_one_recipient_hears_from_all_in_turn()
    {
        var service = await ServiceHouse.CreateAsync(_house, SanFrancisco, NewYork);
        await _house.Rest.PostMessagingAsync($"/v1/Services/{service}", "StickySender", "false", "AreaCodeGeomatch", "false");
        (await SenderOfAsync(service, MessagingHouse.Phone)).Should().NotBe(await SenderOfAsync(service, MessagingHouse.Phone));
    }

    [Fact]
    public async Task A_number_that_is_released_leaves_its_pool()
    {
        var service = await ServiceHouse.CreateAsync(_house, SanFrancisco, NewYork);
        string? sid = null;
        _house.Do(() => sid = _house.Rest.Numbers.Find(NewYork)!.Sid);
        await _house.Rest.DeleteAsync($"IncomingPhoneNumbers/{sid}.json");
        var pool = await _house.Rest.SendAsync("GET", $"/v1/Services/{service}/PhoneNumbers", null, null, host: "messaging.twilio.com");
        pool.Json.GetProperty("phone_numbers").EnumerateArray().Select(n => n.GetProperty("phone_number").GetString())
            .Should().Equal(SanFrancisco);
    }

    [Fact]
    public async Task A_number_is_in_one_pool_once()
    {
        var (first, second) = (
            await ServiceHouse.CreateAsync(_house, SanFrancisco, ShortCode, "ACME"), await ServiceHouse.CreateAsync(_house));
        foreach (var sender in new[] { SanFrancisco, ShortCode, "ACME" })
        {
            var again = await ServiceHouse.JoinAsync(_house, first, sender);
            (again.Status, again.Code).Should().Be((409, 21710));
        }
        (await ServiceHouse.JoinAsync(_house, second, SanFrancisco)).Code.Should().Be(21712);
        (await ServiceHouse.JoinAsync(_house, second, "1234")).Code.Should().Be(21709);
        _house.Do(() => _house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = "+442079460100" }));
        (await ServiceHouse.JoinAsync(_house, second, "+442079460100")).Code.Should().Be(21715, "it takes no texts");
        (await _house.Rest.PostMessagingAsync(
            $"/v1/Services/{second}/PhoneNumbers", "PhoneNumberSid", "PN00000000000000000000000000000000")).Status.Should().Be(404);
    }

    [Fact]
    public async Task A_pool_entry_shows_its_number_country_and_capabilities()
    {
        var service = await ServiceHouse.CreateAsync(_house);
        var entry = await ServiceHouse.JoinAsync(_house, service, SanFrancisco);
        (entry["phone_number"], entry["country_code"], entry["service_sid"]).Should().Be((SanFrancisco, "US", service));
        entry.Json.GetProperty("capabilities").EnumerateArray().Select(c => c.GetString()).Should().Equal("SMS", "MMS", "Voice");
    }

    [Fact]
    public async Task What_is_asked_of_a_service_is_checked_at_once()
    {
        var empty = await ServiceHouse.CreateAsync(_house);
        (await SendAsync(empty, MessagingHouse.Phone)).Code.Should().Be(21704);
        var service = await ServiceHouse.CreateAsync(_house, SanFrancisco);
        (await SendAsync(service, MessagingHouse.Phone, "From", NewYork)).Code.Should().Be(21711);
        var named = await SendAsync(service, MessagingHouse.Phone, "From", SanFrancisco);
        (named["status"], named["from"]).Should().Be(("accepted", SanFrancisco));
        (await _house.Rest.PostMessagingAsync("/v1/Services", "FriendlyName", "x", "Usecase", "spam")).Code.Should().Be(21713);
        (await _house.Rest.PostMessagingAsync("/v1/Services", "FriendlyName", "x", "ValidityPeriod", "36001")).Code.Should().Be(21624);
    }

    [Fact]
    public async Task A_callback_is_the_messages_own_or_its_apps_or_its_services()
    {
        foreach (var path in new[] { "/own", "/app", "/service" }) _house.App.On(path, FakeApp.Empty);
        var service = await ServiceHouse.CreateAsync(_house, SanFrancisco);
        await _house.Rest.PostMessagingAsync($"/v1/Services/{service}", "StatusCallback", "http://app/service");
        var app = (await _house.Rest.PostAsync(
            "Applications.json", "FriendlyName", "Mine", "MessageStatusCallback", "http://app/app"))["sid"]!;
        foreach (var more in new string[][] { [], ["ApplicationSid", app], ["ApplicationSid", app, "StatusCallback", "http://app/own"] })
        {
            await SendAsync(service, MessagingHouse.Phone, more);
        }
        await _house.AdvanceAsync(30);
        _house.App.Requests.GroupBy(r => r["MessageSid"]).Select(g => g.Select(r => r.Path).Distinct().Single())
            .Should().Equal("/service", "/app", "/own");
    }

    [Fact]
    public async Task Smart_encoding_and_validity_of_the_service_hold_for_its_messages()
    {
        var service = await ServiceHouse.CreateAsync(_house, SanFrancisco);
        await _house.Rest.PostMessagingAsync($"/v1/Services/{service}", "SmartEncoding", "true", "ValidityPeriod", "2");
        (await SendAsync(service, MessagingHouse.Phone, "Body", "“hi”"))["body"].Should().Be("\"hi\"");
        var late = new List<string>();
        for (var i = 0; i < 5; i++) late.Add((await SendAsync(service, MessagingHouse.Phone))["sid"]!);
        await _house.AdvanceAsync(10);
        var last = await _house.Rest.GetAsync($"Messages/{late[^1]}.json");
        (last["status"], last["error_code"]).Should().Be(("failed", "30036"));
    }

    [Fact]
    public async Task Inbound_texts_go_to_the_service_unless_it_uses_the_numbers_webhook()
    {
        _house.App.On("/service", FakeApp.Empty).On("/number", FakeApp.Empty);
        var service = await ServiceHouse.CreateAsync(_house, SanFrancisco);
        string? sid = null;
        _house.Do(() => sid = _house.Rest.Numbers.Find(SanFrancisco)!.Sid);
        await _house.Rest.PostAsync($"IncomingPhoneNumbers/{sid}.json", "SmsUrl", "http://app/number");
        _house.TextIn("to nobody");
        (await _house.Rest.EntriesAsync("warning")).Should().ContainSingle().Which.ToJson().Should().Contain("InboundRequestUrl");
        await _house.Rest.PostMessagingAsync($"/v1/Services/{service}", "InboundRequestUrl", "http://app/service");
        _house.TextIn("to the service");
        await _house.AdvanceAsync(1);
        await _house.Rest.PostMessagingAsync($"/v1/Services/{service}", "UseInboundWebhookOnNumber", "true");
        _house.TextIn("to the number");
        await _house.AdvanceAsync(1);
        _house.App.Requests.Select(r => (r.Path, r["Body"], r["MessagingServiceSid"]))
            .Should().Equal(("/service", "to the service", service), ("/number", "to the number", service));
    }

    [Fact]
    public async Task A_reply_from_a_number_of_the_service_is_the_services()
    {
        _house.App.On("/in", FakeApp.Twiml("<Response><Message>Welcome</Message></Response>")).On("/status", FakeApp.Empty);
        var service = await ServiceHouse.CreateAsync(_house, SanFrancisco, NewYork);
        await _house.Rest.PostMessagingAsync(
            $"/v1/Services/{service}", "InboundRequestUrl", "http://app/in", "StatusCallback", "http://app/status");
        _house.TextIn("hi");
        await _house.AdvanceAsync(5);
        var told = _house.App.Requests.Where(r => r.Path == "/status").ToList();
        told.Select(r => r["MessageStatus"]).Should().Equal("sending", "sent", "delivered");
        told.Should().OnlyContain(r => r["From"] == SanFrancisco && r["MessagingServiceSid"] == service);
    }

    [Fact]
    public async Task A_full_queue_fails_with_30001_when_every_sender_is_full()
    {
        // A segment takes a hundred seconds: ten hours are 360 of them.
        await using var house = new MessagingHouse(messagesPerSecond: 0.01);
        var service = await ServiceHouse.CreateAsync(house, SanFrancisco);
        RestAnswer over = null!;
        for (var i = 0; i < 361; i++)
        {
            over = await house.Rest.PostAsync("Messages.json", "To", MessagingHouse.Phone, "MessagingServiceSid", service, "Body", "hi");
        }
        await house.AdvanceAsync(1);
        var failed = await house.Rest.GetAsync($"Messages/{over["sid"]}.json");
        (failed["status"], failed["error_code"]).Should().Be(("failed", "30001"));
        (await house.Rest.EntriesAsync("message.failed")).Should().ContainSingle();
    }

    private Task<RestAnswer> SendAsync(string service, string to, params string[] more) =>
        _house.Rest.PostAsync("Messages.json", more.Contains("Body")
            ? ["To", to, "MessagingServiceSid", service, .. more] : ["To", to, "MessagingServiceSid", service, "Body", "hi", .. more]);

    private async Task<string?> SenderOfAsync(string service, string to)
    {
        var accepted = await SendAsync(service, to);
        await _house.AdvanceAsync(1);
        return (await _house.Rest.GetAsync($"Messages/{accepted["sid"]}.json"))["from"];
    }
}
