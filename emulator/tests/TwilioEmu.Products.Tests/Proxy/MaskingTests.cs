using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Products.Proxy;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Rest;
using TwilioEmu.Voice;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Tests.Proxy;

/// <summary>Masked sessions: numbers chosen, texts and calls passed on both ways, callbacks, ends.</summary>
public sealed class MaskingTests : IAsyncDisposable
{
    private const string Rider = "+14155550191";
    private const string Driver = "+14155550192";
    private const string First = "+14155550101";
    private const string Second = "+14155550102";

    private readonly RestWorld _rest = new();

    public MaskingTests()
    {
        var voice = new VoiceProduct();
        _rest.Attach(_rest.Messaging, voice, new ProxyProduct(_rest.Messaging, voice));
        Do(() =>
        {
            foreach (var number in (string[])[First, Second])
            {
                _rest.Numbers.Add(
                    AccountBook.DefaultSid,
                    new PhoneNumberSpec
                    {
                        Number = number,
                        MessagesPerSecond = 100,
                        Parameters = new Dictionary<string, string> { ["SmsUrl"] = "http://app/sms" },
                    });
            }
        });
        _rest.App.On("/told", FakeApp.Empty).On("/sms", FakeApp.Empty);
    }

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task Texts_go_both_ways_under_the_numbers_of_the_pool()
    {
        var (service, session) = await MeetAsync("CallbackUrl", "http://app/told");
        var (rider, driver) = await MasksAsync(session);

        await TextAsync(Rider, rider, "I am at the corner");
        (await ReceivedAsync(Driver)).Should().Equal($"{driver} I am at the corner");
        await TextAsync(Driver, driver, "two minutes");
        (await ReceivedAsync(Rider)).Should().Equal($"{rider} two minutes");

        var interactions = (await GetAsync($"{session}/Interactions")).Json.GetProperty("interactions").EnumerateArray().ToList();
        interactions.Select(i =>
            $"{i.GetProperty("type")} {i.GetProperty("data")} {i.GetProperty("inbound_resource_status")} "
                + $"{i.GetProperty("outbound_resource_status")}")
            .Should().Equal(
                "message {\"body\":\"two minutes\"} received delivered", "message {\"body\":\"I am at the corner\"} received delivered");
        (await GetAsync(session))["status"].Should().Be("in-progress");
        _rest.App.Requests
            .Should().OnlyContain(r => r.IsSigned && r.Request.Url.AbsolutePath == "/told", "the numbers' own webhooks are not asked");
        Told("/told", "interactionType", "outboundResourceStatus").Should().Contain("Message sent").And.Contain("Message delivered");
    }

    [Fact]
    public async Task A_phones_own_picture_is_passed_on_and_served()
    {
        var (_, session) = await MeetAsync();
        var (rider, _) = await MasksAsync(session);
        Do(() => _rest.Handsets.Text(Rider, rider, "this is me", ["data:image/png;base64,iVBORw0KGgo="]));
        await AdvanceAsync(5);
        (await _rest.World.Loop.RunAsync(() => _rest.Handsets.Of(Driver).Received.Single().MediaUrls.Count, default)).Should().Be(1);
        (await _rest.EntriesAsync("alert")).Should().BeEmpty();
        var passed = (await _rest.EntriesAsync("message.delivered")).Should().ContainSingle().Subject.Subject;
        var media =
            (await _rest.GetAsync($"Messages/{passed}/Media.json")).Json.GetProperty("media_list")[0].GetProperty("sid").GetString();
        var picture = await _rest.OpenMediaAsync(_rest.Messaging, $"Messages/{passed}/Media/{media}");
        picture!.Content.ToArray().Should().Equal(Convert.FromBase64String("iVBORw0KGgo="));
    }

