namespace TwilioEmu.Kernel.Time;

/// <summary>Timers that end waits: the wall ends those that virtual time has not come to (time limits of expectations).</summary>
/// <remarks>Owned by <see cref="WorldClock"/>, under its lock.</remarks>
internal sealed class WaitEnds
{
    private readonly List<ClockTimer> _timers = [];

    public void Add(ClockTimer timer) => _timers.Add(timer);

    public void Remove(ClockTimer timer) => _timers.Remove(timer);

    public void Clear() => _timers.Clear();

    /// <summary>A timer whose wait the wall has ended, or null.</summary>
    /// <param name="now">By the wall's ticks.</param>
    /// <param name="remains">How many more the loop may sleep; made fewer where a wait ends before.</param>
    public ClockTimer? FindOver(long now, ref long remains)
    {
        ClockTimer? over = null;
        foreach (var timer in _timers)
        {
            if (timer.HeapIndex < 0) continue;
            var left = timer.WallEnd!.Value - now;
            if (left <= 0) over ??= timer;
            remains = Math.Min(remains, left);
        }
        return over;
    }
}
