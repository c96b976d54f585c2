namespace TwilioEmu.Kernel.Time;

/// <summary>
/// The world's clock to somebody who says what time is waited for, as
/// <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/> cannot.
/// </summary>
internal sealed class NamedTime(WorldClock clock, string what) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(what, callback, state, dueTime, period);
}
