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

    // Taken before the loop's own lock, never the other way round.
    private readonly object _gate = new();
    private readonly TimeProvider _wall;
    private readonly TimerHeap _timers = new();
    private readonly HashSet<Hold> _holds = [];
    private readonly List<Advance> _advances = [];
    private readonly List<Leave> _leaves = [];
    private readonly long _startTicks;
    private volatile Pace _pace;
    private WorldLoop? _loop;
    private long _nextSequence;
    private bool _isEnded;

    // The instant while the mode is virtual: ticks of 100 ns, UTC. Written under the lock, read without.
    private long _instant;

    internal WorldClock(ClockMode mode, DateTimeOffset start, TimeProvider wall)
    {
        _wall = wall;
        _startTicks = _instant = start.UtcTicks;
        _pace = new Pace(mode, start.UtcTicks, wall.GetTimestamp());
    }

    /// <summary>The mode in force.</summary>
    public ClockMode Mode => _pace.Mode;

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
    /// <remarks>
    /// Create timers on the loop, or under a hold: the order of timers due at one instant is the order in which they were set.
    /// A periodic timer never misses an instant of virtual time; of time that runs by itself it skips those that are past.
    /// </remarks>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ClockTimer(this, callback, state);
        Change(timer, dueTime, period);
        return timer;
    }

    /// <summary>Switches the mode; the present instant stays what it is.</summary>
    /// <remarks>An advance still under way fails when time begins to run by itself.</remarks>
    public void SwitchTo(ClockMode mode)
    {
        ArgumentNullException.ThrowIfNull(mode);
        lock (_gate)
        {
            var now = NowTicks();
            Volatile.Write(ref _instant, now);
            _pace = new Pace(mode, now, _wall.GetTimestamp());
            if (!mode.IsVirtual)
            {
                foreach (var advance in _advances) advance.Reached.TrySetException(CannotAdvance(mode));
                _advances.Clear();
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
    /// <remarks>Advances asked for at the same instant run side by side, not one after the other.</remarks>
    /// <exception cref="InvalidOperationException">The clock runs by itself (real or scaled), or is switched so on the way.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Backwards, or beyond the year 9999.</exception>
    public Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Advance advance;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isEnded, this);
            if (!Mode.IsVirtual) throw CannotAdvance(Mode);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(by.Ticks, DateTime.MaxValue.Ticks - _instant, nameof(by));
            advance = new Advance(_instant + by.Ticks);
            _advances.Add(advance);
        }
        _loop?.Nudge();
        return advance.Reached.Task;
    }

    /// <summary>Lets virtual time run, in manual mode too, from due instant to due instant up to a last one or until disposed.</summary>
    /// <remarks>For waiting on something that may come earlier: it permits, and moves nothing where nothing is due.</remarks>
    public IDisposable LetRunUntil(DateTimeOffset until)
    {
        var leave = new Leave(this, until.UtcTicks);
        lock (_gate) _leaves.Add(leave);
        _loop?.Nudge();
        return leave;
    }

    internal void Attach(WorldLoop loop) => _loop = loop;

    internal void Release(Hold hold)
    {
        lock (_gate)
        {
            _holds.Remove(hold);
            if (_holds.Count > 0 || !Mode.IsVirtual) return;
        }
        _loop?.Nudge();
    }

    internal void End(Leave leave)
    {
        lock (_gate) _leaves.Remove(leave);
    }

    internal bool Change(ClockTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        bool isFirst;
        lock (_gate)
        {
            if (timer.IsDisposed || _isEnded) return false;
            _timers.Remove(timer);
            timer.Period = period > TimeSpan.Zero ? period.Ticks : 0;
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            var now = NowTicks();
            ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime.Ticks, DateTime.MaxValue.Ticks - now, nameof(dueTime));
            SetDue_NeedsLock(timer, now + dueTime.Ticks);
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

    /// <summary>Ends time: nothing waits any more, and nothing will.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _isEnded = true;
            _timers.Clear();
            _holds.Clear();
            _leaves.Clear();
            foreach (var advance in _advances) advance.Reached.TrySetCanceled();
            _advances.Clear();
        }
    }

    /// <summary>While time runs by itself: the next timer due at or before an instant, or null.</summary>
    /// <param name="now">Read once per batch, or timers that come due while others fire would keep the turns waiting.</param>
    internal ClockTimer? TakeDue(long now)
    {
        if (Mode.IsVirtual) return null;
        lock (_gate)
        {
            if (Mode.IsVirtual || _timers.Peek() is not { } first || first.Due > now) return null;
            Take_NeedsLock(first, now);
            return first;
        }
    }

    /// <summary>Called by the loop when it found nothing to do.</summary>
    /// <param name="hasArrivals">
    /// Asked under the clock's lock after the holds were found closed. Whoever ends a hold queues its turn first, so a turn that
    /// arrived between the loop's last look and this one is seen here and time stays.
    /// </param>
    /// <param name="timer">The timer to fire.</param>
    /// <param name="wait">How long, on the wall, nothing will be due.</param>
    internal IdleStep StepWhenIdle(Func<bool> hasArrivals, out ClockTimer? timer, out TimeSpan wait)
    {
        timer = null;
        wait = Forever;
        lock (_gate)
        {
            var first = _timers.Peek();
            if (!Mode.IsVirtual)
            {
                if (first is not null) wait = WallWait(first.Due);
                return IdleStep.Wait;
            }
            if (_holds.Count > 0) return IdleStep.Wait;
            if (hasArrivals()) return IdleStep.Again;
            if (NearestAdvance_NeedsLock() is { } nearest && (first is null || first.Due > nearest)) return Reach_NeedsLock(nearest);
            if (first is null || !MayRunTo_NeedsLock(first.Due)) return IdleStep.Wait;
            if (first.Due > _instant) Volatile.Write(ref _instant, first.Due);
            Take_NeedsLock(first, now: 0);
            timer = first;
            return IdleStep.Fire;
        }
    }

    /// <summary>Now, in ticks of 100 ns, UTC.</summary>
    internal long NowTicks()
    {
        var pace = _pace;
        return pace.Mode.IsVirtual ? Volatile.Read(ref _instant) : pace.TicksAt(_wall);
    }

    private static InvalidOperationException CannotAdvance(ClockMode mode) =>
        new($"the clock runs by itself (mode {mode}); advance needs auto or manual");

    private long? NearestAdvance_NeedsLock()
    {
        long? nearest = null;
        foreach (var advance in _advances) if (nearest is null || advance.Until < nearest) nearest = advance.Until;
        return nearest;
    }

    /// <summary>What is due now runs in every mode; the future is auto's by nature, manual's by leave or advance.</summary>
    private bool MayRunTo_NeedsLock(long due)
    {
        if (due <= _instant || Mode is ClockMode.Auto) return true;
        foreach (var advance in _advances) if (due <= advance.Until) return true;
        foreach (var leave in _leaves) if (due <= leave.Until) return true;
        return false;
    }

    /// <summary>Nothing is due before the nearest advance's end: time goes there, and that advance is done.</summary>
    private IdleStep Reach_NeedsLock(long until)
    {
        if (until > _instant) Volatile.Write(ref _instant, until);
        foreach (var advance in _advances) if (advance.Until == until) advance.Reached.TrySetResult();
        _advances.RemoveAll(a => a.Until == until);
        return IdleStep.Again;
    }

    /// <summary>Takes a timer from the heap, and puts it back for its next period if it has one.</summary>
    private void Take_NeedsLock(ClockTimer timer, long now)
    {
        _timers.Remove(timer);
        if (timer.Period == 0) return;
        var missed = Math.Max(0, now - timer.Due) / timer.Period;
        if (timer.Period > (DateTime.MaxValue.Ticks - timer.Due) / (missed + 1)) return;
        SetDue_NeedsLock(timer, timer.Due + ((missed + 1) * timer.Period));
    }

    private void SetDue_NeedsLock(ClockTimer timer, long due)
    {
        timer.Due = due;
        timer.Sequence = _nextSequence++;
        _timers.Add(timer);
    }

    private TimeSpan WallWait(long due)
    {
        var ticks = _pace.ToWallTicks(Math.Max(0, due - NowTicks()));
        // Rounded up to the millisecond the wait is made in, or the loop would spin through the last fraction.
        return ticks < Forever.Ticks ? TimeSpan.FromMilliseconds(Math.Ceiling(ticks / TimeSpan.TicksPerMillisecond)) : Forever;
    }
}
