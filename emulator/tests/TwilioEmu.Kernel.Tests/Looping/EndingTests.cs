using System.Runtime.CompilerServices;
using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Looping;

/// <summary>What becomes of everything when a world ends.</summary>
public sealed class EndingTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("real")]
    [InlineData("x100")]
    [InlineData("auto")]
    [InlineData("manual")]
    public async Task Nothing_leaks(string mode)
    {
        var worlds = new List<WeakReference>();
        for (var i = 0; i < 20; i++) worlds.Add(await LiveAndDieAsync(mode));
        for (var i = 0; i < 10 && worlds.Any(w => w.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }
        worlds.Count(w => w.IsAlive).Should().Be(0);
    }

    [Fact]
    public async Task The_thread_the_timers_and_the_holds_are_gone()
    {
        var world = WorldOf.Manual();
        var thread = await world.On(() => Thread.CurrentThread);
        await world.On(() => world.After(Hour, () => { }));
        world.Clock.Hold("never released");
        await world.DisposeAsync();
        thread.IsAlive.Should().BeFalse();
        world.Clock.TimerCount.Should().Be(0);
        world.Clock.OpenHolds.Should().BeEmpty();
        world.After(Hour, () => { });
        world.Clock.TimerCount.Should().Be(0, "a dead world takes no new timers");
    }

    [Fact]
    public async Task Procedures_are_cancelled_and_given_their_last_turns()
    {
        var world = WorldOf.Manual();
        var steps = new List<string>();
        world.Loop.Start(async () =>
        {
            try
            {
                await Task.Delay(Hour, world.Clock, world.Ending);
            }
            finally
            {
                await Task.Yield();
                steps.Add("tidied up");
                await Task.Yield();
                world.Note("last words");
                steps.Add("said so");
            }
        });
        await world.On(() => { });
        await world.DisposeAsync();
        steps.Should().Equal("tidied up", "said so");
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("manual")]
    [InlineData("real")]
    public async Task A_procedure_that_heeds_nothing_is_abandoned_and_its_caller_told(string mode)
    {
        ClockMode.TryParse(mode, out var clock).Should().BeTrue();
        var world = WorldOf.New(clock);
        var waits = world.Do(() => new TaskCompletionSource().Task);
        var loops = world.Do(async () =>
        {
            while (true) await Task.Delay(Hour, world.Clock);
        });
        await world.On(() => world.Loop.ProcedureCount.Should().Be(2));
        await world.DisposeAsync();
        await FluentActions.Awaiting(() => waits).Should().ThrowAsync<OperationCanceledException>();
        await FluentActions.Awaiting(() => loops).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Work_off_the_loop_is_told_and_waited_for()
    {
        var world = WorldOf.Auto();
        var isTidy = false;
        using var begun = new SemaphoreSlim(0);
        world.Loop.Start(async () =>
        {
            await world.Loop.OffLoopAsync(
                "a webhook",
                async c =>
                {
                    begun.Release();
                    var stopped = new TaskCompletionSource();
                    await using var registration = c.Register(() => stopped.SetResult());
                    await stopped.Task.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                },
                world.Ending);
            world.Note("answered");
            isTidy = true;
        });
        await begun.WaitAsync();
        await world.DisposeAsync();
        isTidy.Should().BeTrue();
    }

    [Fact]
    public async Task Work_that_heeds_nothing_is_left_behind_after_a_grace_and_finds_the_world_closed()
    {
        var world = WorldOf.Auto();
        world.Loop.Grace = TimeSpan.FromMilliseconds(20);
        var never = new TaskCompletionSource();
        var result = new TaskCompletionSource<Exception?>();
        var caller = world.Do(async () =>
        {
            await world.Loop.OffLoopAsync("deaf", _ => never.Task, CancellationToken.None);
            try
            {
                world.Note("too late");
                result.SetResult(null);
            }
            catch (Exception e)
            {
                result.SetResult(e);
            }
        });
        await world.On(() => { });
        await world.DisposeAsync();
        await FluentActions.Awaiting(() => caller).Should().ThrowAsync<OperationCanceledException>();
        never.SetResult();
        (await result.Task).Should().BeOfType<TwilioEmu.Kernel.Looping.OffLoopException>();
    }

    [Fact]
    public async Task A_procedure_that_never_rests_is_cut_off_after_a_grace()
    {
        var world = WorldOf.Auto();
        world.Loop.Grace = TimeSpan.FromMilliseconds(20);
        var rounds = 0;
        var restless = world.Do(async () =>
        {
            while (true)
            {
                rounds++;
                await Task.Yield();
            }
        });
        await world.DisposeAsync();
        await FluentActions.Awaiting(() => restless).Should().ThrowAsync<OperationCanceledException>();
        var atTheEnd = Volatile.Read(ref rounds);
        await Task.Yield();
        Volatile.Read(ref rounds).Should().Be(atTheEnd);
    }

    [Fact]
    public async Task A_dead_world_refuses_new_turns()
    {
        var world = WorldOf.Auto();
        await world.DisposeAsync();
        await FluentActions.Awaiting(() => world.On(() => { })).Should().ThrowAsync<ObjectDisposedException>();
        await FluentActions.Awaiting(() => world.On(() => 1)).Should().ThrowAsync<ObjectDisposedException>();
        await FluentActions.Awaiting(() => world.Do(() => Task.CompletedTask)).Should().ThrowAsync<ObjectDisposedException>();
        await FluentActions.Awaiting(() => world.Clock.AdvanceAsync(Hour)).Should().ThrowAsync<ObjectDisposedException>();
        world.Loop.Post(() => throw new InvalidOperationException("never runs"));
    }

    [Fact]
    public async Task An_advance_and_an_expectation_under_way_are_cancelled()
    {
        var world = WorldOf.Manual();
        world.Clock.Hold("never released");
        var advance = world.Clock.AdvanceAsync(Hour);
        var expect = world.Do(() => world.Journal.ExpectAsync(_ => true, 1, 0, Hour, CancellationToken.None));
        await world.On(() => { });
        await world.DisposeAsync();
        await FluentActions.Awaiting(() => advance).Should().ThrowAsync<OperationCanceledException>();
        await FluentActions.Awaiting(() => expect).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Ending_twice_or_at_once_or_from_a_turn_is_ending_once()
    {
        var world = WorldOf.Auto();
        var fromATurn = await world.On(() => world.DisposeAsync().AsTask());
        await Task.WhenAll(fromATurn, world.DisposeAsync().AsTask(), world.DisposeAsync().AsTask());
        await world.DisposeAsync();
    }

    [Fact]
    public async Task A_careless_callback_on_the_ending_token_does_not_keep_the_world_alive()
    {
        var world = WorldOf.Auto();
        world.Ending.Register(() => throw new InvalidOperationException("careless"));
        await world.DisposeAsync();
        await FluentActions.Awaiting(() => world.On(() => { })).Should().ThrowAsync<ObjectDisposedException>();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> LiveAndDieAsync(string mode)
    {
        ClockMode.TryParse(mode, out var clock).Should().BeTrue();
        var world = WorldOf.New(clock);
        world.Loop.Start(() => Task.Delay(Hour, world.Clock, world.Ending));
        world.Loop.Start(() => new TaskCompletionSource().Task);
        var following = world.Journal.NextAsync(long.MaxValue, CancellationToken.None);
        await world.On(() => world.Journal.Subscribe(_ => world.Loop.Assert()));
        await world.On(() => world.Store.Put(Note.Table, default, new Note("n"), new("note.put", "a test's"), 0));
        if (clock is not ClockMode.Auto) await world.On(() => world.After(Hour, () => world.Note("never")));
        await world.DisposeAsync();
        (await following).Should().BeFalse();
        return new WeakReference(world);
    }
}
