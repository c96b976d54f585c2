namespace TwilioEmu.Kernel.Time;

/// <summary>The hand of a clock: where it stands and how it moves.</summary>
/// <remarks>Moved under the clock's lock, read without.</remarks>
internal sealed class Hand(ClockMode mode, DateTimeOffset start, TimeProvider wall)
{
    private volatile Pace _pace = new(mode, Pace.RateOf(mode), start.UtcTicks, wall.GetTimestamp());

    // The instant while time does not run by itself: ticks of 100 ns, UTC.
    private long _instant = start.UtcTicks;

    /// <summary>The mode in force.</summary>
    public ClockMode Mode => _pace.Mode;

    /// <summary>True where time runs by itself.</summary>
    public bool Runs => _pace.Runs;

    /// <summary>Now, in ticks of 100 ns, UTC.</summary>
    public long Now => _pace is { Runs: true } pace ? pace.TicksAt(wall) : Volatile.Read(ref _instant);

    /// <summary>Goes on from the present instant in another way; a rate of 0 stands.</summary>
    public void Set_NeedsLock(ClockMode mode, double rate)
    {
        var now = Now;
        Volatile.Write(ref _instant, now);
        _pace = new Pace(mode, rate, now, wall.GetTimestamp());
    }

    /// <summary>Jumps, where time stands: never back.</summary>
    public void Jump_NeedsLock(long instant)
    {
        if (instant > _instant) Volatile.Write(ref _instant, instant);
    }

    /// <summary>How long the wall takes until an instant, at the present pace.</summary>
    public TimeSpan WallWait_NeedsLock(long due) => WallWait.Of(_pace.ToWallTicks(Math.Max(0, due - Now)));
}
