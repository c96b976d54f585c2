using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Testing.Waiting;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Verbs.Gathering;

public sealed class GatherTests
{
    [Fact]
    public async Task Keys_stop_the_prompt_and_go_to_the_action()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Gather action='/picked'><Say>Press one for sales or two for help</Say></Gather><Say>Never</Say>");
        var sid = await house.DialAsync(Hears("press one"), Presses("12#"));
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().Equal(
            "0.0 ringing", "0.0 in-progress", "0.0 heard Press one for sales or two for help",
            "0.603 pressed 1", "0.603 cut_short Press one for sales or two for help", "0.803 pressed 2", "1.003 pressed #",
            "1.003 gathered 12", "1.003 completed");
        house.Asked("/picked", "Digits", "FinishedOnKey", "msg", "CallStatus").Should().Equal("1.003 12 # Gather End in-progress");
    }

    [Fact]
    public async Task Nothing_pressed_goes_on_with_the_next_verb_after_the_timeout()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Gather timeout='7' action='/picked'><Pause length='2'/></Gather><Say>Bye</Say>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().Contain("9.0 heard Bye");
        house.Asked("/picked").Should().BeEmpty();
    }

    [Fact]
    public async Task Nothing_pressed_goes_to_the_action_when_asked_for()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Gather timeout='7' action='/picked' actionOnEmptyResult='true'/>");
        await house.DialAsync();
        await house.AdvanceAsync(60);
        house.Asked("/picked", "Digits").Should().Equal("7.0 ");
    }

    [Fact]
    public async Task Without_an_action_the_document_itself_is_asked_again()
    {
        await using var house = await BuildAsync();
        await house.Do(() => house.Own(new(Account, "PN1", Number) { VoiceUrl = "http://app/voice?menu=1" }));
        house.Page("/voice", r => r.Parameters.Any(p => p.Key == "Digits")
            ? new(200, "text/xml", "<Response/>") : new(200, "text/xml", "<Response><Gather numDigits='1'/></Response>"));
        await house.DialAsync(Presses("5"));
        await house.AdvanceAsync(60);
        house.Asked("/voice", "Digits").Should().Equal("0.0 -", "0.0 5");
        (await house.EntriesAsync(e => e.Kind == "webhook.sent")).Select(e => e.ToJson())
            .Should().OnlyContain(j => j.Contains("/voice?menu=1"));
    }

    [Fact]
    public async Task Spoken_words_go_to_the_action_with_a_confidence()
    {
        await using var house = await BuildAsync();
        house.Twiml(
            "/voice",
            "<Gather input='dtmf speech' speechTimeout='2' action='/picked' language='en-GB'><Say>How can I help you</Say></Gather>");
        await house.DialAsync(Hears("help"), Says("sales please"));
        await house.AdvanceAsync(60);
        house.Asked("/picked", "SpeechResult", "Confidence", "Language", "Digits").Should().ContainSingle()
            .Which.Should().EndWith("sales please 0.95 en-GB -");
    }

    [Fact]
    public async Task Partial_results_come_while_words_go_on_numbered_and_in_order()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Gather input='speech' speechTimeout='1' action='/picked' partialResultCallback='/partial'/>");
        await house.DialAsync(Says("I would like to talk to somebody about my bill"));
        await house.AdvanceAsync(60);
        var partials = house.Asked("/partial", "SequenceNumber", "UnstableSpeechResult").ToList();
        partials.Should().HaveCountGreaterThan(3);
        partials[0].Should().Be("0.5 0 I would");
        partials[^1].Should().EndWith("I would like to talk to somebody about my bill");
    }

    [Fact]
    public async Task A_caller_who_hangs_up_while_gathering_is_not_told_to_the_action()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Gather action='/picked'/>");
        var sid = await house.DialAsync(Presses("12"), HangsUp);
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid))[^1].Should().Be("0.4 completed");
        house.Asked("/picked").Should().BeEmpty();
        house.Asked("/number-status", "CallStatus").Should().Equal("0.4 completed");
    }

    [Fact]
    public async Task Keys_pressed_before_it_do_not_count()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>Welcome to the bank</Say><Gather numDigits='1' action='/picked'/>");
        await house.DialAsync(Presses("9"), Waits(5), Presses("3"));
        await house.AdvanceAsync(60);
        house.Asked("/picked", "Digits").Should().ContainSingle().Which.Should().EndWith(" 3");
    }

    [Fact]
    public async Task A_phone_driven_from_outside_holds_time_while_it_is_asked()
    {
        await using var house = await BuildAsync();
        house.Behave(Phone, new HandsetBehaviour { IsDrivenFromOutside = true });
        house.Twiml("/voice", "<Gather numDigits='1' action='/picked'><Say>Press one</Say></Gather>");
        var sid = await house.DialAsync();
        var advance = house.AdvanceAsync(60);
        await Eventually.TrueAsync(() => house.World.Clock.OpenHolds.Any(h => h.Contains("keys or words")));
        await house.Do(() => house.Phones.LegsOf(sid).Single().Press("1"));
        await advance;
        house.Asked("/picked", "Digits").Should().ContainSingle().Which.Should().EndWith(" 1");
    }

    [Theory]
    [InlineData("timeout='0'", "13313")]
    [InlineData("numDigits='x'", "13314")]
    [InlineData("finishOnKey='##'", "13310")]
    [InlineData("input='voice'", "13326")]
    [InlineData("speechTimeout='never'", "13327")]
    [InlineData("speechTimeout='auto' speechModel='phone_call'", "13335")]
    [InlineData("method='PUT'", "13312")]
    [InlineData("bargeIn='maybe'", "13332")]
    [InlineData("profanityFilter='maybe'", "13333")]
    [InlineData("language='!'", "13331")]
    [InlineData("speechModel='mine'", "13334")]
    [InlineData("maxSpeechTime='900'", "13328")]
    [InlineData("partialResultCallbackMethod='PUT'", "13329")]
    [InlineData("colour='red'", "12200")]
    public async Task A_bad_value_is_a_warning_and_the_call_goes_on(string attribute, string code)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"<Gather {attribute}/><Say>Bye</Say>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(60);
        (await house.AlertsAsync()).Should().Equal(code);
        (await house.StoryAsync(sid)).Should().Contain(s => s.EndsWith("heard Bye"));
    }

    [Theory]
    [InlineData("<Gather><Dial>+14155550188</Dial></Gather>", "13320")]
    [InlineData("<Gather><Play digits='1'/></Gather>", "13320")]
    [InlineData("<Gather><Say voice='donald'>Hi</Say></Gather>", "13321")]
    [InlineData("<Gather><Say loop='x'>Hi</Say></Gather>", "13322")]
    public async Task Only_words_sounds_and_pauses_may_stand_in_it(string verb, string code)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", verb);
        await house.DialAsync();
        await house.AdvanceAsync(60);
        (await house.AlertsAsync()).Should().Equal(code);
    }

    [Fact]
    public async Task A_bad_actionOnEmptyResult_is_an_error_that_stops_the_call()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Gather actionOnEmptyResult='maybe'/>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(60);
        (await house.AlertsAsync()).Should().Equal("13338");
        (await house.StoryAsync(sid))[2].Should().Contain("application error");
    }
}
