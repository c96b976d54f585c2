using static TwilioEmu.Testing.Houses.VoiceHouse;
using static TwilioEmu.Voice.Tests.Verbs.Dialling.Called;

namespace TwilioEmu.Voice.Tests.Verbs.Dialling;

/// <summary>What the called party hears before the bridge.</summary>
public sealed class WhisperTests
{
    [Fact]
    public async Task A_whisper_is_heard_by_the_called_party_before_the_bridge()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, Hears("for you"), Waits(5), HangsUp));
        house.Twiml("/voice", $"<Dial action='/after'><Number url='/whisper'>{Friend}</Number></Dial>");
        house.Twiml("/whisper", "<Say>A call for you</Say>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(60);
        var child = await ChildAsync(house);
        house.Asked("/whisper", "CallSid", "ParentCallSid", "Direction").Should().Equal($"1.2 {child.Sid} {sid} outbound-dial");
        var story = await house.StoryAsync(child.Sid);
        story.FindIndex(s => s.EndsWith("heard A call for you")).Should().BeLessThan(story.FindIndex(s => s.EndsWith("bridged")));
        house.Asked("/after", "DialBridged").Should().ContainSingle().Which.Should().EndWith("true");
    }

    [Fact]
    public async Task A_called_party_may_decline_in_the_whisper()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1));
        house.Twiml("/voice", $"<Dial action='/after'><Number url='/whisper'>{Friend}</Number></Dial>");
        house.Twiml("/whisper", "<Gather numDigits='1' timeout='3'><Say>Press any key</Say></Gather><Hangup/>");
        await house.DialAsync();
        await house.AdvanceAsync(60);
        house.Asked("/after", "DialCallStatus", "DialBridged").Should().ContainSingle().Which.Should().EndWith("completed false");
    }

    /// <summary>
    /// Source: twilio.com/docs/voice/api/call-resource#update-a-call-resource: a leg that is sent elsewhere goes on by itself.
    /// </summary>
    [Fact]
    public async Task A_party_that_REST_sends_elsewhere_in_its_whisper_is_never_bridged_and_its_call_ends_with_that_document()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1));
        house.Twiml("/voice", $"<Dial action='/after'><Number url='/whisper'>{Friend}</Number></Dial>");
        house.Twiml("/whisper", "<Pause length='30'/>");
        house.Twiml("/after", "<Say>Nobody could be reached</Say>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(5);
        var child = await ChildAsync(house);
        await house.AskAsync("UpdateCall", child.Sid, ("Twiml", "<Response><Say>You are needed elsewhere</Say></Response>"));
        await house.AdvanceAsync(20);
        var story = await house.StoryAsync(child.Sid);
        story.Should().Contain(l => l.EndsWith("heard You are needed elsewhere")).And.NotContain(l => l.EndsWith("bridged"));
        story[^1].Should().EndWith("completed");
        house.Asked("/after", "DialBridged").Should().ContainSingle().Which.Should().EndWith("false");
        (await house.StoryAsync(sid)).Should().Contain(l => l.EndsWith("heard Nobody could be reached"));
    }

    [Fact]
    public async Task A_dial_within_a_whisper_is_13201()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1));
        house.Twiml("/voice", $"<Dial><Number url='/whisper'>{Friend}</Number></Dial>");
        house.Twiml("/whisper", $"<Dial>{Colleague}</Dial>");
        await house.DialAsync();
        await house.AdvanceAsync(60);
        (await house.AlertsAsync()).Should().Equal("13201");
    }
}
