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
