namespace TwilioEmu.Kernel.Time;

/// <summary>How the clock moves from one switch of mode to the next: an immutable snapshot, so that reading the time takes no lock.</summary>
/// <param name="Mode">The mode in force.</param>
/// <param name="Mark">Ticks (100 ns, UTC) at the switch.</param>
/// <param name="WallMark">The wall's timestamp at the switch.</param>
internal sealed record Pace(ClockMode Mode, long Mark, long WallMark)
{
    /// <summary>The instant of a clock that runs by itself; it stops at the last instant the calendar has.</summary>
    public long TicksAt(TimeProvider wall)
    {
        var elapsed = wall.GetElapsedTime(WallMark).Ticks;
        if (Mode is ClockMode.Scaled scaled) elapsed = (long)Math.Min(elapsed * scaled.Factor, DateTime.MaxValue.Ticks - Mark);
        return Math.Min(Mark + elapsed, DateTime.MaxValue.Ticks);
    }

    /// <summary>How much wall time passes while the clock passes <paramref name="ticks"/>.</summary>
    public double ToWallTicks(long ticks) => Mode is ClockMode.Scaled scaled ? ticks / scaled.Factor : ticks;
}
