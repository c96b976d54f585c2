using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Host.Clocks;

/// <summary>The world's time for code outside the world: its timers fire when the world's time comes there.</summary>
/// <remarks>
/// The world's clock fires timers as turns of its loop, where foreign code has no business: here they fire on the thread pool, and
/// virtual time stands still until the callback has returned. A timer ends with its world: a reset drops it.
/// </remarks>
internal sealed class LentTime(Func<WorldClock> clock) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => clock().GetUtcNow();

    // Of the calendar, so that a reset, which begins anew, is the only thing that leads back.
    public override long GetTimestamp() => clock().GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var world = clock();
        return world.CreateTimer(_ => Fire(world, callback, state), null, dueTime, period);
    }

    private static void Fire(WorldClock world, TimerCallback callback, object? state)
    {
        var hold = world.Hold("a timer of the app");
        ThreadPool.UnsafeQueueUserWorkItem(_ =>
        {
            try
            {
                callback(state);
            }
            finally
            {
                // What the callback has started may be waiting for a thread: it gets one before time goes on.
                ThreadPool.UnsafeQueueUserWorkItem(static held => ((Hold)held!).Dispose(), hold);
            }
        }, null);
    }
}
