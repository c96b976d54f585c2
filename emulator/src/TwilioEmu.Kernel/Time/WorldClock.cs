using TwilioEmu.Kernel.Looping;

namespace TwilioEmu.Kernel.Time;

/// <summary>The one clock of a world: wall time, scaled time, or virtual time that steps from due instant to due instant.</summary>
/// <remarks>
/// Timers are one heap ordered by (instant, sequence), whatever the mode; their callbacks are turns of the loop. Virtual time
/// steps to each instant in turn, one timer at a time, only when the loop is idle and no <see cref="Time.Hold"/> is open.
/// All members are safe from any thread; an instant read off the loop may be stale at once.
/// </remarks>
public sealed class WorldClock : TimeProvider
{
    private static readonly TimeSpan Forever = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly object _gate = new();
    private readonly TimeProvider _wall;
    private readonly TimerHeap _timers = new();
    private readonly HashSet<Hold> _holds = [];
    private readonly List<Leave> _leaves = [];
    private readonly long _startTicks;
    private ClockMode _mode;
    private long _nextSequence;

    // Virtual: the instant itself. Running by itself: the instant at _wallMark, when the mode was last set. Ticks of 100 ns, UTC.
    private long _mark;
    private long _wallMark;
    private WorldLoop? _loop;

    internal WorldClock(ClockMode mode, DateTimeOffset start, TimeProvider wall)
    {
        _mode = mode;
        _wall = wall;
        _startTicks = _mark = start.UtcTicks;
        _wallMark = wall.GetTimestamp();
    }

    /// <summary>The mode in force.</summary>
    public ClockMode Mode
    {
        get { lock (_gate) return _mode; }
    }

    /// <summary>What virtual time is waiting for, now.</summary>
    public IReadOnlyList<string> OpenHolds
    {
        get { lock (_gate) return [.. _holds.Select(h => h.Why).Order(StringComparer.Ordinal)]; }
    }

    /// <summary>How many timers are waiting.</summary>
    public int TimerCount
    {
        get { lock (_gate) return _timers.Count; }
    }

    /// <summary>The next instant at which something is due, or null.</summary>
    public DateTimeOffset? NextDue
    {
        get { lock (_gate) return _timers.Peek() is { } t ? new DateTimeOffset(t.Due, TimeSpan.Zero) : null; }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(NowTicks(), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => NowTicks() - _startTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ClockTimer(this, callback, state);
        Change(timer, dueTime, period);
        return timer;
    }

    /// <summary>Switches the mode; the present instant stays what it is.</summary>
    public void SwitchTo(ClockMode mode)
    {
        lock (_gate)
        {
            _mark = NowTicks_NeedsLock();
            _wallMark = _wall.GetTimestamp();
            _mode = mode;
            // Time that moves by itself owes no further steps: whoever was waiting for an advance has it, or will have it soon.
            if (!mode.IsVirtual)
            {
                foreach (var leave in _leaves) leave.Reached.TrySetResult();
                _leaves.Clear();
            }
        }
        _loop?.Nudge();
    }

    /// <summary>Keeps virtual time where it is until the hold is disposed.</summary>
    public Hold Hold(string why)
    {
        var hold = new Hold(this, why);
        lock (_gate) _holds.Add(hold);
        return hold;
    }

    /// <summary>Moves virtual time on, firing in order all that falls due, and completes when that has run, holds included.</summary>
    /// <exception cref="InvalidOperationException">The clock runs by itself (real or scaled).</exception>
    public Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Task reached;
        lock (_gate)
        {
            if (!_mode.IsVirtual) throw new InvalidOperationException($"the clock runs by itself (mode {_mode}); advance needs auto or manual");
            var leave = new Leave(_mark + by.Ticks);
            _leaves.Add(leave);
            reached = leave.Reached.Task;
        }
        _loop?.Nudge();
        return reached;
    }

    /// <summary>Lets virtual time run, in manual mode too, up to an instant or until the returned object is disposed.</summary>
    /// <remarks>For waiting on something that may come earlier; a clock that runs by itself needs no leave and ignores it.</remarks>
    public IDisposable LetRunUntil(DateTimeOffset until)
    {
        var leave = new Leave(until.UtcTicks) { Clock = this };
        lock (_gate) if (_mode.IsVirtual) _leaves.Add(leave);
        _loop?.Nudge();
        return leave;
    }

    internal void Attach(WorldLoop loop) => _loop = loop;

    internal void Release(Hold hold)
    {
        lock (_gate)
        {
            _holds.Remove(hold);
            if (_holds.Count > 0 || !_mode.IsVirtual) return;
        }
        _loop?.Nudge();
    }

