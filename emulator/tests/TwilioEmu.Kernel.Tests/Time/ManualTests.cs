using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Time;

/// <summary>The virtual clock that moves only when told.</summary>
public sealed class ManualTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Nothing_moves_until_told()
    {
        await using var world = WorldOf.Manual();
        await world.On(() => world.After(Second, () => world.Note("fired")));
        await world.Clock.AdvanceAsync(Second - TimeSpan.FromTicks(1));
        (await world.Kinds()).Should().BeEmpty();
        await world.Clock.AdvanceAsync(TimeSpan.FromTicks(1));
        (await world.Kinds()).Should().Equal("fired");
    }

    [Fact]
    public async Task What_is_due_now_runs_without_being_told()
    {
        await using var world = WorldOf.Manual();
        var fired = new TaskCompletionSource();
        await world.On(() => world.After(TimeSpan.Zero, fired.SetResult));
        await fired.Task.WaitAsync(TimeSpan.FromSeconds(10));
        world.Elapsed().Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task An_advance_runs_all_that_falls_due_and_what_it_causes()
    {
        await using var world = WorldOf.Manual();
        await world.On(() => world.Loop.Start(async () =>
        {
            for (var i = 1; ; i++)
            {
                await Task.Delay(Second, world.Clock, world.Ending);
                world.Note($"tick {i}");
            }
        }));
        await world.Clock.AdvanceAsync(3 * Second);
        (await world.Kinds()).Should().Equal("tick 1", "tick 2", "tick 3");
        world.Elapsed().Should().Be(3 * Second);
    }

    [Fact]
    public async Task Advances_side_by_side_end_each_at_its_instant()
    {
        await using var world = WorldOf.Manual();
        using (world.Clock.Hold("both must be asked for"))
        {
            await world.On(() =>
            {
                world.Loop.Start(() => AdvanceAsync(world, 5));
                world.Loop.Start(() => AdvanceAsync(world, 2));
                world.Loop.Start(() => AdvanceAsync(world, 2));
            });
        }
        await world.Clock.AdvanceAsync(10 * Second);
        (await world.Kinds()).Should().Equal("2 at 2", "2 at 2", "5 at 5");
    }

    [Fact]
    public async Task An_advance_of_nothing_waits_until_the_present_has_run()
    {
        await using var world = WorldOf.Manual();
        world.Loop.Post(() => world.Loop.Post(() => world.After(TimeSpan.Zero, () => world.Note("done"))));
        await world.Clock.AdvanceAsync(TimeSpan.Zero);
        (await world.Kinds()).Should().Equal("done");
    }

    [Fact]
    public async Task A_leave_lets_time_run_to_what_is_due_and_no_further()
    {
        await using var world = WorldOf.Manual();
        var third = new TaskCompletionSource();
        await world.On(() =>
        {
            for (var i = 1; i <= 3; i++) world.After(i * Second, () => world.Note("fired"));
            world.After(3 * Second, third.SetResult);
            world.After(5 * Second, () => world.Note("beyond"));
        });
        using (world.Clock.LetRunUntil(WorldOptions.StoryStart + (4 * Second)))
        {
            await third.Task;
            await world.On(() => { });
        }
        world.Elapsed().Should().Be(3 * Second);
        (await world.Kinds()).Should().Equal("fired", "fired", "fired");
    }

    [Fact]
    public async Task Time_does_not_go_back_nor_beyond_the_calendar()
    {
        await using var world = WorldOf.Manual();
        await FluentActions.Awaiting(() => world.Clock.AdvanceAsync(-Second)).Should().ThrowAsync<ArgumentOutOfRangeException>();
        await FluentActions.Awaiting(() => world.Clock.AdvanceAsync(TimeSpan.MaxValue)).Should().ThrowAsync<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => world.Clock.CreateTimer(_ => { }, null, TimeSpan.MaxValue, Timeout.InfiniteTimeSpan))
            .Should().Throw<ArgumentOutOfRangeException>();
        await world.Clock.AdvanceAsync(DateTimeOffset.MaxValue - WorldOptions.StoryStart);
        world.Clock.GetUtcNow().Should().Be(DateTimeOffset.MaxValue);
        (await world.On(() => world.Note("still here"))).Should().Be(1);
    }

    [Fact]
    public async Task A_clock_that_runs_by_itself_is_not_advanced()
    {
        await using var world = WorldOf.New(new ClockMode.Real());
        await FluentActions.Awaiting(() => world.Clock.AdvanceAsync(Second))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("*mode real*");
    }

    private static async Task AdvanceAsync(World world, int seconds)
    {
        await world.Clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));
        world.Note($"{seconds} at {world.Elapsed().TotalSeconds}");
    }
}
