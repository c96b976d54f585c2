using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Time;

/// <summary>What is waited for, told to people who look at the clock.</summary>
public sealed class NamedTimesTests
{
    [Fact]
    public async Task What_is_due_next_is_told_by_its_name_and_waits_for_its_time_like_any_other()
    {
        await using var world = WorldOf.Manual();
        var reached = TimeSpan.Zero;
        await world.On(() =>
        {
            world.Loop.Start(async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(2), world.Clock.For("handset.answered"), CancellationToken.None);
                reached = world.Elapsed();
            });
            world.Clock.CreateTimer("message.sending", static _ => { }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            world.Clock.CreateTimer(static _ => { }, null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        });
        What(world).Should().Be("message.sending");
        await world.Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        What(world).Should().Be("handset.answered");
        await world.Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        reached.Should().Be(TimeSpan.FromSeconds(2));
        What(world).Should().BeEmpty("nobody said what the last one is");
        await world.Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        world.Clock.NextDue.Should().BeNull();
    }

    [Fact]
    public async Task An_appointment_is_told_by_its_kind()
    {
        await using var world = WorldOf.Manual();
        await world.On(() => world.Appointments.Make("export.done", TimeSpan.FromSeconds(5)));
        What(world).Should().Be("export.done");
    }

    private static string? What(World world) => world.Clock.NextDue?.What;
}
