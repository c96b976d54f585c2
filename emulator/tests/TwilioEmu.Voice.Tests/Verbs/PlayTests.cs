using TwilioEmu.Webhooks.Delivery;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Verbs;

public sealed class PlayTests
{
    private static readonly AppAnswer TwoSeconds = new(200, "audio/ulaw", new string('x', 16000));

    [Fact]
    public async Task A_file_sounds_as_long_as_it_is_and_is_asked_for_without_parameters()
    {
        await using var house = await BuildAsync();
        house.Page("/hello.ulaw", _ => TwoSeconds);
        house.Twiml("/voice", "<Play loop='2'>/hello.ulaw</Play>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(30);
        (await house.StoryAsync(sid))
            .Should().Equal("0.0 ringing", "0.0 in-progress", "0.0 heard hello.ulaw", "2.0 heard hello.ulaw", "4.0 completed");
        house.Requests.Single(r => r.Path == "/hello.ulaw").Parameters.Should().BeEmpty();
        (await house.EntriesAsync(e => e.Kind == "webhook.sent")).Single(e => e.ToJson().Contains("hello.ulaw")).ToJson()
            .Should().Contain("\"method\":\"GET\"");
    }

    [Fact]
    public async Task A_file_out_of_reach_is_stood_in_for_and_the_journal_says_so()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Play>http://127.0.0.1:1/music.mp3</Play><Say>Bye</Say>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().ContainInOrder("0.0 stand_in_played", "0.0 heard music.mp3", "5.0 heard Bye");
    }

    [Theory]
    [InlineData(404, "audio/mpeg", "11200")]
    [InlineData(200, "video/mp4", "13420")]
    public async Task A_file_that_is_refused_or_no_sound_stops_the_document(int status, string type, string code)
    {
        await using var house = await BuildAsync();
        house.Page("/hello", _ => new AppAnswer(status, type, "x"));
        house.Twiml("/voice", "<Play>/hello</Play>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(30);
        (await house.AlertsAsync()).Should().Equal(code);
        (await house.StoryAsync(sid))[2].Should().Contain("application error");
    }

    [Fact]
    public async Task Within_gather_a_wrong_type_has_a_code_of_its_own()
    {
        await using var house = await BuildAsync();
        house.Page("/hello", _ => new AppAnswer(200, "video/mp4", "x"));
        house.Twiml("/voice", "<Gather><Say>First</Say><Play>/hello</Play></Gather>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(30);
        (await house.AlertsAsync()).Should().Equal("13325");
        (await house.StoryAsync(sid)).Should().NotContain(s => s.EndsWith("First"), "all files are fetched before the first is heard");
    }

    [Fact]
    public async Task Keys_sound_one_after_the_other()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Play digits='1wW2'/>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(30);
        (await house.StoryAsync(sid)).Should().Equal("0.0 ringing", "0.0 in-progress", "0.0 heard 1wW2", "1.9 completed");
    }

    [Theory]
    [InlineData("<Play digits='x'/>", "13430")]
    [InlineData("<Play loop='x'>/hello</Play>", "13410")]
    [InlineData("<Play/>", "12200")]
    [InlineData("<Pause length='0'/>", "13910")]
    [InlineData("<Redirect method='PUT'>/done</Redirect>", "13710")]
    [InlineData("<Reject reason='tired'/>", "13810")]
    public async Task A_bad_value_of_a_small_verb_is_a_warning(string verb, string code)
    {
        await using var house = await BuildAsync();
        house.Page("/hello", _ => TwoSeconds);
        house.Twiml("/voice", verb);
        await house.DialAsync();
        await house.AdvanceAsync(30);
        (await house.AlertsAsync()).Should().Equal(code);
    }
}