    internal bool Change(ClockTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        bool isFirst;
        lock (_gate)
        {
            if (timer.IsDisposed) return false;
            _timers.Remove(timer);
            timer.Period = period > TimeSpan.Zero ? period.Ticks : 0;
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            timer.Due = checked(NowTicks_NeedsLock() + Math.Max(0, dueTime.Ticks));
            timer.Sequence = _nextSequence++;
            _timers.Add(timer);
            isFirst = timer.HeapIndex == 0;
        }
        if (isFirst && _loop is { IsCurrent: false } loop) loop.Nudge();
        return true;
    }

    internal void Remove(ClockTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _timers.Clear();
            _holds.Clear();
            foreach (var leave in _leaves) leave.Reached.TrySetCanceled();
            _leaves.Clear();
        }
    }

    /// <summary>While time runs by itself: the next timer whose instant has come, or null. Called by the loop before each batch of turns.</summary>
    internal ClockTimer? TakeDue()
    {
        lock (_gate)
        {
            if (_mode.IsVirtual || _timers.Peek() is not { } first || first.Due > NowTicks_NeedsLock()) return null;
            Take_NeedsLock(first);
            return first;
        }
    }

    /// <summary>Called by the loop when it found nothing to do.</summary>
    /// <param name="hasArrivals">
    /// Asked under the clock's lock after the holds were found closed. Whoever ends a hold queues its turn first, so a turn that
    /// arrived between the loop's last look and this one is seen here and time stays.
    /// </param>
    internal IdleStep StepWhenIdle(Func<bool> hasArrivals, out ClockTimer? timer, out TimeSpan wait)
    {
        timer = null;
        wait = Forever;
        lock (_gate)
        {
            var first = _timers.Peek();
            if (!_mode.IsVirtual)
            {
                if (first is not null) wait = WallWait_NeedsLock(first.Due);
                return IdleStep.Wait;
            }
            if (_holds.Count > 0) return IdleStep.Wait;
            if (hasArrivals()) return IdleStep.Again;
            var limit = _leaves.Count == 0 ? long.MinValue : _leaves.Max(l => l.Until);
            if (first is not null && _leaves.Count > 0 && first.Due > _leaves.Min(l => l.Until)) return Reach_NeedsLock();
            if (first is not null && (_mode is ClockMode.Auto || first.Due <= limit))
            {
                _mark = Math.Max(_mark, first.Due);
                Take_NeedsLock(first);
                timer = first;
                return IdleStep.Fire;
            }
            return _leaves.Count > 0 ? Reach_NeedsLock() : IdleStep.Wait;
        }
    }

    /// <summary>Nothing is due before the nearest leave's end: time goes there, and that leave is done.</summary>
    private IdleStep Reach_NeedsLock()
    {
        var until = _leaves.Min(l => l.Until);
        _mark = Math.Max(_mark, until);
        foreach (var leave in _leaves.Where(l => l.Until <= until)) leave.Reached.TrySetResult();
        _leaves.RemoveAll(l => l.Until <= until);
        return IdleStep.Again;
    }

    private void Take_NeedsLock(ClockTimer timer)
    {
        _timers.Remove(timer);
        if (timer.Period == 0) return;
        timer.Due += timer.Period;
        timer.Sequence = _nextSequence++;
        _timers.Add(timer);
    }

    private long NowTicks()
    {
        lock (_gate) return NowTicks_NeedsLock();
    }

    private long NowTicks_NeedsLock() => _mode switch
    {
        ClockMode.Real => _mark + _wall.GetElapsedTime(_wallMark).Ticks,
        ClockMode.Scaled s => _mark + (long)(_wall.GetElapsedTime(_wallMark).Ticks * s.Factor),
        _ => _mark,
    };

    private TimeSpan WallWait_NeedsLock(long due)
    {
        var ticks = Math.Max(0, due - NowTicks_NeedsLock());
        if (_mode is ClockMode.Scaled s) ticks = (long)(ticks / s.Factor);
        // Rounded up to the millisecond the wait is made in, or the loop would spin through the last fraction.
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling(TimeSpan.FromTicks(ticks).TotalMilliseconds));
        return wait < Forever ? wait : Forever;
    }

    private void End(Leave leave)
    {
        lock (_gate) _leaves.Remove(leave);
    }

    /// <summary>Permission for virtual time to move up to an instant.</summary>
    private sealed class Leave(long until) : IDisposable
    {
        public long Until { get; } = until;

        public WorldClock? Clock { get; init; }

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Dispose() => Clock?.End(this);
    }
}
