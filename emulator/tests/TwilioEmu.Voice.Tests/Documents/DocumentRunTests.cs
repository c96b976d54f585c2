using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Webhooks.Delivery;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Documents;

public sealed class DocumentRunTests
{
    private const string Sorry = "We're sorry, an application error has occurred. Goodbye.";

    [Theory]
    [InlineData(500, "text/xml", "<Response/>", "11200")]
    [InlineData(200, "application/json", "{}", "12300")]
    [InlineData(200, "text/xml", "<Response><Say></Response>", "12100")]
    [InlineData(200, "text/xml", "<Answer/>", "12102")]
    [InlineData(200, "audio/mpeg", "no sound", "12300")]
    public async Task A_document_that_cannot_be_used_goes_to_the_fallback(int status, string type, string body, string code)
    {
        await using var house = await BuildAsync();
        await house.Do(
            () =>
                house.Own(new VoiceNumber(Account, "PN1", Number) { VoiceUrl = "http://app/voice", FallbackUrl = "http://app/fallback" }));
        house.Page("/voice", _ => new AppAnswer(status, type, body));
        house.Twiml("/fallback", "<Say>One moment</Say>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(30);
        house.Asked("/fallback", "ErrorCode", "ErrorUrl", "CallStatus").Should().Equal($"0.0 {code} http://app/voice ringing");
        (await house.StoryAsync(sid)).Should().Contain("0.0 heard One moment");
        (await house.AlertsAsync()).Should().Equal(code);
    }

    [Fact]
    public async Task Without_a_fallback_the_caller_is_told_of_an_application_error()
    {
        await using var house = await BuildAsync();
        house.Page("/voice", _ => new AppAnswer(404, "text/plain", "no"));
        var sid = await house.DialAsync(Hears("application error"));
        await house.AdvanceAsync(30);
        (await house.StoryAsync(sid))[2].Should().Be($"0.0 heard {Sorry}");
        (await house.CallAsync(sid)).Status.Should().Be(CallStatus.Completed);
        (await house.EntriesAsync(e => e.Kind == "handset.script_failed")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_fallback_that_fails_too_is_not_asked_again()
    {
        await using var house = await BuildAsync();
        house.Page("/voice", _ => new AppAnswer(500, "text/plain", ""));
        house.Page("/fallback", _ => new AppAnswer(500, "text/plain", ""));
        var sid = await house.CreateAsync(("FallbackUrl", "http://app/fallback"));
        await house.AdvanceAsync(30);
        house.Asked("/fallback", "ErrorCode").Should().Equal("2.2 11200");
        (await house.StoryAsync(sid)).Should().Contain($"2.2 heard {Sorry}");
    }

    [Fact]
    public async Task An_app_that_hangs_is_given_up_after_15_seconds()
    {
        await using var house = await BuildAsync();
        house.Slow("/voice", TimeSpan.FromMinutes(1));
        var sid = await house.DialAsync();
        await house.AdvanceAsync(14.9);
        (await house.StoryAsync(sid)).Should().HaveCount(1);
        await house.AdvanceAsync(1);
        (await house.StoryAsync(sid))[2].Should().Be($"15.0 heard {Sorry}");
    }

    [Fact]
    public async Task Text_is_spoken()
    {
        await using var house = await BuildAsync();
        house.Page("/voice", _ => new AppAnswer(200, "text/plain", "Hello\nfrom the app"));
        var sid = await house.DialAsync();
        await house.AdvanceAsync(30);
        (await house.StoryAsync(sid)).Should().Contain("0.0 heard Hello from the app");
    }

    [Fact]
    public async Task Text_that_is_twiml_is_run()
    {
        await using var house = await BuildAsync();
        house.Page("/voice", _ => new AppAnswer(200, "text/plain", "<Response><Say>Hi</Say></Response>"));
        var sid = await house.DialAsync();
        await house.AdvanceAsync(30);
        (await house.StoryAsync(sid)).Should().Contain("0.0 heard Hi");
    }

    [Fact]
    public async Task A_sound_file_is_played()
    {
        await using var house = await BuildAsync();
        house.Page("/voice", _ => new AppAnswer(200, "audio/ulaw", new string('x', 16000)));
        var sid = await house.DialAsync();
        await house.AdvanceAsync(30);
        (await house.StoryAsync(sid)).Should().Equal("0.0 ringing", "0.0 in-progress", "0.0 heard voice", "2.0 completed");
    }

    [Fact]
    public async Task Nothing_ends_the_call_without_an_error()
    {
        await using var house = await BuildAsync();
        house.Page("/voice", _ => new AppAnswer(204, null, ""));
        var sid = await house.DialAsync();
        await house.AdvanceAsync(30);
        (await house.CallAsync(sid)).Status.Should().Be(CallStatus.Completed);
        (await house.AlertsAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("/menu", "/menu")]
    [InlineData("menu", "/ivr/menu")]
    [InlineData("./menu", "/ivr/menu")]
    [InlineData("../menu", "/menu")]
    [InlineData(".?Dial=true", "/ivr/")]
    [InlineData("?again=1", "/ivr/start")]
    [InlineData("//app/menu", "/menu")]
    [InlineData("http://app/menu", "/menu")]
    [InlineData("/a%2Bb", "/a%2Bb")]
    public async Task Relative_urls_start_from_the_document(string url, string path)
    {
        await using var house = await BuildAsync();
        await house.Do(() => house.Own(new VoiceNumber(Account, "PN1", Number) { VoiceUrl = "http://app/ivr/start?x=1" }));
        var count = 0;
        house.Page("/ivr/start",
            _ => new AppAnswer(200, "text/xml", count++ == 0 ? $"<Response><Redirect>{url}</Redirect></Response>" : "<Response/>"));
        await house.DialAsync();
        await house.AdvanceAsync(30);
        house.Requests[1].Path.Should().Be(path);
    }

    [Fact]
    public async Task A_blank_redirect_asks_for_the_document_again()
    {
        await using var house = await BuildAsync();
        var count = 0;
        house.Page("/voice", _ => new AppAnswer(200, "text/xml", count++ < 2 ? "<Response><Pause/><Redirect/></Response>" : "<Response/>"));
        await house.DialAsync();
        await house.AdvanceAsync(30);
        house.Asked("/voice").Should().Equal("0.0", "1.0", "2.0");
    }

    [Fact]
    public async Task A_redirect_loop_that_takes_no_time_is_ended()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Redirect/>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(30);
        (await house.CallAsync(sid)).Status.Should().Be(CallStatus.Completed);
        (await house.AlertsAsync()).Should().Equal("11215");
        house.Asked("/voice").Should().HaveCount(100);
    }

    [Theory]
    [InlineData("<Redirect>/menu</Redirect>", "11100")]
    [InlineData("<Gather action='/picked' numDigits='1'/>", "15004")]
    [InlineData("<Gather numDigits='1'/>", "15004")]
    [InlineData("<Play>hello.wav</Play>", "11100")]
    public async Task Inline_twiml_has_no_place_for_relative_urls(string verb, string code)
    {
        await using var house = await BuildAsync();
        house.Behave(Phone, new() { Script = [Waits(1), Presses("1")] });
        await house.CreateAsync(("Twiml", $"<Response>{verb}</Response>"));
        await house.AdvanceAsync(30);
        (await house.AlertsAsync()).Should().Equal(code);
    }

    [Fact]
    public async Task A_document_full_of_faults_is_told_of_fifty_times_and_once_of_the_rest()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", string.Concat(Enumerable.Repeat("<Nay/>", 500)) + "<Say>Bye</Say>");
        await house.DialAsync();
        await house.AdvanceAsync(30);
        (await house.AlertsAsync()).Should().HaveCount(51).And.OnlyContain(code => code == "12200");
    }

    [Theory]
    [InlineData("<say>Hi</say>", "12200")]
    [InlineData("<Say lang='en'>Hi</Say>", "12200")]
    [InlineData("words", "12200")]
    [InlineData("<Message>Hi</Message>", "12200")]
    [InlineData("<Prompt for='payment-card-number'><Say>Your card</Say></Prompt>", "12200")]
    [InlineData("<Queue>support</Queue>", "12200")]
    [InlineData("<Start><Stream url='wss://x'/></Start>", "13750")]
    [InlineData("<Stop><Stream name='x'/></Stop>", "13750")]
    public async Task What_is_unknown_or_not_emulated_is_told_and_passed_over(string verb, string code)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"{verb}<Say>Bye</Say>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(30);
        (await house.AlertsAsync()).Should().Equal(code);
        (await house.StoryAsync(sid)).Should().Contain(s => s.EndsWith("heard Bye"));
    }

    [Theory]
    [InlineData("<Connect><Stream url='wss://x'/></Connect>", "<Connect><Stream>")]
    [InlineData("<Dial><Sip>sip:a@b.test</Sip></Dial>", "<Dial><Sip>")]
    public async Task A_verb_that_would_hold_the_call_and_is_not_emulated_ends_it_by_the_application_error_and_is_named_with_its_place(
        string verb, string name)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"<Say>Hi</Say>\n{verb}<Say>Bye</Say>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(60);
        var story = await house.StoryAsync(sid);
        story.Should().Contain(s => s.Contains("application error")).And.NotContain(s => s.EndsWith("heard Bye"));
        var alert = (await house.EntriesAsync(e => e.Kind == "alert"))[0].ToJson();
        alert.Should().Contain("\"level\":\"error\"").And.Contain("line 2 of http://app/voice");
        System.Text.RegularExpressions.Regex.Unescape(alert).Should().Contain($"not emulated: {name} ");
    }

    [Fact]
    public async Task A_party_of_a_kind_that_is_not_emulated_does_not_keep_a_number_beside_it_from_ringing()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, new() { Script = [HangsUp] });
        house.Twiml("/voice", $"<Dial><Client>ann</Client><Number>{Friend}</Number></Dial><Say>Bye</Say>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().Contain(s => s.EndsWith("heard Bye"));
    }
}
