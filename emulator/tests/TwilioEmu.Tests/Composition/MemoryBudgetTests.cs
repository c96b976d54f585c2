using TwilioEmu.Composition;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Tests.Composition;

public sealed class MemoryBudgetTests
{
    private const long Mega = 1024 * 1024;

    [Theory]
    [InlineData(128)]
    [InlineData(512)]
    [InlineData(2_048)]
    [InlineData(65_536)]
    public void What_is_kept_leaves_room_for_requests(long megabytes)
    {
        var budget = new MemoryBudget(megabytes * Mega);
        var kept = budget.JournalBytes + budget.LiveBytes + budget.MediaBytes + budget.PhoneBytes + (budget.Records * 512L);
        kept.Should().BeLessThanOrEqualTo(budget.Bytes * 7 / 8);
        (kept + budget.SoundBytes).Should().BeLessThanOrEqualTo(budget.Bytes * 15 / 16);
    }

    [Theory]
    [InlineData(512, 32)]
    [InlineData(4_096, 256)]
    [InlineData(65_536, 384)]
    public void Sound_has_a_sixteenth_and_no_more_than_it_ever_had(long megabytes, long most) =>
        new MemoryBudget(megabytes * Mega).SoundBytes.Should().Be(most * Mega);

    [Fact]
    public async Task What_is_asked_for_bounds_the_sound_that_a_world_keeps()
    {
        var config = ConfigReader.ReadFile("c.yaml", "memory: 96m", new Faults());
        await using var house = await House.BuildAsync(
            config, new WorldOptions { Clock = new ClockMode.Manual() }, ApiCatalog.Open(), "http://localhost:4010");
        house.World.Options.MaxSoundBytes.Should().Be(6 * Mega);
        house.Handsets.Exchange.Studio.RecordingBytes.Should().Be(Mega);
    }

    [Theory]
    [InlineData(512, 32)]
    [InlineData(4_096, 256)]
    [InlineData(65_536, 256)]
    public void Files_and_phones_have_a_sixteenth_each_and_a_quarter_of_a_gigabyte_at_most(long megabytes, long most)
    {
        var budget = new MemoryBudget(megabytes * Mega);
        budget.MediaBytes.Should().Be(most * Mega);
        budget.PhoneBytes.Should().Be(most * Mega);
    }
}
