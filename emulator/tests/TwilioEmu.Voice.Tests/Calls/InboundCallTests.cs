using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Webhooks.Delivery;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Calls;

public sealed class InboundCallTests
{
    [Fact]
    public async Task A_call_is_answered_by_the_first_verb_and_ends_after_the_last()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>Hello there</Say><Pause length='2'/>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().Equal("0.0 ringing", "0.0 in-progress", "0.0 heard Hello there", "2.682 completed");
        house.Asked("/voice", "CallStatus", "Direction", "From", "To", "FromCountry", "CallerCity", "ToState")
            .Should().Equal($"0.0 ringing inbound {Phone} {Number} US SAN FRANCISCO CA");
        house.Asked("/number-status", "CallStatus", "CallDuration", "Duration", "SequenceNumber").Should().Equal("2.682 completed 3 1 0");
    }

    [Fact]
    public async Task A_number_without_a_voice_url_fails_without_a_word()
    {
        await using var house = await BuildAsync();
        await house.Do(() => house.Own(new VoiceNumber(Account, "PN2", Number)));
        var sid = await house.DialAsync();
        await house.AdvanceAsync(5);
        var call = await house.CallAsync(sid);
        (call.Status, call.DurationSeconds).Should().Be((CallStatus.Failed, 0));
        (await house.AlertsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_number_that_takes_no_calls_cannot_be_reached()
    {
        await using var house = await BuildAsync();
        await house.Do(() => house.Phones.Exchange.AddNumber("12345"));
        (await house.World.Loop.RunAsync(() => house.Phones.Dial(Phone, "12345", null), default)).Should().BeNull();
        await house.AdvanceAsync(5);
        (await house.EntriesAsync(e => e.Kind is "fault" || e.Kind.StartsWith("call."))).Should().BeEmpty();
    }

    [Theory]
    [InlineData("<Reject/>", "no-answer")]
    [InlineData("<Reject reason='busy'/>", "busy")]
    [InlineData("<Hangup/>", "in-progress,completed")]
    [InlineData("", "in-progress,completed")]
    public async Task The_first_verb_decides_whether_it_is_answered(string verbs, string statuses)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", verbs);
        var sid = await house.DialAsync();
        await house.AdvanceAsync(5);
        (await house.StoryAsync(sid)).Skip(1).Should().Equal(statuses.Split(',').Select(s => $"0.0 {s}"));
    }

    [Fact]
    public async Task A_pause_first_rings_on_then_answers()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='3'/><Say>Hi</Say>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(10);
        (await house.StoryAsync(sid)).Should().Equal("0.0 ringing", "3.0 in-progress", "3.0 heard Hi", "3.3 completed");
    }

    [Fact]
    public async Task A_reject_after_an_answer_hangs_up()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>Hi</Say><Reject reason='busy'/>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(10);
        (await house.CallAsync(sid)).Status.Should().Be(CallStatus.Completed);
    }

    [Fact]
    public async Task A_caller_who_gives_up_while_it_rings_leaves_a_no_answer()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='30'/>");
        var sid = await house.DialAsync(Waits(4), HangsUp);
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().Equal("0.0 ringing", "4.0 no-answer");
        house.Asked("/number-status", "CallStatus", "CallDuration").Should().Equal("4.0 no-answer 0");
    }

    /// <summary>Source: twilio.com/docs/voice/api/sip-twiml: a call that is redirected goes on ringing.</summary>
    [Theory]
    [InlineData("<Reject reason='busy'/>", "0.0 ringing", "0.0 busy")]
    [InlineData("<Pause length='3'/><Hangup/>", "0.0 ringing", "3.0 in-progress", "3.0 completed")]
    public async Task A_redirect_does_not_answer_and_where_it_leads_may_reject(string verbs, params string[] story)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Redirect>/judge</Redirect>");
        house.Twiml("/judge", verbs);
        var sid = await house.DialAsync(Waits(30));
        await house.AdvanceAsync(10);
        (await house.StoryAsync(sid)).Should().Equal(story);
        house.Asked("/judge", "CallStatus").Should().ContainSingle().Which.Should().EndWith("ringing");
    }

    [Fact]
    public async Task What_is_playing_when_the_caller_hangs_up_is_cut_short()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>one two three four five six seven eight nine ten</Say><Redirect>/never</Redirect>");
        var sid = await house.DialAsync(Hears("three"), HangsUp);
        await house.AdvanceAsync(60);
        var story = await house.StoryAsync(sid);
        story[3].Should().MatchRegex("^0\\.\\d+ cut_short one two");
        story[4].Should().EndWith("completed");
        house.Asked("/never").Should().BeEmpty();
    }

    [Fact]
    public async Task A_voice_url_may_be_asked_by_get_and_belong_to_an_application()
    {
        await using var house = await BuildAsync();
        await house.Do(() => house.Own(new VoiceNumber(Account, "PN2", Number) { VoiceUrl = "http://app/voice", ApplicationSid = "AP1" }));
        await house.DialAsync();
        await house.AdvanceAsync(5);
        house.Requests.Select(r => r.Path).Should().Equal("/application");
    }

    [Fact]
    public async Task A_call_lasts_four_hours_at_most()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>Hi</Say><Pause length='20000'/>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(20000);
        (await house.StoryAsync(sid))[^1].Should().Be("14400.0 completed");
    }

    [Fact]
    public async Task Cookies_come_back_within_a_call()
    {
        await using var house = await BuildAsync();
        string? cookie = null;
        house.Page("/voice",
            r => new AppAnswer(200, "text/xml", "<Response><Redirect>/two</Redirect></Response>") { Headers = [new("Set-Cookie", "a=b")] });
        house.Page("/two", r =>
        {
            cookie = r.Headers.FirstOrDefault(h => h.Key == "Cookie").Value;
            return new AppAnswer(200, "text/xml", "<Response/>");
        });
        await house.DialAsync();
        await house.AdvanceAsync(5);
        cookie.Should().Be("a=b");
    }

    [Fact]
    public async Task The_same_seed_and_story_give_the_same_journal()
    {
        (await JournalAsync()).Should().Equal(await JournalAsync());

        static async Task<List<string>> JournalAsync()
        {
            await using var house = await BuildAsync(seed: 7);
            house.Twiml("/voice", "<Gather numDigits='1' action='/picked'><Say>Press one for sales</Say></Gather>");
            house.Twiml("/picked", $"<Dial timeout='10' action='/after'>{Friend}</Dial>");
            house.Twiml("/after", "<Say>Bye</Say>");
            await house.DialAsync(Hears("press one"), Presses("1"), Waits(20), HangsUp);
            // What comes of it in this instant happens before anything else comes from outside.
            await house.AdvanceAsync(0.001);
            await house.CreateAsync(("Twiml", "<Response><Say>Hello</Say></Response>"), ("StatusCallback", "http://app/status"));
            await house.AdvanceAsync(120);
            return [.. (await house.EntriesAsync(_ => true)).Select(e => e.ToJson())];
        }
    }
}
