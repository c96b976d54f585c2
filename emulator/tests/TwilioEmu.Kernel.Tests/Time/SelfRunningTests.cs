using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Time;

/// <summary>Real and scaled time, on a wall moved by hand.</summary>
public sealed class SelfRunningTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("real", 1)]
    [InlineData("x100", 100)]
    [InlineData("x0.5", 0.5)]
    public async Task Time_passes_as_the_wall_says(string mode, double factor)
    {
        var wall = new WallByHand();
        await using var world = Of(mode, wall);
        wall.Move(10 * Second, world);
        world.Elapsed().Should().BeCloseTo(10 * Second * factor, TimeSpan.FromMilliseconds(1));
        world.Clock.GetElapsedTime(0).Should().Be(world.Elapsed());
    }

    [Theory]
    [InlineData("real", 1)]
    [InlineData("x100", 100)]
    public async Task A_timer_fires_when_the_wall_has_come_so_far(string mode, double factor)
    {
        var wall = new WallByHand();
        await using var world = Of(mode, wall);
        var fired = new TaskCompletionSource();
        await world.On(() => world.After(10 * Second, fired.SetResult));
        wall.Move(9.9 * Second / factor, world);
        await world.On(() => { });
        fired.Task.IsCompleted.Should().BeFalse();
        wall.Move(0.1 * Second / factor, world);
        await fired.Task;
    }

    [Fact]
    public async Task Timers_overslept_fire_in_the_order_they_were_due()
    {
        var wall = new WallByHand();
        await using var world = Of("real", wall);
        var last = new TaskCompletionSource();
        await world.On(() =>
        {
            foreach (var second in new[] { 3, 1, 2 }) world.After(second * Second, () => world.Note($"{second}"));
            world.After(4 * Second, last.SetResult);
        });
        wall.Move(60 * Second, world);
        await last.Task;
        (await world.Kinds()).Should().Equal("1", "2", "3");
    }

    [Fact]
    public async Task A_periodic_timer_skips_what_it_missed_and_keeps_step()
    {
        var wall = new WallByHand();
        await using var world = Of("real", wall);
        var count = 0;
        using var timer = await world.On(() => world.Clock.CreateTimer(_ => count++, null, Second, Second));
        wall.Move(10.5 * Second, world);
        await world.On(() => { });
        (await world.On(() => count)).Should().Be(1);
        world.Clock.NextDue!.Value.At.Should().Be(WorldOptions.StoryStart + (11 * Second));
    }

    [Fact]
    public async Task Timers_that_are_always_due_do_not_starve_the_turns()
    {
        await using var world = WorldOf.New(new ClockMode.Scaled(ClockMode.MaxFactor));
        using var timer = await world.On(() => world.Clock.CreateTimer(_ => { }, null, TimeSpan.FromTicks(1), TimeSpan.FromTicks(1)));
        for (var i = 0; i < 100; i++) await world.On(() => { });
    }

    [Fact]
    public async Task A_hold_does_not_stop_time_that_runs_by_itself()
    {
        var wall = new WallByHand();
        await using var world = Of("real", wall);
        using var hold = world.Clock.Hold("in vain");
        var fired = new TaskCompletionSource();
        await world.On(() => world.After(Second, fired.SetResult));
        wall.Move(Second, world);
        await fired.Task;
    }

    [Fact]
    public async Task A_timer_set_off_the_loop_wakes_it()
    {
        await using var world = WorldOf.New(new ClockMode.Real());
        var fired = new TaskCompletionSource();
        using var later = world.After(TimeSpan.FromHours(1), () => { });
        using var soon = world.After(TimeSpan.FromMilliseconds(1), fired.SetResult);
        await fired.Task;
    }

    [Fact]
    public async Task The_fastest_clock_stops_at_the_end_of_the_calendar()
    {
        var wall = new WallByHand();
        await using var world = Of("x100000", wall);
        wall.Move(TimeSpan.FromDays(36_500), world);
        world.Clock.GetUtcNow().Should().Be(DateTimeOffset.MaxValue);
        (await world.On(() => world.Note("still here"))).Should().Be(1);
    }

    private static World Of(string text, TimeProvider wall)
    {
        ClockMode.TryParse(text, out var mode).Should().BeTrue();
        return new World(new WorldOptions { Clock = mode, Start = WorldOptions.StoryStart, Wall = wall });
    }
}
