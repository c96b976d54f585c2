using TwilioEmu.Kernel.Looping;

namespace TwilioEmu.Kernel.Time;

/// <summary>The one clock of a world: wall time, scaled time, or virtual time that steps from due instant to due instant.</summary>
/// <remarks>
/// Timers are one heap ordered by (instant, sequence), whatever the mode; their callbacks are turns of the loop. Virtual time
/// steps to each instant in turn, one timer at a time, only when the loop is idle, no <see cref="Time.Hold"/> is open and the outside
/// has been quiet as <see cref="Patience"/> asks; while something is pinned it goes at the wall's pace instead.
/// All members are safe from any thread; an instant read off the loop may be stale at once.
/// </remarks>
public sealed class WorldClock : TimeProvider
{
    // Taken before the loop's own lock, never the other way round.
    private readonly object _gate = new();
    private readonly Hand _hand;
    private readonly TimerHeap _timers = new();
    private readonly Bystanders _bystanders;
    private readonly Orders _orders = new();
    private readonly WaitEnds _ends = new();
    private readonly List<Pin> _pins = [];
    private readonly long _startTicks;
    private WorldLoop? _loop;
    private bool _isEnded;

    internal WorldClock(ClockMode mode, DateTimeOffset start, TimeProvider wall, Patience? patience = null)
    {
        _hand = new Hand(mode, start, wall);
        _bystanders = new Bystanders(wall, patience ?? Patience.None);
        _startTicks = start.UtcTicks;
    }

    /// <summary>The mode in force.</summary>
    public ClockMode Mode => _hand.Mode;

    /// <summary>True where time does not run by itself now, as virtual time does while something is pinned.</summary>
    public bool Stands => !_hand.Runs;

    /// <summary>What virtual time is waiting for, now.</summary>
    public IReadOnlyList<string> OpenHolds => Standing.Holds;

    /// <summary>What time waits for and is bound by, now.</summary>
    public Standing Standing
    {
        get
        {
            lock (_gate)
            {
                var (holds, leads) = (_bystanders.Holds, _bystanders.Leads);
                return new([.. holds], [.. leads], Pinned_NeedsLock(), _bystanders.Settling, _bystanders.Stood);
            }
        }
    }

    /// <summary>How many timers are waiting.</summary>
    public int TimerCount
    {
        get { lock (_gate) return _timers.Count; }
    }