    [Fact]
    public async Task A_call_is_passed_on_under_the_others_number()
    {
        var (_, session) = await MeetAsync();
        var (rider, driver) = await MasksAsync(session);
        Do(() =>
            _rest.Handsets.Configure(
                Driver,
                new HandsetBehaviour
                {
                    Script = [new ScriptStep.Answers(TimeSpan.FromSeconds(1)), new ScriptStep.Says("hello"), new ScriptStep.HangsUp()],
                }));

        Do(() => _rest.Handsets.Dial(Rider, rider, [new ScriptStep.Waits(TimeSpan.FromSeconds(30))]));
        await AdvanceAsync(60);

        (await _rest.EntriesAsync("handset.answered"))
            .Should().ContainSingle(e => e.Subject == Driver && e.ToJson().Contains($"\"from\":\"{driver}\""));
        var call = (await GetAsync($"{session}/Interactions")).Json.GetProperty("interactions")[0];
        (
            call.GetProperty("type").GetString(), call.GetProperty("inbound_resource_status").GetString(),
            call.GetProperty("outbound_resource_status").GetString()).Should().Be(("voice", "completed", "completed"));
        call.GetProperty("outbound_resource_sid").GetString().Should().StartWith("CA");
        call.GetProperty("inbound_resource_url").GetString().Should().EndWith($"/Calls/{call.GetProperty("inbound_resource_sid")}.json");
    }

    [Fact]
    public async Task The_app_is_told_once_of_each_state_and_of_no_leg_that_is_not_there()
    {
        var (_, session) = await MeetAsync("CallbackUrl", "http://app/told");
        var (rider, _) = await MasksAsync(session);
        Do(() =>
            _rest.Handsets.Configure(
                Driver, new HandsetBehaviour { Script = [new ScriptStep.Answers(TimeSpan.FromSeconds(1)), new ScriptStep.HangsUp()] }));
        Do(() => _rest.Handsets.Dial(Rider, rider, [new ScriptStep.Waits(TimeSpan.FromSeconds(30))]));
        await AdvanceAsync(60);
        Told("/told", "inboundResourceStatus", "outboundResourceStatus")
            .Should().OnlyHaveUniqueItems()
            .And.StartWith("in-progress -")
            .And.EndWith("completed completed");
        Told("/told", "outboundResourceStatus", "outboundResourceSid").Where(t => t.StartsWith('-')).Should().OnlyContain(t => t == "- -");
    }

    [Fact]
    public async Task The_app_may_stop_what_is_to_be_passed_on_by_403_alone()
    {
        var (_, session) = await MeetAsync("InterceptCallbackUrl", "http://app/ask");
        var (rider, _) = await MasksAsync(session);
        _rest.App.OnInTurn("/ask", new AppAnswer(403, null, ""), new AppAnswer(500, null, ""));
        await TextAsync(Rider, rider, "my number is secret");
        (await ReceivedAsync(Driver)).Should().BeEmpty();
        (await _rest.EntriesAsync("alert"))
            .Should().ContainSingle("its no is an answer and no failure").Which.ToJson().Should().Contain("80909");
        await TextAsync(Rider, rider, "hello");
        (await ReceivedAsync(Driver)).Should().ContainSingle();
        Told("/ask", "interactionType", "outboundResourceSid").Should().Equal("Message -", "Message -");
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("ttl")]
    public async Task Out_of_session_a_text_is_answered_by_the_apps_own_word(string end)
    {
        var (service, session) = await MeetAsync("OutOfSessionCallbackUrl", "http://app/late", "DefaultTtl", "300");
        var (rider, _) = await MasksAsync(session);
        _rest.App.On("/late", FakeApp.Twiml("<Response><Message>The ride is over.</Message></Response>"));
        if (end == "closed") (await PostAsync(session, "Status", "closed"))["status"].Should().Be("closed");
        else await AdvanceAsync(301);

        await TextAsync(Rider, rider, "I forgot my bag");

        (await ReceivedAsync(Driver)).Should().BeEmpty();
        (await ReceivedAsync(Rider)).Should().Equal($"{rider} The ride is over.");
        Told("/late", "Body", "sessionStatus", "inboundParticipantIdentifier").Should().Equal($"I forgot my bag closed {Rider}");
        Told("/late", "FromCountry", "SmsStatus", "NumSegments", "ApiVersion")
            .Should().Equal(["US received 1 2010-04-01"], "it is an ordinary webhook with more");
        (await PostAsync(session, "Status", "closed")).Code.Should().Be(80607);
        (await PostAsync(session, "Status", "in-progress"))["status"].Should().Be("in-progress");
        await TextAsync(Rider, rider, "again");
        (await ReceivedAsync(Driver)).Should().ContainSingle();
    }

