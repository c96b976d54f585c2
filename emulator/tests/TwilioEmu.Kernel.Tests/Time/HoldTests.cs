using TwilioEmu.Kernel.Tests.Worlds;

namespace TwilioEmu.Kernel.Tests.Time;

public sealed class HoldTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_hold_keeps_virtual_time_where_it_is()
    {
        await using var world = WorldOf.Auto();
        var fired = new TaskCompletionSource();
        var hold = world.Clock.Hold("a request");
        await world.On(() => world.After(Second, fired.SetResult));
        for (var i = 0; i < 100; i++) await world.On(() => { });
        world.Elapsed().Should().Be(TimeSpan.Zero);
        world.Clock.OpenHolds.Should().Equal("a request");
        hold.Dispose();
        await fired.Task;
        world.Elapsed().Should().Be(Second);
        world.Clock.OpenHolds.Should().BeEmpty();
    }

    [Fact]
    public async Task The_last_of_several_holds_lets_time_go()
    {
        await using var world = WorldOf.Manual();
        var (first, second) = (world.Clock.Hold("a"), world.Clock.Hold("b"));
        var advance = world.Clock.AdvanceAsync(Second);
        first.Dispose();
        first.Dispose();
        await world.On(() => { });
        await world.On(() => { });
        advance.IsCompleted.Should().BeFalse();
        world.Clock.OpenHolds.Should().Equal("b");
        second.Dispose();
        await advance;
        world.Elapsed().Should().Be(Second);
    }

    [Fact]
    public async Task Work_off_the_loop_takes_no_virtual_time()
    {
        await using var world = WorldOf.Auto();
        using var release = new SemaphoreSlim(0);
        var work = world.Do(async () =>
        {
            using var ticking = world.Clock.CreateTimer(_ => { }, null, Second, Second);
            var result = await world.Loop.OffLoopAsync(
                "a webhook",
                async c =>
                {
                    world.Loop.IsCurrent.Should().BeFalse();
                    await release.WaitAsync(c);
                    return 7;
                },
                CancellationToken.None);
            world.Loop.Assert();
            return (result, world.Elapsed());
        });
        for (var i = 0; i < 100; i++) await world.On(() => { });
        world.Clock.OpenHolds.Should().Equal("a webhook");
        release.Release();
        (await work).Should().Be((7, TimeSpan.Zero));
    }

    [Fact]
    public async Task An_advance_waits_for_the_work_off_the_loop_that_falls_due_on_the_way()
    {
        await using var world = WorldOf.Manual();
        await world.On(() => world.After(Second, () => world.Loop.Start(async () =>
        {
            await world.Loop.OffLoopAsync("a webhook", async _ => await Task.Yield(), CancellationToken.None);
            world.Note($"answered at {world.Elapsed().TotalSeconds}");
        })));
        await world.Clock.AdvanceAsync(10 * Second);
        (await world.Kinds()).Should().Equal("answered at 1");
    }

    [Fact]
    public async Task A_failure_off_the_loop_comes_back_and_ends_the_hold()
    {
        await using var world = WorldOf.Auto();
        var work = () =>
            world.Do(() => world.Loop.OffLoopAsync("x", (Func<CancellationToken, Task>)(_ => throw new IOException("broken")), default));
        await work.Should().ThrowAsync<IOException>().WithMessage("broken");
        world.Clock.OpenHolds.Should().BeEmpty();
    }

    [Fact]
    public async Task Cancelled_before_it_began_the_work_is_not_done()
    {
        await using var world = WorldOf.Auto();
        var isDone = false;
        var work = () =>
            world.Do(() => world.Loop.OffLoopAsync("x", _ => { isDone = true; return Task.CompletedTask; }, new CancellationToken(true)));
        await work.Should().ThrowAsync<OperationCanceledException>();
        isDone.Should().BeFalse();
        world.Clock.OpenHolds.Should().BeEmpty();
    }

    /// <summary>Many short pieces of work, each of which must come back at the instant it left: a hold given up too early shows.</summary>
    [Fact]
    public async Task A_thousand_pieces_of_work_come_back_at_the_instant_they_left()
    {
        await using var world = WorldOf.Auto();
        var late = await world.Do(async () =>
        {
            var count = 0;
            using var ticking = world.Clock.CreateTimer(_ => { }, null, TimeSpan.FromTicks(1), TimeSpan.FromTicks(1));
            for (var i = 0; i < 1000; i++)
            {
                var left = world.Clock.GetUtcNow();
                await world.Loop.OffLoopAsync("work", async _ => await Task.Yield(), CancellationToken.None);
                if (world.Clock.GetUtcNow() != left) count++;
                await Task.Delay(TimeSpan.FromTicks(500), world.Clock);
            }
            return count;
        });
        late.Should().Be(0);
    }
}
