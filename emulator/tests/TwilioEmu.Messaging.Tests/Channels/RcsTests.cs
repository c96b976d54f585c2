using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Messaging.Tests.Services;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Tests.Channels;

public sealed class RcsTests : IAsyncDisposable
{
    private const string Card = """{"twilio/text":{"body":"Sale {{1}}"},"twilio/card":{"title":"Sale","body":"Big {{1}}","media":["http://app/a.png"],"actions":[{"type":"QUICK_REPLY","title":"More","id":"m"},{"type":"URL","title":"Shop","url":"https://example.com"}]}}""";

    private readonly MessagingHouse _house = new();

    public RcsTests()
    {
        _house.App.RefusesBadSignatures = false;
        _house.App.On("/wa", FakeApp.Empty).On("/a.png", new AppAnswer(200, "image/png", "png"));
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_service_with_an_agent_sends_rich_cards_to_phones_that_have_rcs()
    {
        var service = await ServiceAsync();
        var sent = await SendAsync(service, await ChannelHouse.TemplateAsync(_house, Card, """{"1":"today"}"""));
        (sent["status"], sent["from"], sent["to"], sent["body"], sent["num_media"])
            .Should().Be(("delivered", ChannelHouse.Agent, MessagingHouse.Phone, "Big today", "1"));
        _house.Do(() =>
        {
            var text = _house.Rest.Handsets.Of(MessagingHouse.Phone).Received.Single();
            (text.From, text.Content!.Title, text.Content.Buttons.Count).Should().Be((ChannelHouse.Agent, "Sale", 2));
        });
    }

    [Fact]
    public async Task A_phone_without_rcs_gets_the_text_by_sms()
    {
        var service = await ServiceAsync();
        _house.Do(() => _house.Rest.Handsets.Configure(MessagingHouse.Phone, new HandsetBehaviour { HasRcs = false }));
        var sent = await SendAsync(service, await ChannelHouse.TemplateAsync(_house, Card, """{"1":"today"}"""));
        (sent["status"], sent["from"], sent["body"], sent["num_media"])
            .Should().Be(("delivered", MessagingHouse.Number, "Sale today", "0"));
        (await _house.Rest.EntriesAsync("channel.fell_back")).Should().ContainSingle();
    }

    [Fact]
    public async Task Whom_it_falls_back_on_may_be_named()
    {
        _house.Do(() => _house.Rest.Numbers.Add(
            Accounts.Directory.AccountBook.DefaultSid, new Accounts.Numbers.PhoneNumberSpec { Number = "+14155550155" }));
        var service = await ServiceAsync();
        _house.Do(() => _house.Rest.Handsets.Configure(MessagingHouse.Phone, new HandsetBehaviour { HasRcs = false }));
        var accepted = await _house.Rest.PostAsync(
            "Messages.json", "To", MessagingHouse.Phone, "MessagingServiceSid", service, "Body", "hi", "FallbackFrom", "+14155550155");
        await _house.AdvanceAsync(5);
        (await ChannelHouse.FetchAsync(_house, accepted["sid"]!))["from"].Should().Be("+14155550155");
    }

    [Fact]
    public async Task Straight_to_a_phone_without_rcs_is_63036()
    {
        ChannelHouse.AddSender(_house, ChannelHouse.Agent);
        _house.Do(() => _house.Rest.Handsets.Configure(MessagingHouse.Phone, new HandsetBehaviour { HasRcs = false }));
        var sent = await _house.Rest.PostAsync(
            "Messages.json", "To", "rcs:" + MessagingHouse.Phone, "From", ChannelHouse.Agent, "Body", "hi");
        await _house.AdvanceAsync(5);
        (await ChannelHouse.FetchAsync(_house, sent["sid"]!))["error_code"].Should().Be("63036");
    }

    [Fact]
    public async Task A_card_without_words_for_sms_fails_where_only_sms_reaches()
    {
        var service = await ServiceAsync();
        _house.Do(() => _house.Rest.Handsets.Configure(MessagingHouse.Phone, new HandsetBehaviour { HasRcs = false }));
        var sent = await SendAsync(service, await ChannelHouse.TemplateAsync(_house, """{"twilio/carousel":{"body":"See","cards":[{"title":"a","body":"b","media":"http://app/a.png","actions":[{"type":"QUICK_REPLY","title":"A"}]},{"title":"a","body":"b","media":"http://app/a.png","actions":[{"type":"QUICK_REPLY","title":"B"}]}]}}""", "{}"));
        (sent["status"], sent["error_code"]).Should().Be(("failed", "63006"));
    }

    [Fact]
    public async Task A_tap_on_a_card_comes_in_by_rcs()
    {
        var service = await ServiceAsync();
        await SendAsync(service, await ChannelHouse.TemplateAsync(_house, Card, """{"1":"today"}"""));
        ChannelHouse.Act(_house, new TextDeed.Taps("More"), ChannelHouse.Agent);
        await _house.AdvanceAsync(1);
        var request = _house.App.Requests[^1];
        (request["From"], request["To"], request["ButtonPayload"], request["WaId"], request["MessagingServiceSid"])
            .Should().Be(("rcs:" + MessagingHouse.Phone, ChannelHouse.Agent, "m", null, service));
    }

    private async Task<string> ServiceAsync()
    {
        var agent = ChannelHouse.AddSender(_house, ChannelHouse.Agent);
        var service = await ServiceHouse.CreateAsync(_house, MessagingHouse.Number);
        (await _house.Rest.PostMessagingAsync($"/v1/Services/{service}", "UseInboundWebhookOnNumber", "true")).Status.Should().Be(200);
        (await _house.Rest.PostMessagingAsync($"/v1/Services/{service}/ChannelSenders", "Sid", agent)).Status.Should().Be(201);
        return service;
    }

    private async Task<RestAnswer> SendAsync(string service, string template)
    {
        var accepted = await _house.Rest.PostAsync(
            "Messages.json", "To", MessagingHouse.Phone, "MessagingServiceSid", service, "ContentSid", template);
        accepted.Status.Should().Be(201, accepted.Body);
        await _house.AdvanceAsync(5);
        return await ChannelHouse.FetchAsync(_house, accepted["sid"]!);
    }
}