    [Fact]
    public async Task Out_of_session_twiml_is_read_as_that_of_any_text()
    {
        await MeetAsync("OutOfSessionCallbackUrl", "http://app/late");
        _rest.App.On(
            "/late",
            FakeApp.Twiml("<Response><Message><Body>Over.</Body><Media>http://app/map.png</Media></Message><Say>no</Say></Response>"));
        await TextAsync("+14155550193", First, "hello?");
        (await _rest.EntriesAsync("message.queued")).Select(e => e.ToJson()).Should().ContainSingle()
            .Which.Should().Contain("\"body\":\"Over.\"").And.Contain("\"media_urls\":[\"http://app/map.png\"]");
        (await _rest.EntriesAsync("alert")).Select(e => e.ToJson())
            .Should().Contain(e => e.Contains("12200") && e.Contains("'Say'"), "what is passed over is told");
    }

    [Fact]
    public async Task Out_of_session_json_makes_a_session_and_passes_the_text_on()
    {
        var (service, _) = await MeetAsync("OutOfSessionCallbackUrl", "http://app/late");
        _rest.App.On(
            "/late", new AppAnswer(200, "application/json", $$"""{"uniqueName":"walk-in","participantIdentifier":"{{Driver}}"}"""));
        await TextAsync("+14155550193", First, "taxi please");
        (await ReceivedAsync(Driver)).Should().ContainSingle().Which.Should().EndWith("taxi please");
        (await GetAsync($"{service}/Sessions")).Json.GetProperty("sessions").EnumerateArray()
            .Select(s => s.GetProperty("unique_name").GetString())
            .Should().Contain("walk-in");
    }

    [Fact]
    public async Task Out_of_session_an_app_makes_the_session_and_sends_call_and_text_back_to_the_services_own_webhooks()
    {
        const string Stranger = "+14155550193";
        var (service, _) = await MeetAsync("OutOfSessionCallbackUrl", "http://app/late");
        var hooks = $"https://webhooks.twilio.com/v1/Accounts/{RestWorld.Account}/Proxy/{service.Split('/')[^1]}/Webhooks";
        _rest.App.OnInTurn(
            "/late", FakeApp.Twiml($"<Response><Say>One moment</Say><Redirect method=\"POST\">{hooks}/Call</Redirect></Response>"),
            FakeApp.Twiml($"<Response><Message>You are being joined.</Message><Redirect>{hooks}/Message</Redirect></Response>"));
        Do(() => _rest.Handsets.Dial(Stranger, First, [new ScriptStep.Waits(TimeSpan.FromSeconds(60))]));
        var session = (await PostAsync($"{service}/Sessions", "UniqueName", "walk-in"))["sid"];
        await PostAsync($"{service}/Sessions/{session}/Participants", "Identifier", Stranger, "ProxyIdentifier", First);
        await PostAsync($"{service}/Sessions/{session}/Participants", "Identifier", Driver);
        await AdvanceAsync(90);

        (await _rest.EntriesAsync("handset.answered")).Should().ContainSingle(e => e.Subject == Driver, "the call was joined");
        (await _rest.EntriesAsync("alert")).Should().BeEmpty();

        await PostAsync($"{service}/Sessions/{session}", "Status", "closed");
        await TextAsync(Stranger, First, "still there?");
        (await ReceivedAsync(Stranger)).Should().Equal($"{First} You are being joined.");
        (await _rest.EntriesAsync("alert")).Select(e => e.ToJson()).Should().ContainSingle(
            "no session was made meanwhile, so the text stays").Which.Should().Contain("80902");
    }

    [Fact]
    public async Task Without_a_session_or_a_word_of_the_app_a_text_stays_and_a_call_is_rejected()
    {
        await MeetAsync();
        await TextAsync("+14155550193", First, "hello?");
        Do(() => _rest.Handsets.Dial("+14155550193", First, [new ScriptStep.Waits(TimeSpan.FromSeconds(5))]));
        await AdvanceAsync(10);
        (await _rest.EntriesAsync("proxy_session.kept")).Should().HaveCount(2).And.OnlyContain(e => e.ToJson().Contains("80902"));
        (await _rest.EntriesAsync("call.busy")).Concat(await _rest.EntriesAsync("call.no-answer")).Should().ContainSingle();
    }

