namespace TwilioEmu.Host.Tests.Clocks;

/// <summary>The world's time, as an app's own timers see it.</summary>
public sealed class LentTimeTests
{
    [Fact]
    public async Task A_delay_of_the_apps_ends_when_the_worlds_time_is_there()
    {
        await using var twilio = await TwilioEmuHost.StartAsync(new() { Port = null });
        var begin = twilio.TimeProvider.GetUtcNow();
        begin.Should().Be((await twilio.Control.ClockAsync()).Now);
        var reminder = Task.Delay(TimeSpan.FromHours(3), twilio.TimeProvider);
        await twilio.Control.AdvanceAsync(TimeSpan.FromHours(2));
        reminder.IsCompleted.Should().BeFalse();
        await twilio.Control.AdvanceAsync(TimeSpan.FromHours(1));
        reminder.IsCompleted.Should().BeTrue();
        twilio.TimeProvider.GetUtcNow().Should().Be(begin + TimeSpan.FromHours(3));
        twilio.TimeProvider.GetElapsedTime(0, TimeSpan.TicksPerHour).Should().Be(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Time_stands_still_while_a_timer_of_the_apps_runs()
    {
        await using var twilio = await TwilioEmuHost.StartAsync(new() { Port = null });
        var seen = new List<TimeSpan>();
        var begin = twilio.TimeProvider.GetUtcNow();
        await using var timer = twilio.TimeProvider.CreateTimer(
            _ => seen.Add(twilio.TimeProvider.GetUtcNow() - begin), null, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));
        await twilio.Control.AdvanceAsync(TimeSpan.FromMinutes(30));
        seen.Should().Equal(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task A_reset_drops_timers_and_begins_anew()
    {
        await using var twilio = await TwilioEmuHost.StartAsync(new() { Port = null });
        var begin = twilio.TimeProvider.GetUtcNow();
        var dropped = Task.Delay(TimeSpan.FromMinutes(1), twilio.TimeProvider);
        await twilio.Control.AdvanceAsync(TimeSpan.FromSeconds(10));
        await twilio.Control.ResetAsync();
        twilio.TimeProvider.GetUtcNow().Should().Be(begin);
        await twilio.Control.AdvanceAsync(TimeSpan.FromHours(1));
        dropped.IsCompleted.Should().BeFalse();
    }
}
