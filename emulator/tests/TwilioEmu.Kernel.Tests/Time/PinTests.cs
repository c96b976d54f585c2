using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Time;

/// <summary>Time bound to the wall's pace while something live is joined. The wall is moved by hand.</summary>
public sealed class PinTests : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly WallByHand _wall = new();
    private World? _world;

    [Theory]
    [InlineData("auto")]
    [InlineData("manual")]
    [InlineData("x100")]
    [InlineData("real")]
    public async Task Pinned_time_goes_at_the_pace_of_the_wall_whatever_the_mode(string mode)
    {
        var world = Open(mode);
        using var pin = world.Clock.Pin("a SIP call");
        await world.On(() => world.After(3 * Second, () => world.Note("due")));
        await MoveAsync(2 * Second);
        world.Elapsed().Should().BeCloseTo(2 * Second, TimeSpan.FromMilliseconds(1));
        await MoveAsync(Second + TimeSpan.FromMilliseconds(1));
        (await world.Kinds()).Should().Equal("clock.pinned", "due");
        world.Clock.Standing.PinnedBy.Should().Equal("a SIP call");
    }

    [Fact]
    public async Task A_webhook_in_flight_cannot_freeze_a_telephone()
    {
        var world = Open("auto");
        using var hold = world.Clock.Hold("webhook");
        using var pin = world.Clock.Pin("a SIP call");
        await MoveAsync(2 * Second);
        world.Elapsed().Should().BeCloseTo(2 * Second, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task The_mode_goes_on_as_it_was_when_the_last_pin_is_gone()
    {
        var world = Open("manual");
        var (first, second) = (world.Clock.Pin("one call"), world.Clock.Pin("another"));
        await MoveAsync(Second);
        first.Dispose();
        first.Dispose();
        await MoveAsync(Second);
        world.Elapsed().Should().BeCloseTo(2 * Second, TimeSpan.FromMilliseconds(1));
        second.Dispose();
        await MoveAsync(Second);
        world.Elapsed().Should().BeCloseTo(2 * Second, TimeSpan.FromMilliseconds(1));
        var before = world.Elapsed();
        await world.Clock.AdvanceAsync(Second);
        world.Elapsed().Should().Be(before + Second);
        (await world.Kinds()).Should().Equal("clock.pinned", "clock.pinned", "clock.released", "clock.released");
    }

    [Fact]
    public async Task An_advance_is_refused_while_something_is_live_and_one_under_way_fails()
    {
        var world = Open("manual");
        using var hold = world.Clock.Hold("webhook");
        var advance = world.Clock.AdvanceAsync(Second);
        using var pin = world.Clock.Pin("a SIP call");
        await FluentActions.Awaiting(() => advance).Should().ThrowAsync<InvalidOperationException>().WithMessage("*a SIP call*");
        await FluentActions.Awaiting(() => world.Clock.AdvanceAsync(Second)).Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task A_mode_switched_to_meanwhile_takes_effect_afterwards()
    {
        var world = Open("manual");
        var pin = world.Clock.Pin("a SIP call");
        world.Clock.SwitchTo(new ClockMode.Scaled(10));
        await MoveAsync(Second);
        world.Elapsed().Should().BeCloseTo(Second, TimeSpan.FromMilliseconds(1));
        pin.Dispose();
        await MoveAsync(Second);
        world.Elapsed().Should().BeCloseTo(11 * Second, TimeSpan.FromMilliseconds(10));
    }

    private World Open(string mode)
    {
        ClockMode.TryParse(mode, out var clock).Should().BeTrue();
        return _world = new World(
            new WorldOptions { Clock = clock, Start = WorldOptions.StoryStart, Wall = _wall, Patience = Patience.Usual });
    }

    private async Task MoveAsync(TimeSpan by)
    {
        _wall.Move(by, _world!);
        for (var i = 0; i < 5; i++) await _world!.Loop.RestAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_world is not null) await _world.DisposeAsync();
    }
}
