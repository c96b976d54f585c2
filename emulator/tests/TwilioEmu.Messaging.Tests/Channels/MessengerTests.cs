using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;

namespace TwilioEmu.Messaging.Tests.Channels;

public sealed class MessengerTests : IAsyncDisposable
{
    private const string Page = "messenger:2002";
    private const string Ann = "messenger:1001";
    private const string QuickReply =
        """{"twilio/quick-reply":{"body":"Coming?","actions":[{"title":"Yes","id":"y"},{"title":"No","id":"n"}]}}""";

    private readonly MessagingHouse _house = new();

    public MessengerTests()
    {
        _house.App.RefusesBadSignatures = false;
        _house.App.On("/fb", FakeApp.Empty);
        ChannelHouse.AddSender(_house, Page, "http://app/fb");
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_person_writes_to_a_page_and_the_apps_answer_comes_back()
    {
        _house.App.On("/fb", FakeApp.Twiml("<Response><Message>Hello back</Message></Response>"));
        var sid = Write("Hello");
        await _house.AdvanceAsync(5);
        var asked = _house.App.Requests.Should().ContainSingle().Which;
        (asked["MessageSid"], asked["From"], asked["To"], asked["Body"], asked["NumMedia"]).Should().Be((sid, Ann, Page, "Hello", "0"));
        asked.Request.Parameters.Select(p => p.Key).Should().NotContain(["WaId", "ProfileName", "FromCity"]);
        asked["ChannelMetadata"].Should().StartWith("""{"type":"messenger",""");
        Received().Should().Equal((Page, "Hello back"));
        var replied = (await _house.Rest.GetAsync($"Messages.json?From={Page}")).Json.GetProperty("messages")[0];
        (replied.GetProperty("to").GetString(), replied.GetProperty("status").GetString(), replied.GetProperty("direction").GetString())
            .Should().Be((Ann, "delivered", "outbound-reply"));
    }

    [Fact]
    public async Task The_app_writes_freely_for_a_day_after_the_person_did_and_else_not_at_all()
    {
        (await OutcomeAsync("Body", "Hi")).Should().Be(("failed", "63016"));
        Write("Hello");
        await _house.AdvanceAsync(5);
        (await OutcomeAsync("Body", "Hi")).Should().Be(("delivered", null));
        await _house.AdvanceAsync(86_400);
        (await OutcomeAsync("Body", "Still there?")).Should().Be(("failed", "63016"));
        (await OutcomeAsync("ContentSid", await ChannelHouse.TemplateAsync(_house, QuickReply, "{}", "approved")))
            .Should().Be(("failed", "63016"), "WhatsApp's approvals open nothing here");
    }

    [Fact]
    public async Task A_button_is_tapped()
    {
        Write("Hello");
        (await OutcomeAsync("ContentSid", await ChannelHouse.TemplateAsync(_house, QuickReply, "{}"))).Status.Should().Be("delivered");
        _house.Do(() =>
        {
            var act = _house.Rest.Handsets.ActOf(Ann, Page, new TextDeed.Taps("No"), out var fault);
            fault.Should().BeNull();
            _house.Rest.Handsets.Text(Ann, Page, "", [], act);
        });
        await _house.AdvanceAsync(5);
        var asked = _house.App.Requests[^1];
        (asked["Body"], asked["ButtonText"], asked["ButtonPayload"], asked["From"]).Should().Be(("No", "No", "n", Ann));
    }

    [Theory]
    [InlineData("messenger:2002", "+14155550199", 21910)]
    [InlineData("messenger:2003", "messenger:1001", 63007)]
    [InlineData("messenger:2002", "messenger:2002", 63031)]
    public async Task What_does_not_go_together_is_refused(string from, string to, int code) =>
        (await _house.Rest.PostAsync("Messages.json", "From", from, "To", to, "Body", "x")).Code.Should().Be(code);

    private string? Write(string body)
    {
        string? sid = null;
        _house.Do(() => sid = _house.Rest.Handsets.Text(Ann, Page, body, []));
        return sid;
    }

    private List<(string From, string Body)> Received()
    {
        List<(string, string)> received = [];
        _house.Do(() => received.AddRange(_house.Rest.Handsets.Of(Ann).Received.Select(t => (t.From, t.Body))));
        return received;
    }

    private async Task<(string? Status, string? Code)> OutcomeAsync(params string[] pairs)
    {
        var sent = await _house.Rest.PostAsync("Messages.json", ["To", Ann, "From", Page, .. pairs]);
        sent.Status.Should().Be(201, sent.Body);
        await _house.AdvanceAsync(5);
        var message = await ChannelHouse.FetchAsync(_house, sent["sid"]!);
        return (message["status"], message["error_code"]);
    }
}
