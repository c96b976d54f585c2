using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Voice.Calls;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Verbs.Dialling;

/// <summary>Client, Application, Sim and WhatsApp: twilio.com/docs/voice/twiml/client, dial/application, sim, whatsapp.</summary>
public sealed class OtherNounTests
{
    private const string Alice = "client:alice";
    private const string Sim = "DE00000000000000000000000000000001";

    private static HandsetBehaviour Answers(double after, params ScriptStep[] script) =>
        new() { After = TimeSpan.FromSeconds(after), Script = script };

    [Fact]
    public async Task An_apps_own_phone_is_bridged_as_any_and_is_told_its_parameters()
    {
        await using var house = await BuildAsync();
        house.Behave(Alice, Answers(1, Hears("are you there"), Says("alice speaking"), Waits(1), HangsUp));
        house.Twiml(
            "/voice",
            "<Dial action='/after'><Client statusCallback='/told' statusCallbackEvent='initiated ringing answered "
                + "completed'><Identity>alice</Identity><Parameter name='table' value='4'/></Client></Dial>");
        var sid = await house.DialAsync(Waits(2), Says("are you there"), Hears("alice speaking"));
        await house.AdvanceAsync(60);
        var child = await ChildAsync(house);
        (child.To, child.From, child.Status, child.Direction).Should().Be((Alice, Phone, CallStatus.Completed, CallDirection.OutboundDial));
        house.Asked("/after", "DialCallStatus", "DialBridged").Single().Should().EndWith("completed true");
        house.Requests.Where(r => r.Path == "/told").Select(r => (r.Parameters["CallStatus"], r.Parameters["To"])).Should().Equal(
            ("initiated", Alice), ("ringing", Alice), ("in-progress", Alice), ("completed", Alice));
        // Places are told of numbers alone.
        house.Requests.First(r => r.Path == "/told").Parameters.Should().NotContainKey("ToCity").And.ContainKey("FromCity");
        (await house.EntriesAsync(e => e.Kind == "handset.ringing")).Single().ToJson().Should().Contain("\"parameters\":{\"table\":\"4\"}");
        (await house.StoryAsync(sid)).Should().Contain(s => s.EndsWith("heard alice speaking"));
    }

