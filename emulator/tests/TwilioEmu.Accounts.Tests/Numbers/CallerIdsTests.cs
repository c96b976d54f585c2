using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Rest;
using TwilioEmu.Voice;
using TwilioEmu.Voice.Directory;

namespace TwilioEmu.Accounts.Tests.Numbers;

public sealed class CallerIdsTests : IAsyncDisposable
{
    private const string Phone = "+14155550199";

    private readonly RestWorld _rest = new(
        new World(new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart, Seed = 1 }));
    private readonly FakeApp _app;

    public CallerIdsTests()
    {
        _app = _rest.App;
        _app.On("/verified", FakeApp.Empty);
        _rest.Attach(new VoiceProduct(numbers: new NoNumbers(_rest.Numbers)));
    }

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task Whoever_presses_the_code_makes_the_number_a_caller_id()
    {
        var asked = await AskAsync("FriendlyName", "My phone", "StatusCallback", "http://app/verified", "CallDelay", "5");
        asked.Status.Should().Be(200);
        asked["validation_code"].Should().MatchRegex(@"^\d{6}$");
        Behave(
            new ScriptStep.Hears(Pattern("verification code"), ScriptStep.DefaultHearing),
            new ScriptStep.Presses(asked["validation_code"]!));
        await AdvanceAsync(60);

        var callerId = (await _rest.GetAsync("OutgoingCallerIds.json")).Json.GetProperty("outgoing_caller_ids")[0];
        (callerId.GetProperty("phone_number").GetString(), callerId.GetProperty("friendly_name").GetString())
            .Should().Be((Phone, "My phone"));
        var told = _app.Requests.Should().ContainSingle().Subject;
        told.IsSigned.Should().BeTrue();
        (told["VerificationStatus"], told["OutgoingCallerIdSid"], told["Called"], told["CallSid"], told["CallStatus"])
            .Should().Be(("success", callerId.GetProperty("sid").GetString(), Phone, asked["call_sid"], "completed"));
        (await _rest.GetAsync($"Calls/{asked["call_sid"]}.json"))["from"].Should().Be("+14157234000");
        (await AskAsync()).Code.Should().Be(21450);
        (await _rest.PostAsync("Calls.json", "From", Phone, "To", "+14155550188", "Twiml", "<Response/>")).Status.Should().Be(201);
    }

    [Fact]
    public async Task A_phone_that_only_listens_fails_and_is_no_caller_id()
    {
        await AskAsync("StatusCallback", "http://app/verified", "StatusCallbackMethod", "get");
        await AdvanceAsync(120);

        var told = _app.Requests.Should().ContainSingle().Subject;
        (told["VerificationStatus"], told.Request.Method).Should().Be(("failed", "GET"));
        told.Request.Parameters.Should().NotContain(p => p.Key == "OutgoingCallerIdSid");
        (await _rest.GetAsync("OutgoingCallerIds.json")).Json.GetProperty("outgoing_caller_ids").GetArrayLength().Should().Be(0);
        (await _rest.PostAsync("Calls.json", "From", Phone, "To", "+14155550188", "Twiml", "<Response/>")).Code.Should().Be(21210);
    }

    [Fact]
    public async Task A_wrong_code_may_be_put_right()
    {
        var asked = await AskAsync("CallDelay", "5");
        var wrong = asked["validation_code"] == "000000" ? "111111" : "000000";
        Behave(
            new ScriptStep.Presses(wrong), new ScriptStep.Hears(Pattern("not valid"), ScriptStep.DefaultHearing),
            new ScriptStep.Presses(asked["validation_code"]! + "#"), new ScriptStep.HangsUp());
        await AdvanceAsync(120);

        (await _rest.GetAsync($"OutgoingCallerIds.json?PhoneNumber={Uri.EscapeDataString(Phone)}")).Json
            .GetProperty("outgoing_caller_ids").GetArrayLength()
            .Should().Be(1);
    }

    [Fact]
    public async Task A_busy_phone_fails_after_the_delay()
    {
        Do(() => _rest.Handsets.Configure(Phone, new HandsetBehaviour { PickUp = PickUp.Busy }));
        await AskAsync("CallDelay", "60", "StatusCallback", "http://app/verified");
        await AdvanceAsync(59);
        _app.Requests.Should().BeEmpty();
        await AdvanceAsync(10);

        (_app.Requests.Should().ContainSingle().Subject["VerificationStatus"], _app.Requests[0]["CallStatus"])
            .Should().Be(("failed", "busy"));
    }

    [Fact]
    public async Task Two_codes_are_not_the_same()
    {
        (await AskAsync())["validation_code"].Should().NotBe((await AskAsync())["validation_code"]);
    }

    [Theory]
    [InlineData("PhoneNumber", "12345", 21401)]
    [InlineData("PhoneNumber", "+999123456789", 21401)]
    [InlineData("PhoneNumber", "", 21401)]
    [InlineData("CallDelay", "61", 21454)]
    [InlineData("CallDelay", "-1", 21454)]
    [InlineData("CallDelay", "soon", 21454)]
    [InlineData("Extension", "call me", 20001)]
    [InlineData("StatusCallback", "nowhere", 21456)]
    [InlineData("StatusCallbackMethod", "PUT", 21403)]
    public async Task Bad_requests_are_refused(string parameter, string value, int code)
    {
        string[] form = parameter == "PhoneNumber" ? [parameter, value] : ["PhoneNumber", Phone, parameter, value];

        (await _rest.PostAsync("OutgoingCallerIds.json", form)).Code.Should().Be(code);
    }

    [Fact]
    public async Task A_name_of_65_characters_is_too_long()
    {
        (await AskAsync("FriendlyName", new string('n', 65))).Code.Should().Be(20002);
    }

    [Fact]
    public async Task An_owned_number_need_not_be_verified()
    {
        Do(() => _rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = Phone }));

        (await AskAsync()).Code.Should().Be(21449);
    }

    [Fact]
    public async Task A_caller_id_is_found_named_and_dropped()
    {
        Do(() => _rest.Numbers.CallerIds.Add(AccountBook.DefaultSid, Phone));
        var sid = (await _rest.GetAsync("OutgoingCallerIds.json?FriendlyName=(415)+555-0199")).Json
            .GetProperty("outgoing_caller_ids")[0].GetProperty("sid").GetString()!;
        var path = $"OutgoingCallerIds/{sid}.json";

        sid.Should().StartWith("PN");
        (await _rest.PostAsync(path, "FriendlyName", "Desk"))["friendly_name"].Should().Be("Desk");
        (await _rest.GetAsync(path))["friendly_name"].Should().Be("Desk");
        (await _rest.GetAsync("OutgoingCallerIds.json?PhoneNumber=%2B14155550100")).Json.GetProperty("outgoing_caller_ids").GetArrayLength()
            .Should().Be(0);
        (await _rest.DeleteAsync(path)).Status.Should().Be(204);
        (await _rest.DeleteAsync(path)).Code.Should().Be(20404);
    }

    private Task<RestAnswer> AskAsync(params string[] more) => _rest.PostAsync("OutgoingCallerIds.json", ["PhoneNumber", Phone, .. more]);

    private Task AdvanceAsync(double seconds) => _rest.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    private void Behave(params ScriptStep[] script) => Do(() => _rest.Handsets.Configure(Phone, new HandsetBehaviour { Script = script }));

    private static TextPattern Pattern(string words)
    {
        TextPattern.TryParse(words, out var pattern, out _).Should().BeTrue();
        return pattern;
    }

    private void Do(Action turn) => _rest.World.Loop.RunAsync(turn, default).GetAwaiter().GetResult();

    private sealed class NoNumbers(NumberBook book) : IVoiceNumbers
    {
        public VoiceNumber? Find(string number) => null;

        public bool IsVerifiedCallerId(AccountSid account, string number) => book.CallerIds.IsVerified(account, number);

        public VoiceApplication? FindApplication(AccountSid account, string sid) => null;
    }
}
