namespace TwilioEmu.Kernel.Time;

/// <summary>How the clock moves from one switch to the next: an immutable snapshot, so that reading the time takes no lock.</summary>
/// <param name="Mode">The mode in force.</param>
/// <param name="Rate">World ticks per tick of the wall; 0 where time stands until it is moved.</param>
/// <param name="Mark">Ticks (100 ns, UTC) at the switch.</param>
/// <param name="WallMark">The wall's timestamp at the switch.</param>
internal sealed record Pace(ClockMode Mode, double Rate, long Mark, long WallMark)
{
    /// <summary>The pace of a mode with nothing pinned.</summary>
    public static double RateOf(ClockMode mode) => mode switch
    {
        ClockMode.Scaled scaled => scaled.Factor,
        { IsVirtual: true } => 0,
        _ => 1,
    };

    /// <summary>True where time runs by itself.</summary>
    public bool Runs => Rate > 0;

    /// <summary>The instant of a clock that runs by itself; it stops at the last instant the calendar has.</summary>
    public long TicksAt(TimeProvider wall)
    {
        var elapsed = wall.GetElapsedTime(WallMark).Ticks;
        if (Rate != 1) elapsed = (long)Math.Min(elapsed * Rate, DateTime.MaxValue.Ticks - Mark);
        return Math.Min(Mark + elapsed, DateTime.MaxValue.Ticks);
    }

    /// <summary>How much wall time passes while the clock passes <paramref name="ticks"/>.</summary>
    public double ToWallTicks(long ticks) => ticks / Rate;
}
