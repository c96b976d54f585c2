namespace TwilioEmu.Kernel.Time;

/// <summary>Binary heap of timers ordered by (due instant, sequence); O(log n) to add, take and remove.</summary>
/// <remarks>
/// Timers know their place, so a cancelled timer leaves at once: far-off timeouts that are mostly cancelled cost no memory.
/// </remarks>
internal sealed class TimerHeap
{
    private readonly List<ClockTimer> _timers = [];
    private long _nextSequence;

    public int Count => _timers.Count;

    public ClockTimer? Peek() => _timers.Count == 0 ? null : _timers[0];

    public void Add(ClockTimer timer)
    {
        _timers.Add(timer);
        timer.HeapIndex = _timers.Count - 1;
        Rise(timer.HeapIndex);
    }

    /// <summary>Adds a timer that is due at an instant, behind all that are due then.</summary>
    public void Set(ClockTimer timer, long due)
    {
        timer.Due = due;
        timer.Sequence = _nextSequence++;
        Add(timer);
    }

    /// <summary>Takes a timer out to be fired, and puts it back for its next period if it has one.</summary>
    /// <param name="timer">Which.</param>
    /// <param name="now">Periods that are past by then are skipped.</param>
    public void Take(ClockTimer timer, long now)
    {
        Remove(timer);
        if (timer.Period == 0) return;
        var missed = Math.Max(0, now - timer.Due) / timer.Period;
        if (timer.Period > (DateTime.MaxValue.Ticks - timer.Due) / (missed + 1)) return;
        Set(timer, timer.Due + ((missed + 1) * timer.Period));
    }

    public void Remove(ClockTimer timer)
    {
        var hole = timer.HeapIndex;
        if (hole < 0) return;
        timer.HeapIndex = -1;
        var last = _timers[^1];
        _timers.RemoveAt(_timers.Count - 1);
        if (last == timer) return;
        Place(last, hole);
        Rise(hole);
        Sink(last.HeapIndex);
    }

    public void Clear()
    {
        foreach (var timer in _timers) timer.HeapIndex = -1;
        _timers.Clear();
    }

    private static bool IsBefore(ClockTimer a, ClockTimer b) => a.Due < b.Due || (a.Due == b.Due && a.Sequence < b.Sequence);

    private void Place(ClockTimer timer, int index)
    {
        _timers[index] = timer;
        timer.HeapIndex = index;
    }

    private void Rise(int index)
    {
        var timer = _timers[index];
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (!IsBefore(timer, _timers[parent])) break;
            Place(_timers[parent], index);
            index = parent;
        }
        Place(timer, index);
    }

    private void Sink(int index)
    {
        var timer = _timers[index];
        while (true)
        {
            var child = (2 * index) + 1;
            if (child >= _timers.Count) break;
            if (child + 1 < _timers.Count && IsBefore(_timers[child + 1], _timers[child])) child++;
            if (!IsBefore(_timers[child], timer)) break;
            Place(_timers[child], index);
            index = child;
        }
        Place(timer, index);
    }
}
