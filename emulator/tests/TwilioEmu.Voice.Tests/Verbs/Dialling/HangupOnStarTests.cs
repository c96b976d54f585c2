using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Voice.Calls;
using static TwilioEmu.Testing.Houses.VoiceHouse;
using static TwilioEmu.Voice.Tests.Verbs.Dialling.Called;

namespace TwilioEmu.Voice.Tests.Verbs.Dialling;

/// <summary>The caller's star, ringing, whispering and talking.</summary>
public sealed class HangupOnStarTests
{
    [Fact]
    public async Task The_star_drops_the_called_party()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1));
        house.Twiml("/voice", $"<Dial hangupOnStar='true' action='/after'>{Friend}</Dial>");
        await house.DialAsync(Waits(5), Presses("1*"));
        await house.AdvanceAsync(60);
        house.Asked("/after", "DialCallStatus").Should().Equal("5.2 completed");
    }

    /// <summary>Source: twilio.com/docs/voice/twiml/dial#hangupOnStar; support article on call statuses.</summary>
    [Theory, InlineData(""), InlineData("sequential='true'")]
    public async Task The_star_calls_off_a_party_that_still_rings_and_nobody_else_is_called(string attribute)
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, new HandsetBehaviour { PickUp = PickUp.NoAnswer });
        house.Behave(Colleague, new HandsetBehaviour { PickUp = PickUp.NoAnswer });
        house.Twiml(
            "/voice",
            $"<Dial hangupOnStar='true' action='/after' {attribute}><Number>{Friend}</Number><Number>{Colleague}</Number></Dial>");
        house.Twiml("/after", "<Say>Called off</Say>");
        var sid = await house.DialAsync(Hears("ringback"), Presses("4*"), Hears("Called off"));
        await house.AdvanceAsync(60);
        (await ChildrenAsync(house))
            .Should().OnlyContain(c => c.Status == CallStatus.Canceled).And.HaveCount(attribute.Length == 0 ? 2 : 1);
        house.Asked("/after", "DialCallStatus", "DialBridged", "DialCallDuration", "CallStatus")
            .Should().Equal("0.2 canceled false - in-progress");
        (await house.StoryAsync(sid)).Should().Contain("0.2 heard Called off");
    }

    [Fact]
    public async Task The_star_drops_a_party_that_hears_its_whisper()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, Waits(60)));
        house.Twiml("/voice", $"<Dial hangupOnStar='true' action='/after'><Number url='/whisper'>{Friend}</Number></Dial>");
        house.Twiml("/whisper", "<Pause length='20'/>");
        await house.DialAsync(Hears("ringback"), Waits(5), Presses("*"), Waits(5));
        await house.AdvanceAsync(60);
        (await ChildAsync(house)).Status.Should().Be(CallStatus.Completed);
        house.Asked("/after", "DialCallStatus", "DialBridged").Should().ContainSingle().Which.Should().EndWith("completed false");
    }
}