    [Fact]
    public async Task A_client_that_no_device_has_registered_does_not_answer_and_the_journal_says_why()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Dial action='/after'><Client>nobody</Client></Dial>");
        await house.DialAsync(Waits(60));
        await house.AdvanceAsync(60);
        house.Asked("/after", "DialCallStatus", "DialBridged").Should().Equal("0.2 no-answer false");
        (await house.EntriesAsync(e => e.Kind == "warning" && e.Subject == "client:nobody")).Should().ContainSingle();
    }

    [Fact]
    public async Task A_rule_registers_all_clients_that_begin_alike()
    {
        await using var house = await BuildAsync();
        house.Behave("client:*", Answers(1, Waits(1), HangsUp));
        house.Twiml("/voice", "<Dial action='/after'><Client>anybody</Client></Dial>");
        await house.DialAsync(Waits(60));
        await house.AdvanceAsync(60);
        house.Asked("/after", "DialCallStatus").Should().Equal("2.2 completed");
    }

    [Theory]
    [InlineData("callerId='client:bob'", "client:bob")]
    [InlineData("callerId='+1 415 555 0100'", Number)]
    [InlineData("", Phone)]
    public async Task A_client_is_shown_a_number_or_another_client(string attribute, string shown)
    {
        await using var house = await BuildAsync();
        house.Behave(Alice, Answers(1, HangsUp));
        house.Twiml("/voice", $"<Dial {attribute}><Client>alice</Client></Dial>");
        await house.DialAsync(Waits(60));
        await house.AdvanceAsync(60);
        (await ChildAsync(house)).From.Should().Be(shown);
    }

    [Fact]
    public async Task REST_calls_a_client_with_parameters_in_its_address()
    {
        await using var house = await BuildAsync();
        house.Behave(Alice, Answers(1, Waits(1), HangsUp));
        var sid = await house.CreateAsync(("To", "client:alice?table=4&who=the%20boss"));
        await house.AdvanceAsync(60);
        var call = await house.CallAsync(sid);
        (call.To, call.Status).Should().Be((Alice, CallStatus.Completed));
        house.Asked("/voice", "To", "Called").Single().Should().EndWith("client:alice client:alice");
        (await house.EntriesAsync(e => e.Kind == "handset.ringing")).Single().ToJson()
            .Should().Contain("\"parameters\":{\"table\":\"4\",\"who\":\"the boss\"}");
    }

    [Theory]
    [InlineData("client:", 21211)]
    [InlineData("client:two words", 21211)]
    [InlineData("app:AP9", 21218)]
    [InlineData("app:AP2", 21218)]
    public async Task REST_refuses_what_cannot_be_called(string to, int code)
    {
        await using var house = await BuildAsync();
        var answer = await house.PostAsync("CreateCall", ("From", Number), ("To", to), ("Url", "http://app/voice"));
        answer.Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(code);
    }

    [Fact]
    public async Task A_client_connects_to_a_TwiML_App_and_its_parameters_are_the_requests()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, Waits(1), HangsUp));
        house.Twiml("/application", $"<Dial callerId='{Number}'>{Friend}</Dial>");
        var sid = await house.World.Loop.RunAsync(
            () => house.Phones.Dial(
                Alice, "app:AP1", [Waits(30)], [KeyValuePair.Create("To", Friend), KeyValuePair.Create("reason", "refund")]), default);
        await house.AdvanceAsync(60);
        house.Asked("/application", "From", "To", "Direction", "ApplicationSid", "reason", "CallStatus")
            .Should().Equal($"0.0 {Alice} {Friend} inbound AP1 refund ringing");
        var call = await house.CallAsync(sid!);
        (call.Status, call.Direction).Should().Be((CallStatus.Completed, CallDirection.Inbound));
    }

    [Fact]
    public async Task A_client_that_calls_a_number_needs_a_caller_id()
    {
        await using var house = await BuildAsync();
        house.Twiml("/application", $"<Dial action='/after'>{Friend}</Dial>");
        await house.World.Loop.RunAsync(() => house.Phones.Dial(Alice, "app:AP1", [Waits(30)], []), default);
        await house.AdvanceAsync(60);
        (await house.AlertsAsync()).Should().Equal("13214");
        house.Asked("/after", "DialCallStatus").Should().Equal("0.0 failed");
    }

    [Theory]
    [InlineData("AP1", "/application", Phone)]
    [InlineData("AP3", "/other-application", Phone)]
    public async Task An_application_is_dialled_with_its_parameters_and_gives_some_back(string app, string page, string from)
    {
        await using var house = await BuildAsync();
        house.Twiml(
            "/voice",
            $"<Dial action='/after'><Application><ApplicationSid>{app}</ApplicationSid><Parameter name='AccountNumber' "
                + "value='12345'/></Application></Dial>");
        house.Twiml(page, "<Say>Welcome to the other side</Say><Hangup><Parameter name='balance' value='7.50'/></Hangup>");
        var sid = await house.DialAsync(Hears("Welcome to the other side"), Waits(30));
        await house.AdvanceAsync(60);
        house.Asked(page, "From", "To", "Param_AccountNumber", "CustomerId", "Direction", "ApplicationSid").Single()
            .Should().EndWith($"{from} {app} 12345 {Account} inbound {app}");
        var end = house.Requests.Single(r => r.Path == "/after").Parameters;
        (end["DialCallStatus"], end["DialBridged"], end["ReturnParam_balance"]).Should().Be(("completed", "true", "7.50"));
        (await house.StoryAsync(sid)).Should().Contain(s => s.EndsWith("heard Welcome to the other side"));
    }

    [Fact]
    public async Task An_application_may_be_shown_the_number_that_was_called_and_another_customer()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Dial><Application copyParentTo='true' customerId='acme'>AP1</Application></Dial>");
        house.Twiml("/application", "<Reject reason='busy'><Parameter name='why' value='closed'/></Reject>");
        await house.DialAsync(Waits(30));
        await house.AdvanceAsync(60);
        house.Asked("/application", "To", "CustomerId").Should().Equal($"0.0 {Number} acme");
    }

    [Fact]
    public async Task An_application_that_refuses_gives_back_too()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Dial action='/after'><Application>AP1</Application></Dial>");
        house.Twiml("/application", "<Reject reason='busy'><Parameter name='why' value='closed'/></Reject>");
        await house.DialAsync(Waits(30));
        await house.AdvanceAsync(60);
        house.Asked("/after", "DialCallStatus", "ReturnParam_why").Should().Equal("0.0 busy closed");
    }

    [Theory]
    [InlineData("AP9")]
    [InlineData("AP2")]
    public async Task An_application_that_is_not_there_or_not_open_is_not_called(string app)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"<Dial action='/after'><Application>{app}</Application></Dial>");
        await house.DialAsync(Waits(30));
        await house.AdvanceAsync(60);
        house.Asked("/after", "DialCallStatus", "DialBridged").Should().Equal("0.0 failed false");
        (await house.AlertsAsync()).Should().Equal("21218");
    }

    [Fact]
    public async Task A_SIM_is_a_phone_by_its_SID()
    {
        await using var house = await BuildAsync();
        house.Behave($"sim:{Sim}", Answers(1, Says("sim here"), Waits(1), HangsUp));
        house.Twiml("/voice", $"<Dial action='/after'><Sim>{Sim}</Sim></Dial>");
        await house.DialAsync(Hears("sim here"), Waits(30));
        await house.AdvanceAsync(60);
        (await ChildAsync(house)).To.Should().Be($"sim:{Sim}");
        house.Asked("/after", "DialCallStatus").Single().Should().EndWith("completed");
    }

    [Fact]
    public async Task What_is_no_SIM_is_not_called()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Dial action='/after'><Sim>mine</Sim></Dial>");
        await house.DialAsync(Waits(30));
        await house.AdvanceAsync(60);
        house.Asked("/after", "DialCallStatus").Should().Equal("0.0 failed");
        (await house.AlertsAsync()).Should().Equal("13258");
    }

    [Theory]
    [InlineData("callerId='whatsapp:+14155550100'", true, "1.2 completed", "")]
    [InlineData("callerId='whatsapp:+14155550100'", false, "0.2 failed", "")]
    [InlineData("callerId='+14155550100'", true, "0.0 failed", "13214")]
    [InlineData("", true, "0.0 failed", "13214")]
    public async Task WhatsApp_rings_where_it_is_installed_and_only_for_a_WhatsApp_sender(
        string attribute, bool hasWhatsApp, string outcome, string alert)
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, HangsUp) with { HasWhatsApp = hasWhatsApp });
        house.Twiml("/voice", $"<Dial action='/after' {attribute}><WhatsApp>{Friend}</WhatsApp></Dial>");
        await house.DialAsync(Waits(30));
        await house.AdvanceAsync(60);
        house.Asked("/after", "DialCallStatus").Should().Equal(outcome);
        (await house.AlertsAsync()).Should().Equal(alert.Length == 0 ? [] : [alert]);
    }

    [Fact]
    public async Task Clients_and_numbers_ring_side_by_side()
    {
        await using var house = await BuildAsync();
        house.Behave(Alice, Answers(3));
        house.Behave(Friend, Answers(1, Waits(1), HangsUp));
        house.Twiml("/voice", $"<Dial action='/after'><Client>alice</Client><Number>{Friend}</Number></Dial>");
        await house.DialAsync(Waits(30));
        await house.AdvanceAsync(60);
        (await ChildrenAsync(house)).Select(c => (c.To, c.Status))
            .Should().BeEquivalentTo([(Alice, CallStatus.Canceled), (Friend, CallStatus.Completed)]);
    }

    private static async Task<Call> ChildAsync(VoiceHouse house) => (await ChildrenAsync(house)).Single();

    private static Task<List<Call>> ChildrenAsync(VoiceHouse house) => house.World.Loop.RunAsync(
        () => house.Voice.Services.Book.Records(Account).NewestFirst().Where(c => c.ParentCallSid is not null).ToList(), default);
}
