using TwilioEmu.Kernel.Tests.Worlds;

namespace TwilioEmu.Kernel.Tests.Time;

/// <summary>The virtual clock that jumps by itself.</summary>
public sealed class AutoTests
{
    [Fact]
    public async Task Time_stands_while_nothing_is_due()
    {
        await using var world = WorldOf.Auto();
        await world.On(() => { });
        world.Elapsed().Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task Each_due_instant_is_visited_in_turn()
    {
        await using var world = WorldOf.Auto();
        var seen = await world.Do(async () =>
        {
            var instants = new List<TimeSpan>();
            foreach (var second in new[] { 30, 10, 20 }) world.After(TimeSpan.FromSeconds(second), () => instants.Add(world.Elapsed()));
            await Task.Delay(TimeSpan.FromHours(10), world.Clock);
            instants.Add(world.Elapsed());
            return instants;
        });
        seen.Select(t => t.TotalSeconds).Should().Equal(10, 20, 30, 36_000);
    }

    [Fact]
    public async Task Timers_of_one_instant_fire_in_the_order_they_were_set()
    {
        await using var world = WorldOf.Auto();
        var order = await world.Do(async () =>
        {
            var fired = new List<int>();
            for (var i = 0; i < 100; i++)
            {
                var mine = i;
                world.After(TimeSpan.FromSeconds(1), () => fired.Add(mine));
            }
            await Task.Delay(TimeSpan.FromSeconds(2), world.Clock);
            return fired;
        });
        order.Should().Equal(Enumerable.Range(0, 100));
    }

    [Fact]
    public async Task What_a_timer_causes_runs_before_the_next_timer_of_the_same_instant()
    {
        await using var world = WorldOf.Auto();
        await world.Do(async () =>
        {
            world.After(TimeSpan.FromSeconds(1), () => world.Loop.Post(() => world.Note("caused by the first")));
            world.After(TimeSpan.FromSeconds(1), () => world.Note("second"));
            await Task.Delay(TimeSpan.FromSeconds(2), world.Clock);
        });
        (await world.Kinds()).Should().Equal("caused by the first", "second");
    }

    [Fact]
    public async Task A_periodic_timer_misses_no_instant()
    {
        await using var world = WorldOf.Auto();
        var seen = await world.Do(async () =>
        {
            var instants = new List<double>();
            using var timer = world.Clock.CreateTimer(
                _ => instants.Add(world.Elapsed().TotalSeconds), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
            await Task.Delay(TimeSpan.FromSeconds(8), world.Clock);
            return instants;
        });
        seen.Should().Equal(1, 3, 5, 7);
    }

    [Fact]
    public async Task A_disposed_timer_does_not_fire_and_leaves_at_once()
    {
        await using var world = WorldOf.Auto();
        await world.Do(async () =>
        {
            var timer = world.After(TimeSpan.FromSeconds(1), () => world.Note("fired"));
            world.Clock.TimerCount.Should().Be(1);
            timer.Dispose();
            world.Clock.TimerCount.Should().Be(0);
            timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Should().BeFalse();
            await Task.Delay(TimeSpan.FromSeconds(2), world.Clock);
        });
        (await world.Kinds()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_advance_goes_beyond_what_is_due()
    {
        await using var world = WorldOf.Auto();
        await world.Clock.AdvanceAsync(TimeSpan.FromDays(1));
        world.Elapsed().Should().Be(TimeSpan.FromDays(1));
    }
}
