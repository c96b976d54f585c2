using TwilioEmu.Voice.Calls;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Verbs;

/// <summary>Known to the SDKs alone: <c>VoiceResponse.echo()</c>.</summary>
public sealed class EchoTests
{
    [Fact]
    public async Task A_caller_hears_what_they_say_until_they_hang_up()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>go on</Say><Echo/><Say>never</Say>");
        var sid = await house.DialAsync(Hears("go on"), Says("is anybody there"), Hears("is anybody there"), Waits(1), HangsUp);
        await house.AdvanceAsync(30);
        (await house.CallAsync(sid)).Status.Should().Be(CallStatus.Completed);
        var story = await house.StoryAsync(sid);
        story.Should().Contain(s => s.EndsWith("said is anybody there")).And.Contain(
            s => s.EndsWith("heard is anybody there")).And.NotContain(s => s.Contains("never"));
        (await house.AlertsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Two_echoes_that_are_connected_are_silent_and_the_world_goes_on()
    {
        await using var house = await BuildAsync();
        house.Own(new Voice.Directory.VoiceNumber(Account, "PN2", Friend) { VoiceUrl = "http://app/echo" });
        house.Twiml("/echo", "<Echo/>");
        house.Twiml("/voice", "<Echo/>");
        var sid = await house.CreateAsync(("To", Friend), ("TimeLimit", "30"));
        await house.AdvanceAsync(60);
        (await house.CallAsync(sid)).Status.Should().Be(CallStatus.Completed);
    }
}
