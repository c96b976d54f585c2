using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Time;

/// <summary>Where the wall time of a test suite goes while virtual time stands. The wall is moved by hand.</summary>
public sealed class StoodForTests : IAsyncDisposable
{
    private readonly WallByHand _wall = new();
    private World? _world;

    [Fact]
    public async Task A_grace_counts_for_as_long_as_something_due_waits_for_its_end()
    {
        var world = Open("auto");
        await world.On(() => { world.After(TimeSpan.FromSeconds(1), () => world.Note("over")); world.Clock.Note(Outside.Acted); });
        await MoveAsync(30);
        await MoveAsync(25);
        (await world.Kinds()).Should().Equal("over");
        Stood().Should().Be((55, 0, 0));
        await MoveAsync(1_000);
        Stood().Should().Be((55, 0, 0), "nothing more is due");
    }

    [Fact]
    public async Task An_app_that_thinks_is_counted_apart()
    {
        var world = Open("auto");
        var hold = world.Clock.Hold("a webhook");
        await world.On(() => world.After(TimeSpan.FromSeconds(1), () => world.Note("over")));
        await MoveAsync(300);
        hold.Dispose();
        await MoveAsync(0);
        (await world.Kinds()).Should().Equal("over");
        Stood().Should().Be((0, 300, 0));
    }

    [Fact]
    public async Task In_manual_nothing_is_counted_until_somebody_wants_time_to_move()
    {
        var world = Open("manual");
        using var hold = world.Clock.Hold("a webhook");
        await world.On(() => world.After(TimeSpan.FromSeconds(1), () => world.Note("over")));
        await MoveAsync(300);
        Stood().Should().Be((0, 0, 0));
        var advance = world.Clock.AdvanceAsync(TimeSpan.FromSeconds(2));
        await MoveAsync(0);
        await MoveAsync(40);
        hold.Dispose();
        await MoveAsync(0);
        await advance;
        Stood().Should().Be((0, 40, 0));
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

    /// <summary>Whole milliseconds: the wall's own ticks are odd.</summary>
    private (int Graces, int Answers, int Thinking) Stood()
    {
        var stood = _world!.Clock.Standing.Stood;
        return ((int)stood.Graces.TotalMilliseconds, (int)stood.Answers.TotalMilliseconds, (int)stood.Thinking.TotalMilliseconds);
    }

    /// <summary>Moves the wall and lets the loop come to rest.</summary>
    private async Task MoveAsync(int milliseconds)
    {
        _wall.Move(TimeSpan.FromMilliseconds(milliseconds), _world!);
        for (var i = 0; i < 5; i++) await _world!.Loop.RestAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_world is not null) await _world.DisposeAsync();
    }
}
