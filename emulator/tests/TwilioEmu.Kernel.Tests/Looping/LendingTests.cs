using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Looping;

/// <summary>Turns that run on the thread that brings them, because the loop would only be woken for them.</summary>
public sealed class LendingTests
{
    [Fact]
    public async Task Where_time_runs_and_the_loop_sleeps_a_turn_runs_on_the_thread_that_brings_it()
    {
        await using var world = WorldOf.New(new ClockMode.Real());
        OnThread(() =>
        {
            RunHere(world, () =>
            {
                world.Loop.IsCurrent.Should().BeTrue();
                world.Note("here");
            });
            world.Loop.IsCurrent.Should().BeFalse("the loop is given back");
            SynchronizationContext.Current.Should().BeNull();
        });
        (await world.Kinds()).Should().Equal("here");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_time_stands_it_is_the_loops(bool isManual)
    {
        await using var world = WorldOf.New(isManual ? new ClockMode.Manual() : new ClockMode.Auto());
        var loops = await world.On(() => Thread.CurrentThread);
        for (var i = 0; i < 100; i++)
        {
            var ran = new TaskCompletionSource<Thread>();
            world.Loop.TryRunOutside(_ => ran.SetResult(Thread.CurrentThread), null).Should().BeTrue();
            (await ran.Task).Should().BeSameAs(loops);
        }
    }

    [Fact]
    public async Task What_is_awaited_in_such_a_turn_resumes_in_a_turn()
    {
        await using var world = WorldOf.New(new ClockMode.Real());
        var resumed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        OnThread(() => RunHere(world, () => world.Loop.Start(async () =>
        {
            await Task.Yield();
            await Task.Delay(TimeSpan.FromMilliseconds(1), world.Clock);
            world.Note("resumed");
            resumed.SetResult(world.Loop.IsCurrent);
        })));
        (await resumed.Task).Should().BeTrue();
        (await world.Kinds()).Should().Equal("resumed");
    }

    [Fact]
    public async Task What_the_bringers_code_carries_along_does_not_go_with_the_turn()
    {
        await using var world = WorldOf.New(new ClockMode.Real());
        var carried = new AsyncLocal<string?>();
        var seen = new List<string?>();
        var resumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        OnThread(() =>
        {
            carried.Value = "an activity";
            RunHere(world, () =>
            {
                seen.Add(carried.Value);
                world.Loop.Start(async () =>
                {
                    seen.Add(await world.Loop.OffLoopAsync("work", _ => Task.FromResult(carried.Value), CancellationToken.None));
                    seen.Add(carried.Value);
                    resumed.SetResult();
                });
            });
            carried.Value.Should().Be("an activity");
        });
        await resumed.Task;
        seen.Should().Equal(null, null, null);
    }

    [Fact]
    public async Task A_timer_set_in_such_a_turn_wakes_the_loop_which_sleeps_longer()
    {
        await using var world = WorldOf.New(new ClockMode.Real());
        await world.On(() => world.After(TimeSpan.FromHours(1), () => { }));
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        OnThread(() => RunHere(world, () => world.After(TimeSpan.FromMilliseconds(1), fired.SetResult)));
        await fired.Task;
    }

    [Fact]
    public async Task A_fault_in_such_a_turn_is_journalled_and_harms_nobody()
    {
        await using var world = WorldOf.New(new ClockMode.Real());
        OnThread(() => RunHere(world, () => throw new InvalidDataException("mine")));
        (await world.Lines()).Should().ContainSingle().Which.Should().Contain("mine");
    }

    [Fact]
    public async Task Many_threads_that_bring_turns_run_one_at_a_time_and_keep_their_order()
    {
        await using var world = WorldOf.New(new ClockMode.Real());
        var (count, isRunning, overlaps) = (0, 0, 0);
        var lastOf = new int[6];
        void Turn(int thread, int i)
        {
            if (Interlocked.Exchange(ref isRunning, 1) == 1) overlaps++;
            world.Loop.Assert();
            count++;
            if (lastOf[thread] == i - 1) lastOf[thread] = i;
            if (i % 100 == 0) world.After(TimeSpan.FromMilliseconds(1), () => count++);
            Volatile.Write(ref isRunning, 0);
        }
        var here = 0;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (var i = 1; i <= 5000; i++)
                {
                    var (mine, own) = (i, Thread.CurrentThread);
                    if (thread == 0)
                    {
                        world.Loop.Post(() => Turn(thread, mine));
                        continue;
                    }
                    world.Loop.TryRunOutside(
                        _ =>
                        {
                            if (Thread.CurrentThread == own) here++;
                            Turn(thread, mine);
                        },
                        null).Should().BeTrue();
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        while (await world.On(() => world.Clock.TimerCount) > 0) await Task.Yield();
        await world.On(() => { });
        overlaps.Should().Be(0);
        count.Should().Be((6 * 5000) + (6 * 50));
        lastOf.Should().AllBeEquivalentTo(5000, "each thread's turns keep their order");
        here.Should().BePositive();
    }

    [Fact]
    public async Task A_world_that_ends_waits_for_the_turn_that_runs_elsewhere_and_takes_no_other()
    {
        var world = WorldOf.New(new ClockMode.Real());
        using var begun = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var said = new List<string>();
        var brings = Task.Factory.StartNew(
            () => RunHere(world, () =>
            {
                begun.Set();
                mayEnd.Wait();
                world.Note("last words");
                said.Add("said");
            }),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        begun.Wait();
        var ends = Task.Run(async () => await world.DisposeAsync());
        ends.IsCompleted.Should().BeFalse();
        mayEnd.Set();
        await brings;
        await ends;
        said.Should().Equal("said");
        world.Loop.TryRunOutside(_ => said.Add("late"), null).Should().BeFalse();
        said.Should().Equal("said");
    }

    [Fact]
    public async Task A_queue_lends_only_while_its_loop_sleeps_and_nothing_waits()
    {
        var queue = new TurnQueue();
        queue.TryBorrow().Should().BeFalse("nobody sleeps");
        var woke = Sleeps(queue);
        queue.TryBorrow().Should().BeFalse("it is lent already");
        var ran = new List<int>();
        for (var i = 0; i < 3; i++) queue.TryAdd(new Turn(state => ran.Add((int)state!), i));
        queue.RunBorrowed(turn => turn.Callback!(turn.State));
        ran.Should().Equal(0, 1, 2);
        woke.IsCompleted.Should().BeFalse("what came was run without it");
        queue.TryAdd(new Turn(state => ran.Add((int)state!), 3));
        queue.GiveBack();
        await woke;
        queue.TryBorrow().Should().BeFalse("a turn has arrived, which comes first");
    }

    [Fact]
    public async Task Whoever_borrowed_a_loop_that_is_due_runs_no_turns_of_others()
    {
        var queue = new TurnQueue();
        var woke = Sleeps(queue, TimeSpan.FromMilliseconds(1));
        // The sleeper's time is over, and it waits to be given back.
        SpinWait.SpinUntil(() => queue.IsWantedBack);
        queue.TryAdd(new Turn(_ => { }, null));
        queue.RunBorrowed(_ => throw new InvalidOperationException("it is the loop's"));
        woke.IsCompleted.Should().BeFalse();
        queue.GiveBack();
        await woke;
        queue.HasArrivals.Should().BeTrue();
    }

    /// <summary>A thread that sleeps on the queue, which the caller has borrowed.</summary>
    private static Task Sleeps(TurnQueue queue, TimeSpan? limit = null)
    {
        var sleeper = Task.Factory.StartNew(
            () =>
            {
                do
                {
                    queue.Wait(limit ?? Timeout.InfiniteTimeSpan, lends: true);
                }
                while (!queue.HasArrivals);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        SpinWait.SpinUntil(queue.TryBorrow);
        return sleeper;
    }

    /// <summary>Brings turns that do nothing until one runs on the calling thread, then this one.</summary>
    private static void RunHere(World world, Action turn)
    {
        for (var ran = false; !ran;)
        {
            var own = Thread.CurrentThread;
            world.Loop.TryRunOutside(
                _ =>
                {
                    if (Thread.CurrentThread != own) return;
                    ran = true;
                    turn();
                },
                null).Should().BeTrue();
        }
    }

    // A thread of its own: those of tests have contexts.
    private static void OnThread(Action action) => Task.Factory.StartNew(
        action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).GetAwaiter().GetResult();
}
