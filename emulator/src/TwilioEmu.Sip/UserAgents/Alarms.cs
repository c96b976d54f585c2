namespace TwilioEmu.Sip.UserAgents;

/// <summary>Something to be done at an instant, unless it is cancelled before.</summary>
internal sealed class Alarm(Action<DateTimeOffset> action)
{
    private Action<DateTimeOffset>? _action = action;

    public bool IsCancelled => _action is null;

    public void Cancel() => _action = null;

    public void Ring(DateTimeOffset now)
    {
        var ring = _action;
        _action = null;
        ring?.Invoke(now);
    }
}

/// <summary>Alarms by (instant, order of setting). Cancelled ones leave when their time comes, or when they are half of all.</summary>
internal sealed class Alarms
{
    private const int SweepFrom = 1024;

    private PriorityQueue<Alarm, (DateTimeOffset Due, long Sequence)> _heap = new();
    private long _sequence;
    private int _sweepAt = SweepFrom;

    public DateTimeOffset? NextDue
    {
        get
        {
            while (_heap.TryPeek(out var next, out _) && next.IsCancelled) _heap.Dequeue();
            return _heap.TryPeek(out _, out var at) ? at.Due : null;
        }
    }

    public Alarm Set(DateTimeOffset due, Action<DateTimeOffset> action)
    {
        if (_heap.Count >= _sweepAt) Sweep();
        var alarm = new Alarm(action);
        _heap.Enqueue(alarm, (due, _sequence++));
        return alarm;
    }

    public void Tick(DateTimeOffset now)
    {
        while (_heap.TryPeek(out var next, out var at) && at.Due <= now)
        {
            _heap.Dequeue();
            next.Ring(at.Due);
        }
    }

    private void Sweep()
    {
        // Not by LINQ: over values like these it would be compiled while calls wait.
        var kept = new PriorityQueue<Alarm, (DateTimeOffset Due, long Sequence)>();
        foreach (var (alarm, due) in _heap.UnorderedItems)
        {
            if (!alarm.IsCancelled) kept.Enqueue(alarm, due);
        }
        _heap = kept;
        _sweepAt = Math.Max(SweepFrom, _heap.Count * 2);
    }
}