    [Fact]
    public async Task A_person_has_another_number_in_each_open_session_and_the_same_again_afterwards()
    {
        var (service, session) = await MeetAsync();
        var (rider, _) = await MasksAsync(session);
        var second = $"{service}/Sessions/{(await PostAsync($"{service}/Sessions", "UniqueName", "two"))["sid"]}";
        var other = (await PostAsync($"{second}/Participants", "Identifier", Rider))["proxy_identifier"];
        other.Should().NotBe(rider);
        var third = $"{service}/Sessions/{(await PostAsync($"{service}/Sessions", "UniqueName", "three"))["sid"]}";
        (await PostAsync($"{third}/Participants", "Identifier", Rider)).Code.Should().Be(80208);
        await PostAsync(session, "Status", "closed");
        await PostAsync(second, "Status", "closed");
        (await PostAsync($"{third}/Participants", "Identifier", Rider))["proxy_identifier"].Should().Be(other, "the one used last sticks");
    }

    [Fact]
    public async Task Pools_sessions_and_participants_are_refused_with_their_codes()
    {
        var (service, session) = await MeetAsync();
        (await PostAsync($"{session}/Participants", "Identifier", "+14155550193")).Code.Should().Be(80609);
        (await PostAsync($"{service}/Sessions", "UniqueName", "one")).Code.Should().Be(80603);
        (await PostAsync($"{session}/Participants", "Identifier", Rider)).Code.Should().Be(80103);
        (await PostAsync($"{service}/PhoneNumbers", "PhoneNumber", First)).Code.Should().Be(80104);
        (await PostAsync($"{service}/PhoneNumbers", "PhoneNumber", "+14155550199")).Code.Should().Be(80301);
        var other = "/v1/Services/" + (await PostAsync("/v1/Services", "UniqueName", "other"))["sid"];
        (await PostAsync($"{other}/PhoneNumbers", "PhoneNumber", First)).Code.Should().Be(80101);
        var empty = $"{other}/Sessions/{(await PostAsync($"{other}/Sessions", "UniqueName", "one"))["sid"]}";
        (await PostAsync($"{empty}/Participants", "Identifier", "nobody")).Code.Should().Be(80404);
        (await PostAsync($"{empty}/Participants", "Identifier", Rider)).Code.Should().Be(80205);
        (await PostAsync(empty, "Status", "failed")).Code.Should().Be(80608);
        var pooled = (await GetAsync($"{service}/PhoneNumbers")).Json.GetProperty("phone_numbers")[0].GetProperty("sid");
        (await _rest.SendAsync("DELETE", $"{service}/PhoneNumbers/{pooled}", null, null, host: "proxy.twilio.com")).Code.Should().Be(80611);
    }

    [Fact]
    public async Task Keywords_and_what_the_mode_forbids_are_not_passed_on()
    {
        var (service, _) = await MeetAsync();
        var silent = await PostAsync(
            $"{service}/Sessions", "UniqueName", "quiet", "Mode", "voice-only", "Participants", """{"Identifier":"+14155550195"}""",
            "Participants", """{"Identifier":"+14155550196"}""");
        var mask = (await GetAsync($"{service}/Sessions/{silent["sid"]}/Participants")).Json.GetProperty("participants").EnumerateArray()
            .Single(p => p.GetProperty("identifier").GetString() == "+14155550195");
        await TextAsync("+14155550195", mask.GetProperty("proxy_identifier").GetString()!, "psst");
        await TextAsync(Rider, First, " Revoke ");
        (await _rest.EntriesAsync("proxy_session.kept"))
            .Select(e => e.ToJson())
            .Should().SatisfyRespectively(a => a.Should().Contain("80910"), b => b.Should().Contain("80901"));
    }

    /// <remarks>twilio.com/docs/proxy/opt-out-keywords.</remarks>
    [Fact]
    public async Task A_word_that_stops_stays_in_French_too_and_an_answer_that_happens_to_be_a_keyword_is_passed_on()
    {
        var (_, session) = await MeetAsync();
        var (rider, driver) = await MasksAsync(session);
        foreach (var word in (string[])["arret", "ARRETE", "Arrett", "unstop", "Yes", "INFO", "help", "START"]) await TextAsync(Rider, rider, word);
        (await ReceivedAsync(Driver)).Should().Equal($"{driver} Yes", $"{driver} INFO", $"{driver} help", $"{driver} START");
        (await _rest.EntriesAsync("proxy_session.kept")).Should().HaveCount(4).And.OnlyContain(e => e.ToJson().Contains("80901"));
    }

