using TwilioEmu.Accounts.Registrations;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Messaging.Tests.Channels;

/// <summary>Senders as they are registered by the API, and what else it does on channels.</summary>
public sealed class ChannelSenderTests : IAsyncDisposable
{
    private readonly MessagingHouse _house = new(registrations: new RegistrationRules { After = TimeSpan.FromSeconds(10) });

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_number_of_the_account_goes_online_by_itself()
    {
        var made = await CreateAsync(
            """{"sender_id":"whatsapp:+14155550100","profile":{"name":"Acme"},"webhook":{"callback_url":"http://app/wa"}}""");
        (made.Status, made["status"], made["sender_id"]).Should().Be((202, "CREATING", "whatsapp:+14155550100"));
        await _house.AdvanceAsync(10);
        (await StatusAsync(made["sid"]!)).Should().Be("ONLINE");
        _house.App.On("/wa", FakeApp.Empty);
        ChannelHouse.Write(_house, "hi").Should().StartWith("SM");
        await _house.AdvanceAsync(1);
        _house.App.Requests.Should().ContainSingle().Which["To"].Should().Be("whatsapp:+14155550100");
    }

    [Fact]
    public async Task Any_other_number_is_texted_a_code_that_has_to_come_back()
    {
        var sid = (await CreateAsync("""{"sender_id":"whatsapp:+14155550199","profile":{"name":"Acme"}}"""))["sid"]!;
        await _house.AdvanceAsync(12);
        (await StatusAsync(sid)).Should().Be("PENDING_VERIFICATION");
        var code = "";
        _house.Do(() => code = _house.Rest.Handsets.Of(MessagingHouse.Phone).Codes.Single().Code);
        (await UpdateAsync(sid, """{"configuration":{"verification_code":"000000"}}""")).Code.Should().Be(63100);
        (await UpdateAsync(sid, $$"""{"configuration": {"verification_code":"{{code}}"} }"""))["status"].Should().Be("VERIFYING");
        await _house.AdvanceAsync(10);
        (await StatusAsync(sid)).Should().Be("ONLINE");
    }

    [Theory]
    [InlineData("""{"sender_id":"+14155550100","profile":{"name":"x"}}""")]
    [InlineData("""{"sender_id":"whatsapp:nobody","profile":{"name":"x"}}""")]
    [InlineData("""{"sender_id":"whatsapp:+14155550100"}""")]
    [InlineData("""{"sender_id":"rcs:"}""")]
    public async Task What_is_no_sender_is_63100(string body)
    {
        var answer = await CreateAsync(body);
        (answer.Status, answer.Code).Should().Be((400, 63100));
    }

    [Fact]
    public async Task An_address_is_registered_once_and_free_again_when_it_is_deleted()
    {
        const string Agent = """{"sender_id":"rcs:acme"}""";
        var sid = (await CreateAsync(Agent))["sid"];
        (await CreateAsync(Agent)).Code.Should().Be(63100);
        (await _house.Rest.SendAsync("DELETE", $"/v2/Channels/Senders/{sid}", null, null, host: "messaging.twilio.com")).Status
            .Should().Be(204);
        (await CreateAsync(Agent)).Status.Should().Be(202);
    }

    [Fact]
    public async Task The_app_shows_that_it_writes_to_who_wrote_by_whatsapp()
    {
        ChannelHouse.AddSender(_house);
        var sid = ChannelHouse.Write(_house, "hi")!;
        (await TypeAsync(sid))["success"].Should().Be("True");
        (await _house.Rest.SendAsync("POST", "/v3/Indicators/Typing.json", $$"""{"channel":"WHATSAPP","messageId":"{{sid}}"}""",
            "application/json", host: "messaging.twilio.com")).Status.Should().Be(200);
        (await _house.Rest.EntriesAsync("channel.typing"))
            .Should().HaveCount(2).And.AllSatisfy(e => e.Subject.Should().Be(MessagingHouse.Phone));
        (await TypeAsync(_house.TextIn("by SMS"))).Code.Should().Be(20001);
        (await TypeAsync("SM00000000000000000000000000000000")).Status.Should().Be(404);
    }

    [Fact]
    public async Task A_status_callback_of_the_sender_is_told_where_the_message_names_none()
    {
        _house.App.On("/status", FakeApp.Empty);
        var sid = (await CreateAsync("""{"sender_id":"whatsapp:+14155550100","profile":{"name":"Acme"},"webhook":{"status_callback_url":"http://app/status"}}"""))["sid"];
        sid.Should().StartWith("XE");
        await _house.AdvanceAsync(10);
        ChannelHouse.Write(_house, "hi");
        await ChannelHouse.SendAsync(_house, "Body", "hello");
        await _house.AdvanceAsync(5);
        _house.App.Requests.Select(r => r["MessageStatus"]).Should().Equal("sending", "sent", "delivered");
    }

    private Task<RestAnswer> CreateAsync(string json) =>
        _house.Rest.SendAsync("POST", "/v2/Channels/Senders", json, "application/json", host: "messaging.twilio.com");

    private Task<RestAnswer> UpdateAsync(string sid, string json) =>
        _house.Rest.SendAsync("POST", $"/v2/Channels/Senders/{sid}", json, "application/json", host: "messaging.twilio.com");

    private async Task<string?> StatusAsync(string sid) =>
        (await _house.Rest.SendAsync("GET", $"/v2/Channels/Senders/{sid}", null, null, host: "messaging.twilio.com"))["status"];

    private Task<RestAnswer> TypeAsync(string sid) =>
        _house.Rest.PostMessagingAsync("/v2/Indicators/Typing.json", "channel", "whatsapp", "messageId", sid);
}
