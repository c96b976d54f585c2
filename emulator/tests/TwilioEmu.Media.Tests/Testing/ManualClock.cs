namespace TwilioEmu.Media.Tests.Testing;

/// <summary>A clock that is moved by hand; timers fire in order of instant, then of setting, each at its own instant.</summary>
internal sealed class ManualClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = Start;
    private long _nextSequence;

    public int TimerCount => _timers.Count(t => t.Due is not null);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public void Advance(TimeSpan by)
    {
        var until = _now + by;
        while (_timers.Where(t => t.Due <= until).OrderBy(t => t.Due).ThenBy(t => t.Sequence).FirstOrDefault() is { } next)
        {
            if (next.Due > _now) _now = next.Due!.Value;
            next.Fire();
        }
        _now = until;
    }

    public void Advance(double milliseconds) => Advance(TimeSpan.FromMilliseconds(milliseconds));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualClock clock, Action fire) : ITimer
    {
        public DateTimeOffset? Due { get; private set; }

        public long Sequence { get; private set; }

        private TimeSpan _period;

        public void Fire()
        {
            Due = _period > TimeSpan.Zero ? Due + _period : null;
            Sequence = clock._nextSequence++;
            fire();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
            Sequence = clock._nextSequence++;
            _period = period;
            return true;
        }

        public void Dispose()
        {
            Due = null;
            clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
