using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Time;

/// <summary>What an idle loop is told to do, asked without a loop: windows too narrow for a race to show them.</summary>
public sealed class StepTests
{
    [Fact]
    public void A_turn_that_arrived_since_the_loop_looked_keeps_time_where_it_is()
    {
        var clock = new WorldClock(new ClockMode.Auto(), WorldOptions.StoryStart, TimeProvider.System);
        using var timer = clock.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        clock.StepWhenIdle(() => true, out var none, out _).Should().Be(IdleStep.Again);
        none.Should().BeNull();
        clock.GetUtcNow().Should().Be(WorldOptions.StoryStart);
        clock.StepWhenIdle(() => false, out var due, out _).Should().Be(IdleStep.Fire);
        due.Should().BeSameAs(timer);
        clock.GetUtcNow().Should().Be(WorldOptions.StoryStart.AddSeconds(1));
    }

    [Fact]
    public void A_hold_is_asked_for_before_the_arrivals()
    {
        var clock = new WorldClock(new ClockMode.Auto(), WorldOptions.StoryStart, TimeProvider.System);
        using var timer = clock.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var hold = clock.Hold("a request");
        clock.StepWhenIdle(() => throw new InvalidOperationException("asked too early"), out _, out _).Should().Be(IdleStep.Wait);
    }

    [Theory]
    [InlineData("real", 1500.2, 1501)]
    [InlineData("x10", 1500.2, 151)]
    [InlineData("x0.001", 1500.2, 1_500_200)]
    [InlineData("real", 1e12, int.MaxValue)]
    [InlineData("auto", 1500.2, int.MaxValue)]
    public void The_wait_is_the_wall_s_share_rounded_up_to_a_millisecond(string text, double due, int wait)
    {
        ClockMode.TryParse(text, out var mode).Should().BeTrue();
        var clock = new WorldClock(mode, WorldOptions.StoryStart, new StillWall());
        using var timer = clock.CreateTimer(_ => { }, null, TimeSpan.FromMilliseconds(due), Timeout.InfiniteTimeSpan);
        using var hold = clock.Hold("virtual time stays");
        clock.StepWhenIdle(() => false, out _, out var limit).Should().Be(IdleStep.Wait);
        limit.Should().Be(TimeSpan.FromMilliseconds(wait));
    }

    private sealed class StillWall : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
