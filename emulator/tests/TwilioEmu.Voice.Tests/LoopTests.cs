using TwilioEmu.Testing.Houses;
using TwilioEmu.Voice.Directory;

namespace TwilioEmu.Voice.Tests;

/// <summary>Calls that make each other without end.</summary>
public sealed class LoopTests
{
    [Fact]
    public async Task Two_numbers_that_dial_each_other_are_ended_with_an_alert_that_names_the_loop()
    {
        await using var house = await VoiceHouse.BuildAsync(callsPerSecond: 1000);
        house.Own(new VoiceNumber(VoiceHouse.Account, "PN2", "+14155550101") { VoiceUrl = "http://app/other" });
        house.Twiml("/voice", "<Dial>+14155550101</Dial>");
        house.Twiml("/other", $"<Dial>{VoiceHouse.Number}</Dial>");

        await house.DialAsync(VoiceHouse.Waits(60), VoiceHouse.HangsUp);
        await house.AdvanceAsync(5 * 3600);

        (await house.EntriesAsync(e => e.Kind == "alert")).Select(e => e.ToJson())
            .Should().Contain(line => line.Contains("a loop was ended"));
        (await house.EntriesAsync(e => e.Kind == "call.ringing")).Should().HaveCountLessThan(300);
        house.World.Clock.TimerCount.Should().Be(0);
    }
}
