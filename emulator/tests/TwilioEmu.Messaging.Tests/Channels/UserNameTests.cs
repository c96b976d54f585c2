using TwilioEmu.Accounts.Directory;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Messaging.Tests.Channels;

/// <summary>People of WhatsApp who hide their number behind a user name.</summary>
/// <remarks>twilio.com/docs/whatsapp/key-concepts, WhatsApp usernames.</remarks>
public sealed class UserNameTests : IAsyncDisposable
{
    private readonly MessagingHouse _house = new();
    private readonly string _id = BusinessScopedId.Of(AccountBook.DefaultSid, MessagingHouse.Phone);

    public UserNameTests()
    {
        ChannelHouse.AddSender(_house);
        _house.App.On("/wa", FakeApp.Empty).On("/status", FakeApp.Empty);
        _house.Do(() => _house.Rest.Handsets.Configure(MessagingHouse.Phone, new HandsetBehaviour { UserName = "ann.lee_7" }));
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task The_id_stands_where_the_number_would_and_no_parameter_tells_that()
    {
        var sid = ChannelHouse.Write(_house, "hello");
        await _house.AdvanceAsync(1);
        var request = _house.App.Requests.Should().ContainSingle().Which;
        (request["From"], request["ExternalUserId"], request["WaId"], request["ProfileName"])
            .Should().Be((_id, _id, null, "ann.lee_7"));
        request.Request.Parameters.Should().NotContain(p => p.Value.Contains("4155550199", StringComparison.Ordinal));
        var kept = await ChannelHouse.FetchAsync(_house, sid!);
        kept["from"].Should().Be(_id);
        (await _house.Rest.GetAsync($"Messages.json?From={_id}")).Body.Should().Contain(sid!);
    }

    [Fact]
    public async Task A_profile_has_its_own_name_beside_the_user_name()
    {
        _house.Do(() => _house.Rest.Handsets.Configure(
            MessagingHouse.Phone, new HandsetBehaviour { UserName = "ann.lee_7", Name = "Ann" }));
        ChannelHouse.Write(_house, "hello");
        await _house.AdvanceAsync(1);
        _house.App.Requests.Should().ContainSingle().Which["ProfileName"].Should().Be("Ann");
    }

    [Fact]
    public async Task A_message_to_the_id_reaches_the_phone_and_shows_no_number_to_its_end()
    {
        ChannelHouse.Write(_house, "hello");
        await _house.AdvanceAsync(1);
        var sent = await SendAsync(_id, "hi", "StatusCallback", "http://app/status");
        sent["to"].Should().Be(_id);
        await _house.AdvanceAsync(5);
        var told = _house.App.Requests.Where(r => r.Path == "/status").ToList();
        told.Select(r => r["MessageStatus"]).Should().ContainInOrder("sent", "delivered");
        told.Should().OnlyContain(r => r["To"] == _id && r["ExternalUserId"] == _id && !r["ChannelToAddress"]!.Contains("4155550"));
        _house.Do(() => _house.Rest.Handsets.Of(MessagingHouse.Phone).Received.Should().ContainSingle().Which.To
            .Should().Be(ChannelHouse.Person, "the phone has its number"));
        ChannelHouse.Write(_house, "still me");
        await _house.AdvanceAsync(1);
        _house.App.Requests[^1]["From"].Should().Be(_id, "writing to an id teaches no number");
    }

    [Fact]
    public async Task A_reply_goes_to_the_id()
    {
        _house.App.On("/wa", FakeApp.Twiml("<Response><Message>Welcome</Message></Response>"));
        ChannelHouse.Write(_house, "hello");
        await _house.AdvanceAsync(5);
        _house.Do(() => _house.Rest.Handsets.Of(MessagingHouse.Phone).Received.Should().ContainSingle().Which.Body.Should().Be("Welcome"));
        (await _house.Rest.GetAsync($"Messages.json?To={_id}")).Body.Should().Contain("Welcome");
    }

    [Fact]
    public async Task Who_writes_to_the_number_is_shown_it_from_then_on()
    {
        ChannelHouse.Write(_house, "hello");
        await _house.AdvanceAsync(1);
        _house.App.Requests[^1]["From"].Should().Be(_id);
        (await SendAsync(ChannelHouse.Person, "I have your number"))["to"].Should().Be(ChannelHouse.Person);
        await _house.AdvanceAsync(5);
        ChannelHouse.Write(_house, "how?");
        await _house.AdvanceAsync(1);
        var request = _house.App.Requests[^1];
        (request["From"], request["ExternalUserId"], request["WaId"]).Should().Be((ChannelHouse.Person, _id, "14155550199"));
        (await SendAsync(_id, "by both"))["to"].Should().Be(ChannelHouse.Person);
    }

    [Fact]
    public async Task A_number_that_was_shown_before_the_user_name_came_stays_shown()
    {
        _house.Do(() => _house.Rest.Handsets.Configure(MessagingHouse.Phone, new HandsetBehaviour()));
        ChannelHouse.Write(_house, "hello");
        _house.Do(() => _house.Rest.Handsets.Configure(MessagingHouse.Phone, new HandsetBehaviour { UserName = "ann.lee_7" }));
        ChannelHouse.Write(_house, "hello again");
        await _house.AdvanceAsync(2);
        _house.App.Requests.Select(r => r["From"]).Should().Equal(ChannelHouse.Person, ChannelHouse.Person);
    }

    [Fact]
    public async Task A_template_with_a_code_needs_a_number()
    {
        const string types = """{"whatsapp/authentication":{"add_security_recommendation":true,"code_expiration_minutes":5,"actions":[{"type":"COPY_CODE","copy_code_text":"Copy"}]}}""";
        var template = await ChannelHouse.TemplateAsync(_house, types, """{"1":"123456"}""", "approved");
        (await OutcomeAsync(_id, "ContentSid", template, "ContentVariables", """{"1":"314159"}""")).Should().Be(("failed", "63024"));
        (await OutcomeAsync(ChannelHouse.Person, "ContentSid", template, "ContentVariables", """{"1":"314159"}""")).Should().Be(("delivered", null));
    }

    [Fact]
    public async Task The_window_is_one_whatever_the_person_is_called()
    {
        (await OutcomeAsync(_id, "Body", "cold")).Should().Be(("failed", "63016"));
        ChannelHouse.Write(_house, "hello");
        (await OutcomeAsync(_id, "Body", "warm")).Should().Be(("delivered", null));
        (await OutcomeAsync(ChannelHouse.Person, "Body", "warm")).Should().Be(("delivered", null));
    }

    [Theory]
    [InlineData("whatsapp:US.4566546130240823")]
    [InlineData("whatsapp:US.ENT.4566546130240823")]
    public async Task An_id_of_nobody_is_no_recipient(string id) =>
        (await OutcomeAsync(id, "Body", "hello")).Should().Be(("failed", "63024"));

    [Theory]
    [InlineData("whatsapp:us.4566546130240823")]
    [InlineData("whatsapp:US.4566-546130240823")]
    [InlineData("whatsapp:US.")]
    [InlineData("whatsapp:ann.lee_7")]
    public async Task What_has_not_the_shape_of_an_id_is_refused(string to) => (await SendAsync(to, "hello"))["code"].Should().Be("21211");

    private Task<RestAnswer> SendAsync(string to, string body, params string[] more) =>
        _house.Rest.PostAsync("Messages.json", ["To", to, "From", ChannelHouse.WhatsApp, "Body", body, .. more]);

    private async Task<(string? Status, string? Code)> OutcomeAsync(string to, params string[] pairs)
    {
        var sent = await _house.Rest.PostAsync("Messages.json", ["To", to, "From", ChannelHouse.WhatsApp, .. pairs]);
        sent.Status.Should().Be(201, sent.Body);
        await _house.AdvanceAsync(5);
        var message = await ChannelHouse.FetchAsync(_house, sent["sid"]!);
        return (message["status"], message["error_code"]);
    }
}