    /// <summary>The next instant at which something is due and what that is, empty where nobody said; or null.</summary>
    public (DateTimeOffset At, string What)? NextDue
    {
        get { lock (_gate) return _timers.Peek() is { } t ? (new DateTimeOffset(t.Due, TimeSpan.Zero), t.What) : null; }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Told, from any thread, of what people should know of: what, and why.</summary>
    internal Action<ClockNews, string>? Told { get; set; }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(NowTicks(), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => NowTicks() - _startTicks;

    /// <inheritdoc/>
    /// <remarks>
    /// Create timers on the loop, or under a hold: the order of timers due at one instant is the order in which they were set.
    /// A periodic timer never misses an instant of virtual time; of time that runs by itself it skips those that are past.
    /// </remarks>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        CreateTimer("", callback, state, dueTime, period);

    /// <summary>The same, with what it does for people who look at the clock: the kind of the entry it leads to, or a few words.</summary>
    public ITimer CreateTimer(string what, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ClockTimer(this, callback, state) { What = what };
        Change(timer, dueTime, period);
        return timer;
    }

    /// <summary>Switches the mode; the present instant stays what it is.</summary>
    /// <remarks>An advance under way fails when time begins to run by itself. While something is pinned, the mode waits.</remarks>
    public void SwitchTo(ClockMode mode)
    {
        ArgumentNullException.ThrowIfNull(mode);
        lock (_gate)
        {
            _hand.Set_NeedsLock(mode, _pins.Count > 0 ? 1 : Pace.RateOf(mode));
            if (!mode.IsVirtual) _orders.Fail(CannotAdvance_NeedsLock());
        }
        _loop?.Nudge();
    }

    /// <summary>
    /// Keeps virtual time where it is until the hold is disposed, for <see cref="Patience.HoldLife"/>
    /// at most; a stop (a person looks: a breakpoint) for however long.
    /// </summary>
    public Hold Hold(string why, bool isStop = false)
    {
        lock (_gate)
        {
            var hold = new Hold(this, why, _bystanders.Now) { IsStop = isStop };
            if (!_isEnded) _bystanders.Add(hold);
            return hold;
        }
    }

    /// <summary>Somebody outside leads a part of the world by hand from now on.</summary>
    public Lead Lead(string why)
    {
        var lead = new Lead(this, why);
        lock (_gate) if (!_isEnded) _bystanders.Add(lead);
        return lead;
    }

    /// <summary>Binds time to the wall's pace, from the instant reached and whatever the mode, until disposed.</summary>
    /// <remarks>Holds do not stop it; an advance under way fails. Afterwards the mode goes on as it was. The journal tells.</remarks>
    public Pin Pin(string why)
    {
        var pin = new Pin(this, why);
        lock (_gate)
        {
            _pins.Add(pin);
            if (_pins.Count == 1) _hand.Set_NeedsLock(Mode, 1);
            _orders.Fail(CannotAdvance_NeedsLock());
        }
        _loop?.Nudge();
        Told?.Invoke(ClockNews.Pinned, why);
        return pin;
    }

    /// <summary>Something came from outside: virtual time waits for what may follow.</summary>
    public void Note(Outside what)
    {
        if (!Mode.IsVirtual) return;
        lock (_gate) _bystanders.Note(what, Mode is ClockMode.Manual);
    }

    /// <summary>Moves virtual time on, firing in order all that falls due, and completes when that has run, holds included.</summary>
    /// <remarks>Advances asked for at the same instant run side by side, not one after the other.</remarks>
    /// <exception cref="InvalidOperationException">The clock runs by itself (real, scaled or pinned), or does so on the way.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Backwards, or beyond the year 9999.</exception>
    public Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Task reached;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isEnded, this);
            if (!Mode.IsVirtual || _pins.Count > 0) throw CannotAdvance_NeedsLock();
            var now = NowTicks();
            ArgumentOutOfRangeException.ThrowIfGreaterThan(by.Ticks, DateTime.MaxValue.Ticks - now, nameof(by));
            reached = _orders.Advance(now + by.Ticks);
        }
        _loop?.Nudge();
        return reached;
    }

    /// <summary>Lets virtual time run, in manual mode too, from due instant to due instant up to a last one or until disposed.</summary>
    /// <remarks>For waiting on something that may come earlier: it permits, and moves nothing where nothing is due.</remarks>
    public IDisposable LetRunUntil(DateTimeOffset until)
    {
        var leave = new Leave(this, until.UtcTicks);
        lock (_gate) _orders.Add(leave);
        _loop?.Nudge();
        return leave;
    }

    internal void Attach(WorldLoop loop) => _loop = loop;

    /// <summary>The wall, in ticks of 100 ns since the clock was made.</summary>
    internal long WallNow => _bystanders.Now;

    /// <summary>How long an act from outside waits for the answers of those asked before it; zero where time runs.</summary>
    internal TimeSpan ActGrace
    {
        get { lock (_gate) return _hand.Runs ? TimeSpan.Zero : _bystanders.ActGrace; }
    }

    /// <summary>The loop has slept: until an instant of the wall or longer, unless something came.</summary>
    internal void Woke(long due, bool isLate)
    {
        lock (_gate) _bystanders.Woke(due, isLate);
    }

    /// <summary>Somebody outside comes to do something.</summary>
    /// <returns>When, by <see cref="WallNow"/>.</returns>
    internal long Arrive(bool isErrand)
    {
        lock (_gate) return _bystanders.Arrive(isErrand);
    }

    /// <summary>The wall's tick after a while, for <see cref="CreateEnd"/>.</summary>
    internal long WallAfter(TimeSpan time) => time.Ticks > long.MaxValue - _bystanders.Now ? long.MaxValue : _bystanders.Now + time.Ticks;

    /// <summary>A timer that ends a wait: virtual time comes to it when nobody outside acts for a while, the wall at the latest.</summary>
    internal ITimer CreateEnd(Action end, TimeSpan within, long wallEnd)
    {
        var timer = new ClockTimer(this, _ => end(), null) { WallEnd = wallEnd };
        lock (_gate) _ends.Add(timer);
        Change(timer, within, Timeout.InfiniteTimeSpan);
        return timer;
    }

    internal void Release(Hold hold)
    {
        lock (_gate) if (!_bystanders.Remove(hold) || _bystanders.HasHolds || !Mode.IsVirtual) return;
        _loop?.Nudge();
    }

    internal void Release(Lead lead)
    {
        lock (_gate) _bystanders.Remove(lead);
        _loop?.Nudge();
    }

    internal void Await(Lead lead, string why, bool isDecision)
    {
        lock (_gate)
        {
            lead.Set_NeedsLock(why, isDecision);
            _bystanders.Think(lead);
        }
        _loop?.Nudge();
    }

    internal void Release(Pin pin)
    {
        lock (_gate)
        {
            _pins.Remove(pin);
            if (_pins.Count == 0) _hand.Set_NeedsLock(Mode, Pace.RateOf(Mode));
        }
        _loop?.Nudge();
        Told?.Invoke(ClockNews.Released, pin.Why);
    }

    internal void End(Leave leave)
    {
        lock (_gate) _orders.Remove(leave);
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
            _timers.Set(timer, now + dueTime.Ticks);
            isFirst = timer.HeapIndex == 0;
        }
        if (isFirst && _loop is { IsOwnThread: false } loop) loop.Nudge();
        return true;
    }

    internal void Remove(ClockTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
            if (timer.WallEnd is not null) _ends.Remove(timer);
        }
    }

    /// <summary>Ends time: nothing waits any more, and nothing will.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _isEnded = true;
            _timers.Clear();
            _bystanders.Clear();
            _ends.Clear();
            _orders.Cancel();
        }
    }

    /// <summary>While time runs by itself: the next timer due at or before an instant, or null.</summary>
    /// <param name="now">Read once per batch, or timers that come due while others fire would keep the turns waiting.</param>
    internal ClockTimer? TakeDue(long now)
    {
        if (!_hand.Runs) return null;
        lock (_gate)
        {
            if (!_hand.Runs || _timers.Peek() is not { } first || first.Due > now) return null;
            _timers.Take(first, now);
            return first;
        }
    }

    /// <summary>While time stands and nothing holds it: the next timer due at the present instant that waits for nobody; or null.</summary>
    internal ClockTimer? TakePresent()
    {
        lock (_gate)
        {
            if (_hand.Runs || _bystanders.HasHolds || _timers.Peek() is not { WallEnd: null } first || first.Due > _hand.Now) return null;
            _timers.Take(first, now: 0);
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
        wait = WallWait.Forever;
        lock (_gate)
        {
            var first = _timers.Peek();
            if (!Mode.IsVirtual || _pins.Count > 0)
            {
                if (first is not null) wait = _hand.WallWait_NeedsLock(first.Due);
                return IdleStep.Wait;
            }
            if (_bystanders.TakeExpired() is { } expired) _loop?.Post(() => Told?.Invoke(ClockNews.HoldExpired, expired.Why));
            var verdict = _bystanders.Judge(_orders.IsAny, first is { WallEnd: not null }, out var remains);
            if (verdict != Verdict.Stand && hasArrivals()) return IdleStep.Again;
            if (verdict != Verdict.Jump) return WaitOutside_NeedsLock(verdict, remains, first, out timer, out wait);
            if (_hand.Runs) _hand.Set_NeedsLock(Mode, 0);
            if (_orders.NearestAdvance is { } nearest && (first is null || first.Due > nearest))
            {
                _hand.Jump_NeedsLock(nearest);
                _orders.Reach(nearest);
                return IdleStep.Again;
            }
            // The future is auto's by nature, manual's by order.
            if (first is null || !(first.Due <= _hand.Now || Mode is ClockMode.Auto || _orders.Allow(first.Due))) return IdleStep.Wait;
            _hand.Jump_NeedsLock(first.Due);
            _timers.Take(first, now: 0);
            timer = first;
            return IdleStep.Fire;
        }
    }

    /// <summary>Now, in ticks of 100 ns, UTC.</summary>
    internal long NowTicks() => _hand.Now;

    private IReadOnlyList<string> Pinned_NeedsLock() => [.. _pins.Select(p => p.Why).Order(StringComparer.Ordinal)];

    private InvalidOperationException CannotAdvance_NeedsLock() => _pins.Count > 0
        ? new($"time goes at the wall's pace while something is live: {string.Join(", ", Pinned_NeedsLock())}")
        : new($"the clock runs by itself (mode {Mode}); only auto and manual can be advanced");

    /// <summary>Time may not jump: it stands or walks, and waits that the wall has ended are over.</summary>
    private IdleStep WaitOutside_NeedsLock(Verdict verdict, long remains, ClockTimer? first, out ClockTimer? timer, out TimeSpan wait)
    {
        var isWalking = verdict == Verdict.Walk && Mode is ClockMode.Auto;
        if (isWalking != _hand.Runs) _hand.Set_NeedsLock(Mode, isWalking ? 1 : 0);
        timer = _ends.FindOver(_bystanders.Now, ref remains);
        wait = WallWait.Of(remains);
        if (timer is not null)
        {
            _timers.Remove(timer);
            return IdleStep.Fire;
        }
        if (verdict == Verdict.Stand && first is not null && (Mode is ClockMode.Auto || _orders.IsAny)) _bystanders.Stands();
        if (isWalking && first is not null && _hand.WallWait_NeedsLock(first.Due) is var due && due < wait) wait = due;
        return IdleStep.Wait;
    }
}
