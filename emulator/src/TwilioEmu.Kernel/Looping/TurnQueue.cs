namespace TwilioEmu.Kernel.Looping;

/// <summary>A queued turn: a callback with its state, or (callback null) a task of the loop as a scheduler.</summary>
internal readonly record struct Turn(SendOrPostCallback? Callback, object? State);

/// <summary>Where turns arrive from any thread, and where the loop sleeps until one does.</summary>
internal sealed class TurnQueue
{
    // A burst's list longer than this is not kept for the next one.
    private const int KeptLength = 65_536;

    // Who has borrowed the loop has an answer of its own to write.
    private const int BatchesWhileBorrowed = 4;
    private const int MostWhileBorrowed = 16;

    // Under load the next turn is microseconds away: giving the processor to whoever brings it costs less than being woken.
    private const int YieldsBeforeSleep = 48;

    private readonly object _gate = new();
    private readonly Queue<(Turn Turn, long Came)> _outside = [];
    private List<Turn> _arriving = [];
    private List<Turn> _running = [];
    private bool _isWaiting;
    private bool _lends;
    private bool _isLent;
    private volatile bool _isWantedBack;
    private bool _isHeldBack;
    private volatile bool _hasNews;
    private bool _isNudged;
    private volatile bool _isClosed;

    /// <summary>True when nothing is taken in any more.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>True when there is a turn to run now; acts that are held back do not count.</summary>
    public bool HasArrivals
    {
        get { lock (_gate) return HasArrivals_NeedsLock; }
    }

    /// <summary>
    /// True while the next act from outside was found to have come too lately to be taken yet. For the loop alone, which finds it so.
    /// </summary>
    public bool IsHeldBack => _isHeldBack;

    /// <summary>True while the loop is due and waits for whoever has borrowed it.</summary>
    public bool IsWantedBack => _isWantedBack;

    private bool HasArrivals_NeedsLock => _arriving.Count > 0 || (_outside.Count > 0 && !_isHeldBack);

    /// <summary>The tasks among the turns that wait, for debuggers.</summary>
    public IEnumerable<Task> Tasks
    {
        get { lock (_gate) return [.. _arriving.Where(t => t.Callback is null).Select(t => (Task)t.State!)]; }
    }

    /// <summary>Adds a turn and wakes the loop; false when the queue is closed.</summary>
    public bool TryAdd(Turn turn)
    {
        lock (_gate)
        {
            if (_isClosed) return false;
            _arriving.Add(turn);
            Wake_NeedsLock();
            return true;
        }
    }

    /// <summary>Adds a turn of somebody outside, which the loop takes when it has no others; false when the queue is closed.</summary>
    /// <param name="turn">What they do.</param>
    /// <param name="came">When they came, on any scale; see <see cref="TryTakeOutside"/>.</param>
    public bool TryAddOutside(Turn turn, long came)
    {
        lock (_gate)
        {
            if (_isClosed) return false;
            _outside.Enqueue((turn, came));
            Wake_NeedsLock();
            return true;
        }
    }

    /// <summary>
    /// Takes the next turn of somebody outside, unless it came later than an instant: then it is held back until asked for again.
    /// </summary>
    /// <param name="cameBy">The last instant at which it may have come.</param>
    /// <param name="turn">What they do.</param>
    /// <param name="came">When it came, whether taken or held back.</param>
    public bool TryTakeOutside(long cameBy, out Turn turn, out long came)
    {
        lock (_gate)
        {
            (turn, came) = _outside.TryPeek(out var next) ? next : default;
            _isHeldBack = _outside.Count > 0 && came > cameBy;
            return !_isHeldBack && _outside.TryDequeue(out _);
        }
    }

    /// <summary>Wakes the loop, or keeps it from falling asleep, once.</summary>
    public void Nudge()
    {
        lock (_gate)
        {
            _isNudged = true;
            Wake_NeedsLock();
        }
    }

    /// <summary>
    /// Hands each turn that has arrived to <paramref name="run"/>, in order; false when there was none. Called by the loop alone.
    /// </summary>
    public bool RunArrived(Action<Turn> run)
    {
        lock (_gate)
        {
            _hasNews = false;
            if (_arriving.Count == 0) return false;
            (_arriving, _running) = (_running, _arriving);
        }
        for (var i = 0; i < _running.Count; i++)
        {
            var turn = _running[i];
            _running[i] = default;
            run(turn);
        }
        _running.Clear();
        if (_running.Capacity > KeptLength) _running = [];
        return true;
    }

    /// <summary>Sleeps until a turn arrives, somebody nudges, or the time is over.</summary>
    /// <param name="limit">When the time is over.</param>
    /// <param name="lends">True lets others run turns meanwhile (<see cref="TryBorrow"/>); they are done when this returns.</param>
    /// <returns>True when the time was over first.</returns>
    public bool Wait(TimeSpan limit, bool lends = false)
    {
        var isOver = false;
        for (var i = 0; i < YieldsBeforeSleep && !lends && !_hasNews; i++) Thread.Yield();
        lock (_gate)
        {
            if (!HasArrivals_NeedsLock && !_isNudged)
            {
                (_isWaiting, _lends) = (true, lends);
                isOver = !Monitor.Wait(_gate, limit);
                (_isWaiting, _lends) = (false, false);
                for (_isWantedBack = true; _isLent;) Monitor.Wait(_gate);
                _isWantedBack = false;
            }
            _isNudged = false;
            return isOver;
        }
    }

    /// <summary>
    /// Has the calling thread run turns in the loop's place until <see cref="GiveBack"/>; false unless the loop sleeps and lends, and
    /// nothing has arrived: turns run in the order in which they came.
    /// </summary>
    public bool TryBorrow()
    {
        lock (_gate)
        {
            if (!_lends || _isLent || _isNudged || HasArrivals_NeedsLock || _isClosed) return false;
            _isLent = true;
            return true;
        }
    }

    /// <summary>Runs the few turns that arrived meanwhile, unless the loop itself is due: waking it costs more.</summary>
    public void RunBorrowed(Action<Turn> run)
    {
        for (var i = 0; i < BatchesWhileBorrowed && !_isWantedBack && HasFew() && RunArrived(run); i++)
        {
            // What came during that batch is the next.
        }
    }

    /// <summary>Ends what <see cref="TryBorrow"/> began, and wakes the loop if there is something for it.</summary>
    public void GiveBack()
    {
        lock (_gate)
        {
            _isLent = false;
            if (_isWantedBack) Monitor.Pulse(_gate);
            else if (HasArrivals_NeedsLock || _isNudged) Wake_NeedsLock();
        }
    }

    private bool HasFew()
    {
        lock (_gate) return _arriving.Count <= MostWhileBorrowed;
    }

    private void Wake_NeedsLock()
    {
        _hasNews = true;
        // Whoever has borrowed the loop looks before giving it back.
        if (!_isWaiting || _isLent) return;
        // One pulse wakes it; until it runs, others need not pulse again.
        (_isWaiting, _lends) = (false, false);
        Monitor.Pulse(_gate);
    }

    /// <summary>Takes nothing in from now on; false when a turn arrived first.</summary>
    public bool TryClose()
    {
        lock (_gate) return _isClosed = _arriving.Count == 0 && _outside.Count == 0;
    }

    /// <summary>Takes nothing in from now on, and hands out what had arrived.</summary>
    public IReadOnlyList<Turn> Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            return [.. _arriving, .. _outside.Select(o => o.Turn)];
        }
    }
}
