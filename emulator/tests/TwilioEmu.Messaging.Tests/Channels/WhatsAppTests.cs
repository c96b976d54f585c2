using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Tests.Services;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Messaging.Tests.Channels;

public sealed class WhatsAppTests : IAsyncDisposable
{
    private readonly MessagingHouse _house = new();

    public WhatsAppTests()
    {
        ChannelHouse.AddSender(_house);
        _house.App.On("/wa", FakeApp.Empty).On("/status", FakeApp.Empty);
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task What_is_written_freely_needs_a_session_of_24_hours()
    {
        (await ChannelHouse.OutcomeAsync(_house, "Body", "hello")).Should().Be(("failed", "63016"));
        ChannelHouse.Write(_house, "hi");
        await _house.AdvanceAsync(86_390);
        (await ChannelHouse.OutcomeAsync(_house, "Body", "hello")).Should().Be(("delivered", null));
        await _house.AdvanceAsync(10);
        (await ChannelHouse.OutcomeAsync(_house, "Body", "hello")).Should().Be(("failed", "63016"));
    }

    [Theory]
    [InlineData("approved", "delivered", null)]
    [InlineData("pending", "failed", "63016")]
    [InlineData("rejected", "failed", "63040")]
    [InlineData("paused", "failed", "63041")]
    [InlineData("disabled", "failed", "63042")]
    public async Task Out_of_session_a_template_goes_by_whatsapps_word(string approval, string status, string? code)
    {
        var template = await ChannelHouse.TemplateAsync(_house, approval: approval);
        (await ChannelHouse.OutcomeAsync(_house, "ContentSid", template, "ContentVariables", """{"1":"Ann"}"""))
            .Should().Be((status, code));
    }

    [Fact]
    public async Task In_a_session_a_template_needs_no_approval_unless_its_type_does()
    {
        ChannelHouse.Write(_house, "hi");
        var reply = await ChannelHouse.TemplateAsync(_house);
        (await ChannelHouse.OutcomeAsync(_house, "ContentSid", reply)).Should().Be(("delivered", null));
        var card = await ChannelHouse.TemplateAsync(_house, """{"twilio/card":{"title":"Sale","subtitle":"today"}}""", "{}");
        (await ChannelHouse.OutcomeAsync(_house, "ContentSid", card)).Should().Be(("failed", "63027"));
    }

    [Fact]
    public async Task A_message_in_is_told_with_the_persons_name_and_id()
    {
        _house.Do(() => _house.Rest.Handsets.Configure(MessagingHouse.Phone, new HandsetBehaviour { Name = "Ann" }));
        var sid = ChannelHouse.Write(_house, "hello");
        await _house.AdvanceAsync(1);
        var request = _house.App.Requests.Should().ContainSingle().Which;
        request.Request.Parameters.Select(p => p.Key).Should().Equal(
            "ExternalUserId", "SmsMessageSid", "NumMedia", "ProfileName", "MessageType", "SmsSid", "WaId", "SmsStatus", "Body", "To",
            "NumSegments", "ReferralNumMedia", "MessageSid", "AccountSid", "ChannelMetadata", "From", "ApiVersion");
        (request["ProfileName"], request["WaId"], request["MessageType"], request["From"], request["To"], request["MessageSid"])
            .Should().Be(("Ann", "14155550199", "text", ChannelHouse.Person, ChannelHouse.WhatsApp, sid));
    }

    [Theory]
    [InlineData(null, "interactive")]
    [InlineData("approved", "button")]
    public async Task A_tapped_button_is_told_with_its_payload(string? approval, string type)
    {
        ChannelHouse.Write(_house, "hi");
        var template = await ChannelHouse.TemplateAsync(_house, approval: approval);
        var sent = await ChannelHouse.SendAsync(_house, "ContentSid", template, "ContentVariables", """{"1":"Ann"}""");
        sent["body"].Should().Be("Hi Ann, coming?");
        await _house.AdvanceAsync(5);
        ChannelHouse.Act(_house, new TextDeed.Taps("Yes"));
        await _house.AdvanceAsync(1);
        var request = _house.App.Requests[^1];
        (request["Body"], request["ButtonText"], request["ButtonPayload"], request["MessageType"], request["OriginalRepliedMessageSid"]).Should().Be(("Yes", "Yes", "y", type, sent["sid"]));
        request["ButtonType"].Should().Be(approval is null ? null : "REPLY");
    }

    [Fact]
    public async Task An_answer_in_a_session_has_the_parameters_of_a_live_one_in_their_order()
    {
        ChannelHouse.Write(_house, "hi");
        var template = await ChannelHouse.TemplateAsync(_house);
        await ChannelHouse.OutcomeAsync(_house, "ContentSid", template, "ContentVariables", """{"1":"Ann"}""");
        ChannelHouse.Act(_house, new TextDeed.Taps("Yes"));
        await _house.AdvanceAsync(1);
        var request = _house.App.Requests[^1];
        request.Request.Parameters.Select(p => p.Key).Should().Equal(
            "OriginalRepliedMessageSender", "ExternalUserId", "SmsMessageSid", "FrequentlyForwarded", "NumMedia", "ProfileName", "MessageType",
            "SmsSid", "WaId", "SmsStatus", "Body", "Forwarded", "ButtonText", "To", "ButtonPayload", "NumSegments", "ReferralNumMedia",
            "MessageSid", "AccountSid", "OriginalRepliedMessageSid", "ChannelMetadata", "From", "ApiVersion");
        request["ChannelMetadata"].Should().Be(
            """{"type":"whatsapp","data":{"context":{"ButtonText":"Yes","Forwarded":"false","FrequentlyForwarded":"false","ProfileName":"14155550199","WaId":"14155550199"}}}""");
    }

    [Fact]
    public async Task A_person_has_an_id_that_the_app_may_write_to_and_another_account_may_not()
    {
        ChannelHouse.Write(_house, "hi");
        await _house.AdvanceAsync(1);
        var id = _house.App.Requests.Should().ContainSingle().Which["ExternalUserId"]!;
        id.Should().MatchRegex("^whatsapp:US\\.[0-9]{16}$").And.NotContain("4155550199");
        var sent = await SendToAsync(id, "StatusCallback", "http://app/status");
        sent["to"].Should().Be(ChannelHouse.Person, "a number that is known stands there alone");
        await _house.AdvanceAsync(5);
        _house.App.Requests.Where(r => r.Path == "/status").Should().NotBeEmpty()
            .And.OnlyContain(r => r["ExternalUserId"] == id && r["To"] == ChannelHouse.Person);
        var other = BusinessScopedId.Of(new AccountSid("AC" + new string('e', 32)), MessagingHouse.Phone);
        other.Should().NotBe(id);
        var strange = await SendToAsync(other);
        strange["to"].Should().Be(other);
        await _house.AdvanceAsync(5);
        (await ChannelHouse.FetchAsync(_house, strange["sid"]!))["error_code"].Should().Be("63024");

        Task<RestAnswer> SendToAsync(string to, params string[] more) =>
            _house.Rest.PostAsync("Messages.json", ["To", to, "From", ChannelHouse.WhatsApp, "Body", "hello", .. more]);
    }

    [Fact]
    public async Task A_picked_item_is_told_with_its_id()
    {
        ChannelHouse.Write(_house, "hi");
        var template = await ChannelHouse.TemplateAsync(
            _house, """{"twilio/list-picker":{"body":"When?","button":"Days","items":[{"id":"mon","item":"Monday","description":"early"},{"id":"tue","item":"Tuesday"}]}}""", "{}");
        await ChannelHouse.OutcomeAsync(_house, "ContentSid", template);
        ChannelHouse.Act(_house, new TextDeed.Picks("Monday"));
        await _house.AdvanceAsync(1);
        var request = _house.App.Requests[^1];
        (request["Body"], request["ListId"], request["ListTitle"], request["ListDescription"], request["MessageType"])
            .Should().Be(("Monday", "mon", "Monday", "early", "interactive"));
    }

    [Fact]
    public async Task A_place_is_told_with_its_coordinates()
    {
        ChannelHouse.Act(_house, new TextDeed.Shares(new RichPlace(37.7876, -122.3967, "Office", "375 Beale St")));
        await _house.AdvanceAsync(1);
        var request = _house.App.Requests.Should().ContainSingle().Which;
        (request["Latitude"], request["Longitude"], request["Label"], request["Address"], request["Body"], request["MessageType"])
            .Should().Be(("37.7876", "-122.3967", "Office", "375 Beale St", "", "location"));
    }

    [Fact]
    public async Task A_place_is_shown_by_PersistentAction()
    {
        ChannelHouse.Write(_house, "hi");
        (await ChannelHouse.OutcomeAsync(_house, "Body", "Our office", "PersistentAction", "geo:37.787890,-122.391664|375 Beale St")).Status
            .Should().Be("delivered");
        _house.Do(() => _house.Rest.Handsets.Of(MessagingHouse.Phone).Received.Single().Content!.Place.Should().NotBeNull());
        (await _house.Rest.EntriesAsync("warning")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("geo:91,0")]
    [InlineData("call:me")]
    public async Task A_PersistentAction_that_is_no_place_fails_as_a_parameter_the_channel_has_no_use_for(string action)
    {
        ChannelHouse.Write(_house, "hi");
        (await ChannelHouse.OutcomeAsync(_house, "Body", "Our office", "PersistentAction", action)).Should().Be(("failed", "63030"));
        _house.Do(() => _house.Rest.Handsets.Of(MessagingHouse.Phone).Received.Should().BeEmpty());
    }

    [Fact]
    public async Task A_list_begins_no_conversation_whatever_WhatsApp_said()
    {
        var list = await ChannelHouse.TemplateAsync(
            _house, """{"twilio/list-picker":{"body":"x","button":"x","items":[{"id":"1","item":"x"}]}}""", "{}", "approved");
        (await ChannelHouse.OutcomeAsync(_house, "ContentSid", list)).Should().Be(("failed", "63016"));
    }

    [Fact]
    public void A_button_that_was_never_shown_cannot_be_tapped()
    {
        string? fault = null;
        _house.Do(() => _house.Rest.Handsets.ActOf(MessagingHouse.Phone, ChannelHouse.WhatsApp, new TextDeed.Taps("Yes"), out fault)
            .Should().BeNull());
        fault.Should().Contain("there is none");
    }

    [Fact]
    public async Task What_is_read_is_told_as_read_and_with_the_channels_own_parameters()
    {
        _house.Behave(new DeliveryReport(Reads: TimeSpan.FromSeconds(3)));
        ChannelHouse.Write(_house, "hi");
        await ChannelHouse.SendAsync(_house, "Body", "hello", "StatusCallback", "http://app/status");
        await _house.AdvanceAsync(10);
        var told = _house.App.Requests.Where(r => r.Path == "/status").ToList();
        told.Select(r => r["MessageStatus"]).Should().Equal("sending", "sent", "delivered", "read");
        (told[^1]["EventType"], told[^1]["ChannelPrefix"], told[^1]["ChannelToAddress"], told[^1]["StructuredMessage"])
            .Should().Be(("READ", "whatsapp", "+1415555XXXX", "false"));
        told[^1]["ChannelInstallSid"].Should().StartWith("XE");
        told.Should().OnlyContain(r => r["RawDlrDoneDate"] == null);
    }

    [Fact]
    public async Task Who_answers_has_read_what_came_before()
    {
        ChannelHouse.Write(_house, "hi");
        var sent = await ChannelHouse.SendAsync(_house, "Body", "hello");
        await _house.AdvanceAsync(5);
        (await ChannelHouse.FetchAsync(_house, sent["sid"]!))["status"].Should().Be("delivered");
        ChannelHouse.Write(_house, "thanks");
        (await ChannelHouse.FetchAsync(_house, sent["sid"]!))["status"].Should().Be("read");
    }

    [Fact]
    public async Task An_answer_by_twiml_goes_out_on_the_channel()
    {
        _house.App.On("/wa", FakeApp.Twiml("<Response><Message>Welcome</Message></Response>"));
        ChannelHouse.Write(_house, "hi");
        await _house.AdvanceAsync(5);
        _house.Received().Should().Equal("Welcome");
        _house.Do(() => _house.Rest.Handsets.Of(MessagingHouse.Phone).Received.Single().From.Should().Be(ChannelHouse.WhatsApp));
    }

    [Fact]
    public async Task A_phone_without_whatsapp_is_63024()
    {
        ChannelHouse.Write(_house, "hi");
        _house.Do(() => _house.Rest.Handsets.Configure(MessagingHouse.Phone, new HandsetBehaviour { HasWhatsApp = false }));
        (await ChannelHouse.OutcomeAsync(_house, "Body", "hello")).Should().Be(("failed", "63024"));
    }

    [Fact]
    public async Task A_sandbox_writes_to_who_joined_for_three_days_and_to_nobody_else()
    {
        const string Sandbox = "whatsapp:+14155238886";
        ChannelHouse.AddSender(_house, Sandbox, join: "happy-owl");
        ChannelHouse.Write(_house, "hi", Sandbox).Should().BeNull();
        (await SendFromAsync(Sandbox)).Should().Be(("failed", "63015"));
        ChannelHouse.Write(_house, "Join Happy-Owl", Sandbox).Should().BeNull();
        (await SendFromAsync(Sandbox)).Should().Be(("delivered", null));
        _house.App.Requests.Should().BeEmpty("the app hears of nothing that the sandbox answers");
        ChannelHouse.Write(_house, "hello", Sandbox).Should().NotBeNull();
        await _house.AdvanceAsync(259_200);
        (await SendFromAsync(Sandbox)).Should().Be(("failed", "63015"));
    }

    [Fact]
    public async Task A_service_sends_by_its_whatsapp_sender_and_renders_when_it_is_chosen()
    {
        var sender = ChannelHouse.AddSender(_house, "whatsapp:+14155550111");
        var service = await ServiceHouse.CreateAsync(_house, MessagingHouse.Number);
        (await _house.Rest.PostMessagingAsync($"/v1/Services/{service}/ChannelSenders", "Sid", sender)).Status.Should().Be(201);
        var template = await ChannelHouse.TemplateAsync(_house, approval: "approved");
        var accepted = await _house.Rest.PostAsync(
            "Messages.json", "To", ChannelHouse.Person, "MessagingServiceSid", service, "ContentSid", template, "ContentVariables",
            """{"1":"Ann"}""");
        (accepted["status"], accepted["body"], accepted["from"]).Should().Be(("accepted", "", null));
        await _house.AdvanceAsync(5);
        var sent = await ChannelHouse.FetchAsync(_house, accepted["sid"]!);
        (sent["status"], sent["body"], sent["from"], sent["num_segments"])
            .Should().Be(("delivered", "Hi Ann, coming?", "whatsapp:+14155550111", "1"));
    }

    [Fact]
    public async Task Messages_leave_at_80_a_second_whatever_their_length()
    {
        ChannelHouse.Write(_house, "hi");
        for (var i = 0; i < 80; i++) (await ChannelHouse.SendAsync(_house, "Body", new string('x', 1000))).Status.Should().Be(201);
        await _house.AdvanceAsync(5);
        var sent = (await _house.Rest.EntriesAsync("message.sent")).ConvertAll(e => e.At);
        (sent[^1] - sent[0]).Should().Be(TimeSpan.FromSeconds(79 / 80.0));
    }

    private async Task<(string? Status, string? Code)> SendFromAsync(string sender)
    {
        var sent = await _house.Rest.PostAsync("Messages.json", "To", ChannelHouse.Person, "From", sender, "Body", "hello");
        await _house.AdvanceAsync(5);
        var message = await ChannelHouse.FetchAsync(_house, sent["sid"]!);
        return (message["status"], message["error_code"]);
    }
}
