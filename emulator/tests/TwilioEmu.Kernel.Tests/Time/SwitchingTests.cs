using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Time;

/// <summary>From one mode to another.</summary>
public sealed class SwitchingTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_present_instant_stays_what_it_is()
    {
        var wall = new WallByHand();
        await using var world = new World(new WorldOptions { Start = WorldOptions.StoryStart, Wall = wall });
        wall.Move(10 * Second, world);
        world.Clock.SwitchTo(new ClockMode.Manual());
        var stopped = world.Elapsed();
        wall.Move(10 * Second, world);
        world.Elapsed().Should().Be(stopped);
        world.Clock.SwitchTo(new ClockMode.Scaled(10));
        wall.Move(Second, world);
        world.Elapsed().Should().BeCloseTo(stopped + (10 * Second), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Auto_fires_what_manual_kept_waiting()
    {
        await using var world = WorldOf.Manual();
        var fired = new TaskCompletionSource();
        await world.On(() => world.After(TimeSpan.FromHours(1), fired.SetResult));
        world.Clock.SwitchTo(new ClockMode.Auto());
        await fired.Task;
        world.Elapsed().Should().Be(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Manual_stops_a_world_that_jumps_by_itself()
    {
        await using var world = WorldOf.Auto();
        var stopped = new TaskCompletionSource();
        await world.On(() =>
        {
            world.After(Second, () =>
            {
                world.Clock.SwitchTo(new ClockMode.Manual());
                stopped.SetResult();
            });
            world.After(2 * Second, () => world.Note("too late"));
        });
        await stopped.Task;
        await world.On(() => { });
        world.Elapsed().Should().Be(Second);
        await world.Clock.AdvanceAsync(Second);
        (await world.Kinds()).Should().Equal("too late");
    }

    [Fact]
    public async Task An_advance_cut_short_by_real_time_says_so()
    {
        await using var world = WorldOf.Manual();
        using var hold = world.Clock.Hold("keeps it from arriving");
        var advance = world.Clock.AdvanceAsync(TimeSpan.FromHours(1));
        world.Clock.SwitchTo(new ClockMode.Real());
        await FluentActions.Awaiting(() => advance).Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task Waking_a_real_clock_from_virtual_time_fires_what_is_due()
    {
        await using var world = WorldOf.Manual();
        var fired = new TaskCompletionSource();
        await world.On(() => world.After(TimeSpan.FromMilliseconds(5), fired.SetResult));
        world.Clock.SwitchTo(new ClockMode.Real());
        await fired.Task;
    }
}
