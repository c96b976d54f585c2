using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Journal;

/// <summary>Waiting on the journal.</summary>
public sealed class ExpectTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("auto")]
    [InlineData("manual")]
    [InlineData("x1000")]
    [InlineData("real")]
    public async Task It_returns_as_soon_as_enough_has_come(string mode)
    {
        ClockMode.TryParse(mode, out var clock).Should().BeTrue();
        await using var world = WorldOf.New(clock);
        var step = TimeSpan.FromMilliseconds(2);
        var (found, elapsed) = await world.Do(async () =>
        {
            var begin = world.Clock.GetUtcNow();
            for (var i = 1; i <= 10; i++) world.After(i * step, () => world.Note("tick"));
            var entries = await world.Journal.ExpectAsync(e => e.Kind == "tick", 3, 0, TimeSpan.FromHours(1), CancellationToken.None);
            return (entries, world.Clock.GetUtcNow() - begin);
        });
        found.Should().HaveCount(3);
        if (clock.IsVirtual) elapsed.Should().Be(3 * step);
        else elapsed.Should().BeLessThan(TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("manual")]
    public async Task It_gives_what_came_when_the_time_is_up(string mode)
    {
        ClockMode.TryParse(mode, out var clock).Should().BeTrue();
        await using var world = WorldOf.New(clock);
        var found = await world.Do(async () =>
        {
            world.After(Second, () => world.Note("tick"));
            world.After(10 * Second, () => world.Note("tick"));
            var entries = await world.Journal.ExpectAsync(e => e.Kind == "tick", 2, 0, 5 * Second, CancellationToken.None);
            world.Elapsed().Should().Be(5 * Second);
            return entries;
        });
        found.Should().HaveCount(1);
    }

    [Fact]
    public async Task The_last_instant_counts_with_all_that_happens_in_it()
    {
        await using var world = WorldOf.Manual();
        var found = await world.Do(async () =>
        {
            var wait = world.Journal.ExpectAsync(_ => true, 1, 0, 5 * Second, CancellationToken.None);
            world.After(5 * Second, () => world.Loop.Post(() => world.Note("just in time")));
            return await wait;
        });
        found.Should().HaveCount(1);
    }

    [Fact]
    public async Task The_past_counts_up_to_where_it_is_asked_to()
    {
        await using var world = WorldOf.Manual();
        await world.On(() => { for (var i = 0; i < 5; i++) world.Note("n"); });
        (await Ask(count: 5, after: 0)).Should().HaveCount(5);
        (await Ask(count: 5, after: 3)).Should().HaveCount(2);
        (await Ask(count: 1, after: 5)).Should().BeEmpty();
        world.Elapsed().Should().Be(TimeSpan.Zero);

        Task<IReadOnlyList<Entry>> Ask(int count, long after) =>
            world.Do(() => world.Journal.ExpectAsync(_ => true, count, after, TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task It_can_be_cancelled_and_leaves_nothing_behind()
    {
        await using var world = WorldOf.Manual();
        using var hold = world.Clock.Hold("time must not pass");
        using var stop = new CancellationTokenSource();
        var wait = world.Do(() => world.Journal.ExpectAsync(_ => true, 1, 0, TimeSpan.FromHours(1), stop.Token));
        await world.On(() => { });
        await stop.CancelAsync();
        await FluentActions.Awaiting(() => wait).Should().ThrowAsync<OperationCanceledException>();
        world.Clock.TimerCount.Should().Be(0);
    }

    [Fact]
    public async Task A_test_that_throws_fails_the_wait_and_not_the_writer()
    {
        await using var world = WorldOf.Manual();
        using var hold = world.Clock.Hold("time must not pass");
        var wait = world.Do(
            () => world.Journal.ExpectAsync(_ => throw new InvalidDataException("bad test"), 1, 0, Second, CancellationToken.None));
        await world.On(() => { });
        await world.On(() => world.Note("n"));
        await FluentActions.Awaiting(() => wait).Should().ThrowAsync<InvalidDataException>();
        (await world.Kinds()).Should().Equal("n");
    }

    [Fact]
    public async Task It_may_wait_longer_than_the_platform_s_timers_and_than_the_calendar()
    {
        await using var world = WorldOf.Auto();
        await world.On(() => world.After(TimeSpan.FromDays(10_000), () => world.Note("at last")));
        var found = await world.Do(
            () => world.Journal.ExpectAsync(e => e.Kind == "at last", 1, 0, TimeSpan.MaxValue, CancellationToken.None));
        found.Should().HaveCount(1);
    }
}