    [Fact]
    public async Task The_app_writes_to_one_of_them_from_their_number()
    {
        var (_, session) = await MeetAsync("CallbackUrl", "http://app/told");
        var rider = (await GetAsync($"{session}/Participants")).Json.GetProperty("participants").EnumerateArray()
            .Single(p => p.GetProperty("identifier").GetString() == Rider);
        var said = await PostAsync($"{session}/Participants/{rider.GetProperty("sid")}/MessageInteractions", "Body", "Your car is here");
        (said.Status, said["type"], said["data"]).Should().Be((200, "message", "{\"body\":\"Your car is here\"}"));
        said.Json.GetProperty("inbound_resource_status").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null, "nothing came in");
        (await ReceivedAsync(Rider)).Should().Equal($"{rider.GetProperty("proxy_identifier")} Your car is here");
        Told("/told", "interactionSid", "outboundResourceStatus").Last().Should().Be($"{said["sid"]} delivered");
        foreach (var list in (string[])["Interactions", $"Participants/{rider.GetProperty("sid")}/MessageInteractions"])
        {
            var written = (await GetAsync($"{session}/{list}")).Json.GetProperty("interactions")[0];
            (written.GetProperty("sid").GetString(), written.GetProperty("outbound_resource_status").GetString())
                .Should().Be((said["sid"], "delivered"));
        }
    }

    /// <summary>A service with two numbers and a session of rider and driver.</summary>
    private async Task<(string Service, string Session)> MeetAsync(params string[] settings)
    {
        var service = "/v1/Services/" + (await PostAsync("/v1/Services", ["UniqueName", "rides", .. settings]))["sid"];
        foreach (var number in (string[])[First, Second])
        {
            (await PostAsync($"{service}/PhoneNumbers", "PhoneNumber", number)).Status.Should().Be(201);
        }
        var session = $"{service}/Sessions/{(await PostAsync($"{service}/Sessions", "UniqueName", "one"))["sid"]}";
        foreach (var person in (string[])[Rider, Driver])
        {
            (await PostAsync($"{session}/Participants", "Identifier", person)).Status.Should().Be(201);
        }
        return (service, session);
    }

    /// <summary>The numbers that rider and driver dial.</summary>
    private async Task<(string Rider, string Driver)> MasksAsync(string session)
    {
        var people = (await GetAsync($"{session}/Participants")).Json.GetProperty("participants").EnumerateArray()
            .ToDictionary(p => p.GetProperty("identifier").GetString()!, p => p.GetProperty("proxy_identifier").GetString()!);
        return (people[Rider], people[Driver]);
    }

    private Task<RestAnswer> GetAsync(string path) => _rest.SendAsync("GET", path, null, null, host: "proxy.twilio.com");

    private Task<RestAnswer> PostAsync(string path, params string[] pairs) => _rest.SendAsync(
        "POST", path, string.Join('&', pairs.Chunk(2).Select(p => $"{p[0]}={Uri.EscapeDataString(p[1])}")),
        "application/x-www-form-urlencoded", host: "proxy.twilio.com");

    private async Task TextAsync(string from, string to, string body)
    {
        Do(() => _rest.Handsets.Text(from, to, body, []));
        await AdvanceAsync(3);
    }

    private async Task<List<string>> ReceivedAsync(string phone)
    {
        await AdvanceAsync(2);
        return await _rest.World.Loop.RunAsync(() => _rest.Handsets.Of(phone).Received.Select(t => $"{t.From} {t.Body}").ToList(), default);
    }

    private IEnumerable<string> Told(string path, params string[] parameters) => _rest.App.Requests
        .Where(r => r.Request.Url.AbsolutePath == path)
        .Select(r => string.Join(' ', parameters.Select(p => r.Request.Parameters.FirstOrDefault(q => q.Key == p).Value ?? "-")));

    private void Do(Action turn) => _rest.World.Loop.RunAsync(turn, default).GetAwaiter().GetResult();

    private Task AdvanceAsync(double seconds) => _rest.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));
}
