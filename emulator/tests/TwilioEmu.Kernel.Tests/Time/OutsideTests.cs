using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Time;

/// <summary>Virtual time and those who live on the wall. The wall is moved by hand: nothing here waits.</summary>
public sealed class OutsideTests : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    private readonly WallByHand _wall = new();
    private World? _world;

    [Fact]
    public async Task What_was_just_created_is_still_there_for_the_next_request()
    {
        var world = Open("auto");
        await world.On(() => { world.After(Second, () => world.Note("over")); world.Clock.Note(Outside.Acted); });
        await MoveAsync(49);
        world.Elapsed().Should().Be(TimeSpan.Zero);
        await MoveAsync(2);
        (await world.Kinds()).Should().Equal("over");
    }

    [Fact]
    public async Task Each_act_gives_time_for_the_next()
    {
        var world = Open("auto");
        await world.On(() => { world.After(Second, () => world.Note("over")); world.Clock.Note(Outside.Acted); });
        for (var i = 0; i < 20; i++)
        {
            await world.On(() => world.Clock.Note(Outside.Acted));
            await MoveAsync(40);
        }
        world.Elapsed().Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task Who_only_looks_does_not_stop_time_for_good()
    {
        var world = Open("auto");
        await world.On(() => { world.After(Second, () => world.Note("over")); world.Clock.Note(Outside.Acted); });
        for (var i = 0; i < 25; i++)
        {
            await world.On(() => world.Clock.Note(Outside.Looked));
            await MoveAsync(10);
        }
        (await world.Kinds()).Should().Equal("over");
    }

    [Fact]
    public async Task A_look_right_after_a_create_leaves_time_for_the_cancel()
    {
        var world = Open("auto");
        await world.On(() => { world.After(Second, () => world.Note("over")); world.Clock.Note(Outside.Acted); });
        await MoveAsync(40);
        await world.On(() => world.Clock.Note(Outside.Looked));
        await MoveAsync(40);
        world.Elapsed().Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task An_app_that_acts_right_after_its_answer_is_in_time_in_manual_too()
    {
        var world = Open("manual");
        await world.On(() => world.After(Second, () => world.Clock.Note(Outside.Answered)));
        var advance = world.Clock.AdvanceAsync(5 * Second);
        await MoveAsync(1);
        world.Elapsed().Should().Be(Second);
        advance.IsCompleted.Should().BeFalse();
        await MoveAsync(20);
        await advance;
        world.Elapsed().Should().Be(5 * Second);
    }

    [Fact]
    public async Task A_crowd_that_is_never_quiet_gets_the_pace_of_the_wall()
    {
        var world = Open("auto");
        await world.On(() => { world.After(Second, () => world.Note("over")); world.Clock.Note(Outside.Acted); });
        for (var i = 0; i < 400; i++)
        {
            await world.On(() => world.Clock.Note(Outside.Acted));
            await MoveAsync(10);
        }
        (await world.Kinds()).Should().Equal("over");
        world.Elapsed().Should().BeCloseTo(2 * Second, 30 * Millisecond);
    }

    [Fact]
    public async Task A_hold_that_was_forgotten_ends_and_is_named()
    {
        var world = Open("auto");
        using var hold = world.Clock.Hold("a request of a stranger");
        await world.On(() => world.After(Second, () => world.Note("over")));
        await MoveAsync(59_000);
        world.Elapsed().Should().Be(TimeSpan.Zero);
        await MoveAsync(1_001);
        await MoveAsync(0);
        (await world.Kinds()).Should().BeEquivalentTo("clock.hold_expired", "over");
        world.Clock.OpenHolds.Should().BeEmpty();
    }

    [Fact]
    public async Task Time_that_a_person_has_stopped_stands_however_long_and_holds_beside_it_still_end()
    {
        var world = Open("auto");
        var stop = world.Clock.Hold("a webhook is held", isStop: true);
        using var hold = world.Clock.Hold("a request of a stranger");
        await world.On(() => world.After(Second, () => world.Note("over")));
        await MoveAsync(60_001);
        for (var i = 0; i < 200; i++) world.Clock.Note(Outside.Acted);
        await MoveAsync(3_600_000);
        world.Clock.OpenHolds.Should().Equal("a webhook is held");
        world.Elapsed().Should().Be(TimeSpan.Zero);
        stop.Dispose();
        await MoveAsync(51);
        (await world.Kinds()).Should().Equal("clock.hold_expired", "over");
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("manual")]
    public async Task An_expectation_waits_for_what_an_app_does_a_while_later_on_the_wall(string mode)
    {
        var world = Open(mode);
        var wait = await BeginAsync(world, "message.received", 10 * Second);
        await MoveAsync(150);
        wait.IsCompleted.Should().BeFalse();
        await world.On(() => { world.Clock.Note(Outside.Acted); world.After(Second, () => world.Note("message.received")); });
        await MoveAsync(51);
        (await wait).Should().Be(1);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("manual")]
    public async Task An_expectation_in_vain_ends_when_its_time_is_up_and_the_outside_was_quiet(string mode)
    {
        var world = Open(mode);
        var wait = await BeginAsync(world, "nothing", 10 * Second);
        await MoveAsync(399);
        wait.IsCompleted.Should().BeFalse();
        await MoveAsync(2);
        (await wait).Should().Be(0);
        world.Elapsed().Should().Be(10 * Second);
    }

    [Fact]
    public async Task An_expectation_ends_by_the_wall_at_the_latest_whatever_holds_time()
    {
        var world = Open("auto");
        using var hold = world.Clock.Hold("webhook to an app that hangs");
        var wait = await BeginAsync(world, "nothing", 10 * Second);
        await MoveAsync(9_990);
        wait.IsCompleted.Should().BeFalse();
        await MoveAsync(11);
        (await wait).Should().Be(0);
        world.Elapsed().Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task Where_nobody_is_outside_an_expectation_in_vain_costs_nothing()
    {
        await using var world = WorldOf.Auto();
        (await await BeginAsync(world, "nothing", 10 * Second)).Should().Be(0);
        world.Elapsed().Should().Be(10 * Second);
    }

    [Fact]
    public async Task A_call_led_by_hand_goes_at_the_pace_of_the_wall_while_nobody_waits()
    {
        var world = Open("auto");
        using var lead = world.Clock.Lead("+14155550199: led by hand");
        await world.On(() => world.After(TimeSpan.FromHours(4), () => world.Note("the longest call")));
        await MoveAsync(401);
        await MoveAsync(10_000);
        world.Elapsed().Should().BeCloseTo(10 * Second, Second);
        world.Clock.Standing.Leads.Should().Equal("+14155550199: led by hand");
    }

    [Fact]
    public async Task A_caller_who_thinks_before_a_key_is_pressed_finds_the_question_still_open()
    {
        var world = Open("auto");
        using var lead = world.Clock.Lead("+14155550199: led by hand");
        await world.On(() => world.After(5 * Second, () => world.Note("no input")));
        lead.Await("+14155550199: keys or words", isDecision: true);
        await MoveAsync(5_000);
        world.Elapsed().Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task Who_waits_takes_a_call_led_by_hand_along_after_a_while()
    {
        var world = Open("auto");
        using var lead = world.Clock.Lead("+14155550199: led by hand");
        await world.On(() => world.After(5 * Second, () => world.Note("no input")));
        lead.Await("+14155550199: keys or words", isDecision: true);
        var wait = await BeginAsync(world, "no input", 10 * Second);
        await MoveAsync(399);
        world.Elapsed().Should().Be(TimeSpan.Zero);
        await MoveAsync(2);
        (await wait).Should().Be(1);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("manual")]
    public async Task What_is_due_at_the_instant_of_an_act_comes_before_the_next_act(string mode)
    {
        var world = Open(mode);
        using var both = new ManualResetEventSlim();
        // Two acts that arrive together, while the loop is busy elsewhere.
        world.Loop.Post(both.Wait);
        world.Loop.TryPostOutside(_ => world.After(TimeSpan.Zero, () => world.Loop.Post(() => world.Note("call.initiated"))), null);
        world.Loop.TryPostOutside(_ => world.Note("request"), null);
        both.Set();
        await world.Loop.RestAsync();
        (await world.Kinds()).Should().Equal("call.initiated", "request");
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("manual")]
    public async Task An_act_that_comes_while_an_app_is_asked_is_taken_after_its_answer(string mode)
    {
        var world = Open(mode);
        var answer = new TaskCompletionSource<int>();
        await AskAsync(world, answer);
        await ComeAsync(world);
        (await world.Kinds()).Should().BeEmpty();
        answer.SetResult(1);
        await world.Loop.RestAsync();
        (await world.Kinds()).Should().Equal("webhook.answered", "request");
    }

    [Fact]
    public async Task Who_acts_before_they_answer_is_not_waited_for_long()
    {
        var world = Open("manual");
        var answer = new TaskCompletionSource<int>();
        await AskAsync(world, answer);
        await ComeAsync(world);
        _wall.Move(19 * Millisecond, world);
        (await world.Kinds()).Should().BeEmpty();
        _wall.Move(2 * Millisecond, world);
        await world.Loop.IdleAsync();
        (await world.Kinds()).Should().Equal("request");
        answer.SetResult(1);
        await world.Loop.RestAsync();
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("manual")]
    public async Task An_act_that_comes_during_work_of_our_own_is_taken_after_it_however_long_that_takes(string mode)
    {
        var world = Open(mode);
        var work = new TaskCompletionSource<int>();
        await world.On(() => world.Loop.Start(async () =>
        {
            await world.Loop.OffLoopAsync("decoding", _ => work.Task, default);
            world.Note("decoded");
        }));
        await ComeAsync(world);
        _wall.Move(5 * Second, world);
        await ComeAsync(world);
        (await world.Kinds()).Should().BeEmpty();
        work.SetResult(1);
        await world.Loop.RestAsync();
        (await world.Kinds()).Should().Equal("decoded", "request", "request");
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("manual")]
    public async Task Who_goes_step_by_step_comes_after_an_app_that_thinks_long_and_after_what_it_does_meanwhile(string mode)
    {
        var world = Open(mode);
        var answer = new TaskCompletionSource<int>();
        await AskAsync(world, answer);
        var step = world.Do(async () => { await world.Loop.SettledAsync(); world.Note("step"); });
        await ComeAsync(world);
        await MoveAsync(10_000);
        (await world.Kinds()).Should().Equal("request");
        answer.SetResult(1);
        await step;
        (await world.Kinds()).Should().Equal("request", "webhook.answered", "step");
    }

    [Fact]
    public async Task Who_goes_step_by_step_comes_after_all_that_is_due_and_before_what_will_be()
    {
        await using var world = WorldOf.Auto();
        await world.Do(async () =>
        {
            world.After(TimeSpan.Zero, () => world.Loop.Post(() => world.After(TimeSpan.Zero, () => world.Note("due"))));
            world.After(Millisecond, () => world.Note("later"));
            await world.Loop.SettledAsync();
            world.Note("step");
        });
        await world.Loop.RestAsync();
        (await world.Kinds()).Should().Equal("due", "step", "later");
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("manual")]
    public async Task Work_off_the_loop_comes_back_in_the_order_it_was_begun(string mode)
    {
        var world = Open(mode);
        var (first, second) = (new TaskCompletionSource<string>(), new TaskCompletionSource<string>());
        await world.On(() =>
        {
            world.Loop.Start(async () => world.Note(await world.Loop.OffLoopAsync("reading", _ => first.Task, default)));
            world.Loop.Start(async () => world.Note(await world.Loop.OffLoopAsync("decoding", _ => second.Task, default)));
        });
        await world.Loop.IdleAsync();
        second.SetResult("decoded");
        await world.Loop.IdleAsync();
        first.SetResult("read");
        await MoveAsync(0);
        (await world.Kinds()).Should().Equal("read", "decoded");
    }

    [Fact]
    public async Task A_program_that_was_slow_to_come_again_is_given_longer_from_then_on()
    {
        var world = Open("auto");
        await world.On(() => { world.After(Second, () => world.Note("over")); world.Clock.Note(Outside.Acted); });
        await MoveAsync(36);
        await ComeAsync(world);
        world.Clock.Note(Outside.Acted);
        await MoveAsync(149);
        (await world.Kinds()).Should().Equal("request");
        await MoveAsync(2);
        (await world.Kinds()).Should().Equal("request", "over");
    }

    [Fact]
    public async Task A_program_that_has_become_quick_is_given_less_again()
    {
        var world = Open("auto");
        world.Clock.Note(Outside.Acted);
        await MoveAsync(36);
        for (var i = 0; i < 12; i++)
        {
            await ComeAsync(world);
            world.Clock.Note(Outside.Acted);
        }
        await MoveAsync(200);
        await world.On(() => { world.Clock.Note(Outside.Acted); world.After(Second, () => world.Note("over")); });
        await MoveAsync(49);
        (await world.Kinds()).Should().NotContain("over");
        await MoveAsync(2);
        (await world.Kinds()).Should().EndWith("over");
    }

    /// <summary>Asks an app that answers when told.</summary>
    private static Task AskAsync(World world, TaskCompletionSource<int> answer) => world.On(() => world.Loop.Start(async () =>
    {
        await world.Loop.AskOutsideAsync("webhook", _ => answer.Task, default);
        world.Note("webhook.answered");
    }));

    /// <summary>Somebody comes with a request; completes when the loop has seen it, whether it took it or not.</summary>
    private static async Task ComeAsync(World world)
    {
        world.Loop.TryPostOutside(_ => world.Note("request"), null);
        await world.On(() => { });
    }

    private World Open(string mode)
    {
        ClockMode.TryParse(mode, out var clock).Should().BeTrue();
        return _world = new World(new WorldOptions
        {
            Clock = clock,
            Start = WorldOptions.StoryStart,
            Wall = _wall,
            Patience = Patience.Usual with { FirstReaction = TimeSpan.Zero },
        });
    }

    /// <summary>Moves the wall and lets the loop come to rest.</summary>
    private async Task MoveAsync(int milliseconds)
    {
        _wall.Move(milliseconds * Millisecond, _world!);
        for (var i = 0; i < 5; i++) await _world!.Loop.RestAsync();
    }

    /// <summary>Begins to wait, as a client of the control API does.</summary>
    private static async Task<Task<int>> BeginAsync(World world, string kind, TimeSpan within)
    {
        var wait = world.Do(async () =>
        {
            world.Clock.Note(Outside.Waits);
            return (await world.Journal.ExpectAsync(e => e.Kind == kind, 1, 0, within, CancellationToken.None)).Count;
        });
        await world.Loop.RestAsync();
        return wait;
    }

    public async ValueTask DisposeAsync()
    {
        if (_world is not null) await _world.DisposeAsync();
    }
}
