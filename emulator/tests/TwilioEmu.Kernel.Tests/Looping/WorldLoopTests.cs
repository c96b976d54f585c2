using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Tests.Worlds;

namespace TwilioEmu.Kernel.Tests.Looping;

public sealed class WorldLoopTests
{
    [Fact]
    public async Task Turns_run_one_at_a_time_in_the_order_they_arrived()
    {
        await using var world = WorldOf.Auto();
        var order = new List<int>();
        for (var i = 0; i < 10_000; i++)
        {
            var mine = i;
            world.Loop.Post(() => order.Add(mine));
        }
        await world.On(() => { });
        order.Should().Equal(Enumerable.Range(0, 10_000));
    }

    [Fact]
    public async Task Threads_posting_at_once_lose_and_duplicate_nothing()
    {
        await using var world = WorldOf.Auto();
        var count = 0;
        var lastOf = new int[8];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(poster => Task.Factory.StartNew(
            () =>
            {
                for (var i = 1; i <= 5000; i++)
                {
                    var mine = i;
                    world.Loop.Post(() =>
                    {
                        count++;
                        if (lastOf[poster] == mine - 1) lastOf[poster] = mine;
                    });
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        await world.On(() => { });
        count.Should().Be(40_000);
        lastOf.Should().AllBeEquivalentTo(5000, "each thread's turns keep their order");
    }

    [Fact]
    public async Task A_turn_hands_back_its_result_and_its_failure()
    {
        await using var world = WorldOf.Auto();
        (await world.On(() => 42)).Should().Be(42);
        await FluentActions.Awaiting(() => world.On(() => throw new InvalidDataException("mine")))
            .Should().ThrowAsync<InvalidDataException>();
        (await world.Kinds()).Should().BeEmpty("a failure handed to the caller is the caller's");
    }

    [Fact]
    public async Task The_caller_resumes_off_the_loop()
    {
        await using var world = WorldOf.Auto();
        for (var i = 0; i < 100; i++)
        {
            await world.On(() => { });
            world.Loop.IsCurrent.Should().BeFalse();
            await world.Do(async () => await Task.Yield());
            world.Loop.IsCurrent.Should().BeFalse();
        }
    }

    [Fact]
    public async Task A_turn_resumed_off_the_loop_is_caught_at_its_next_touch()
    {
        await using var world = WorldOf.Auto();
        var touches = new (string What, Action Touch)[]
        {
            ("journal write", () => world.Note("stray")),
            ("subscribe", () => world.Journal.Subscribe(_ => { })),
            ("store read", () => world.Store.Table(Note.Table, default)),
            ("store write", () => world.Store.Put(Note.Table, default, new Note("n"), new("note.put", "a test's"), 0)),
            ("store remove", () => world.Store.Remove(Note.Table, default, "n", new("note.gone", "a test's"), 0)),
            ("store counts", () => world.Store.Counts()),
            ("SID", () => world.Sids.New("SM")),
        };
        foreach (var (what, touch) in touches)
        {
            var stray = () => world.Do(async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), world.Clock).WaitAsync(CancellationToken.None).ConfigureAwait(false);
                await Task.Yield();
                touch();
            });
            await stray.Should().ThrowAsync<OffLoopException>(what);
        }
        (await world.Kinds()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_fault_is_journalled_and_the_loop_lives_on()
    {
        await using var world = WorldOf.Auto();
        world.Loop.Post(() => throw new InvalidDataException("a turn"));
        await world.On(() => world.After(TimeSpan.FromSeconds(1), () => throw new InvalidDataException("a timer")));
        world.Loop.Start(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(2), world.Clock);
            throw new InvalidDataException("a procedure");
        });
        await world.Do(() => Task.Delay(TimeSpan.FromSeconds(3), world.Clock));
        var faults = await world.On(() => world.Journal.After(0).Select(e => (e.Kind, e.Subject, ((Facts)e.Data!)["message"])).ToArray());
        faults.Should().Equal(
            ("fault", nameof(InvalidDataException), "a turn"),
            ("fault", nameof(InvalidDataException), "a timer"),
            ("fault", nameof(InvalidDataException), "a procedure"));
    }

    [Fact]
    public async Task A_cancelled_procedure_is_no_fault()
    {
        await using var world = WorldOf.Auto();
        using var stop = new CancellationTokenSource();
        world.Loop.Start(() => Task.Delay(TimeSpan.FromHours(1), world.Clock, stop.Token));
        await world.On(stop.Cancel);
        await world.On(() => world.Loop.ProcedureCount.Should().Be(0));
        (await world.Kinds()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_turn_cancelled_before_it_ran_does_not_run()
    {
        await using var world = WorldOf.Auto();
        var isRun = false;
        var turn = () => world.Loop.RunAsync(() => { isRun = true; }, new CancellationToken(true));
        await turn.Should().ThrowAsync<OperationCanceledException>();
        var procedure = () => world.Loop.RunAsync(() => { isRun = true; return Task.CompletedTask; }, new CancellationToken(true));
        await procedure.Should().ThrowAsync<OperationCanceledException>();
        isRun.Should().BeFalse();
    }

    [Fact]
    public async Task A_signal_is_set_once_and_does_not_interrupt_the_setter()
    {
        await using var world = WorldOf.Auto();
        var steps = await world.Do(async () =>
        {
            var seen = new List<string>();
            var signal = new Signal<int>(world.Loop);
            world.Loop.Post(() =>
            {
                signal.TrySet(1).Should().BeTrue();
                signal.TrySet(2).Should().BeFalse();
                signal.TryCancel(default).Should().BeFalse();
                signal.TryFail(new IOException()).Should().BeFalse();
                seen.Add("setter goes on");
            });
            seen.Add($"waiter has {await signal.Task}");
            return seen;
        });
        steps.Should().Equal("setter goes on", "waiter has 1");
    }
}
