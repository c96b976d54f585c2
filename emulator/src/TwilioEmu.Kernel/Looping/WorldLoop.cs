using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Looping;

/// <summary>Runs every state change of one world, one turn at a time, in the order the turns arrived.</summary>
/// <remarks>
/// A turn is a posted action, a task scheduled here, a resumed <c>await</c> or a fired timer. They run on the loop's thread, or, while
/// it sleeps and time runs by itself, on that of a request which would only wake it (<see cref="TryRunOutside"/>). An <c>await</c>
/// begun on the loop resumes on the loop, because a turn has a <see cref="SynchronizationContext"/>; <c>ConfigureAwait(false)</c>
/// leaves it, and the next touch of journal or store then throws <see cref="OffLoopException"/>.
/// Posting is safe from any thread. Everything marked <i>loop-confined</i> elsewhere needs no lock because of this class.
/// </remarks>
[SuppressMessage("Reliability", "CA2213", Justification = "The clock belongs to the world, which disposes nothing it lent.")]
public sealed class WorldLoop : TaskScheduler, IDisposable
{
    // Nudged before; this ends only a wait for a nudge that came too early to be one.
    private static readonly TimeSpan LongestRead = TimeSpan.FromMilliseconds(100);

    private readonly WorldClock _clock;
    private readonly Thread _thread;
    private readonly TurnQueue _turns = new();
    private readonly Action<Turn> _runTurn;
    private readonly Func<bool> _hasArrivals;
    private readonly HashSet<IProcedure> _procedures = [];
    private readonly OffLoopWork _offLoop;
    private readonly Waiters _idle = new();
    private readonly Waiters _settled = new();
    private readonly Waiters _resting = new();
    private readonly LoopContext _context;
    private readonly TurnRunner _runner;
    private volatile Thread _current;
    private ExecutionContext? _flow;
    private volatile bool _isEnding;

    internal WorldLoop(WorldClock clock)
    {
        _clock = clock;
        _runner = new TurnRunner(TryExecuteTask);
        _runTurn = _runner.Run;
        _offLoop = new OffLoopWork(this);
        _hasArrivals = () => _turns.HasArrivals;
        _thread = new Thread(Run) { IsBackground = true, Name = "world" };
        _current = _thread;
        _context = new LoopContext(this);
    }

    /// <summary>Asked when the loop is idle: a reader that holds virtual time has not read all; the loop is nudged when it has.</summary>
    internal Func<bool>? IsBehind { get; set; }

    /// <summary>Told of every exception that escaped a turn, on the loop; the world journals it and lives on.</summary>
    internal Action<Exception>? Faulted { get => _runner.Faulted; set => _runner.Faulted = value; }

    /// <summary>Told of slow turns and of what is given up at the end; set before the loop starts.</summary>
    internal LoopWatch? Watch { get => _runner.Watch; set => _runner.Watch = value; }

    /// <summary>How long, on the wall, the end of the world waits for work off the loop that was told to stop.</summary>
    internal TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>True when the calling code is a turn of this loop.</summary>
    public bool IsCurrent => Thread.CurrentThread == _current;

    /// <summary>How many turns have run since the world began.</summary>
    public long TurnCount => _runner.Count;

    /// <summary>How many procedures are under way. Loop-confined.</summary>
    public int ProcedureCount => _procedures.Count;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>True on the loop's own thread, which looks at the clock before it sleeps.</summary>
    internal bool IsOwnThread => Thread.CurrentThread == _thread;

    /// <summary>Throws <see cref="OffLoopException"/> unless the caller is a turn of this loop.</summary>
    public void Assert()
    {
        if (!IsCurrent) throw new OffLoopException();
    }

    /// <summary>Queues one turn and returns at once; after the world's end it is dropped.</summary>
    public void Post(Action turn) => _turns.TryAdd(new Turn(static state => ((Action)state!)(), turn));

    /// <summary>Queues one turn that needs no closure and returns at once; after the world's end it is dropped.</summary>
    public void Post(SendOrPostCallback turn, object? state) => _turns.TryAdd(new Turn(turn, state));

    /// <summary>Queues one turn unless the loop is ending; for callers that would otherwise wait for ever.</summary>
    /// <returns>False when the turn was dropped.</returns>
    public bool TryPost(SendOrPostCallback turn, object? state) => _turns.TryAdd(new Turn(turn, state));

    /// <summary>
    /// Queues one turn of somebody outside. While time is virtual it runs after all that the present instant still holds.
    /// </summary>
    /// <remarks>
    /// That includes the answers of those who were asked before, if they come soon: whether a test's next request or an app's answer to
    /// a callback is first must not show in the journal. Who acts before they answer is not waited for longer than
    /// <see cref="Patience.AfterAnswer"/>, and not at all on an errand: sent by a webhook of ours, which it answers. Work of our own is
    /// waited for however long it takes, since it needs nobody.
    /// </remarks>
    /// <returns>False when the turn was dropped: the loop is ending.</returns>
    public bool TryPostOutside(SendOrPostCallback turn, object? state, bool isErrand = false) =>
        _clock.Mode.IsVirtual ? _turns.TryAddOutside(new Turn(turn, state), _clock.Arrive(isErrand)) : _turns.TryAdd(new Turn(turn, state));

    /// <summary>
    /// Runs one turn of somebody outside: at once and on the calling thread where time runs by itself and the loop sleeps with nothing to
    /// do, so that nobody waits for a thread to wake; else as <see cref="TryPostOutside"/> does.
    /// </summary>
    /// <returns>False when the turn was dropped: the loop is ending.</returns>
    public bool TryRunOutside(SendOrPostCallback turn, object? state, bool isErrand = false)
    {
        if (_clock.Mode.IsVirtual || ExecutionContext.Capture() is not { } own || !_turns.TryBorrow())
        {
            return TryPostOutside(turn, state, isErrand);
        }
        _current = Thread.CurrentThread;
        try
        {
            using var standIn = new StandIn(_context, _flow!, own);
            _runner.Run(new Turn(turn, state));
            _turns.RunBorrowed(_runTurn);
        }
        finally
        {
            _current = _thread;
            _turns.GiveBack();
        }
        return true;
    }

    /// <summary>Runs a procedure that somebody outside asked for; it begins as a turn of theirs does.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{Task{T}}, CancellationToken)"/>
    public Task<T> RunOutsideAsync<T>(Func<Task<T>> procedure, CancellationToken cancellation) =>
        Begin(new Procedure<T>(procedure, cancellation), (turn, state) => TryPostOutside(turn, state)).Task;

    /// <summary>Runs one turn and hands back its result; the awaiting code resumes where it was.</summary>
    /// <exception cref="ObjectDisposedException">The world has ended.</exception>
    public Task<T> RunAsync<T>(Func<T> turn, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_turns.IsClosed, this);
        return Task.Factory.StartNew(turn, cancellation, TaskCreationOptions.DenyChildAttach, this);
    }

    /// <summary>Runs one turn.</summary>
    /// <exception cref="ObjectDisposedException">The world has ended.</exception>
    public Task RunAsync(Action turn, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_turns.IsClosed, this);
        return Task.Factory.StartNew(turn, cancellation, TaskCreationOptions.DenyChildAttach, this);
    }

    /// <summary>Runs a procedure of many turns: it starts on the loop and every <c>await</c> in it resumes there.</summary>
    /// <remarks>When the world ends before the procedure does, the task is cancelled.</remarks>
    /// <exception cref="ObjectDisposedException">The world has ended.</exception>
    public Task<T> RunAsync<T>(Func<Task<T>> procedure, CancellationToken cancellation) =>
        Begin(new Procedure<T>(procedure, cancellation), TryPost).Task;

    /// <summary>Runs a procedure of many turns.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{Task{T}}, CancellationToken)"/>
    public Task RunAsync(Func<Task> procedure, CancellationToken cancellation) => RunAsync(
        async () =>
        {
            await procedure();
            return true;
        },
        cancellation);

    /// <summary>Starts a procedure the world itself owns: its end is awaited here, and a failure is journalled as a fault.</summary>
    public void Start(Func<Task> procedure) => Begin(new Procedure<bool>(
        async () =>
        {
            try
            {
                await procedure();
            }
            catch (OperationCanceledException)
            {
                // The procedure was told to end and did.
            }
            catch (Exception fault)
            {
                Faulted?.Invoke(fault);
            }
            return true;
        },
        CancellationToken.None), TryPost);

    /// <summary>Runs work off the loop (sockets, codecs, rendering) under a hold, and resumes the caller on the loop.</summary>
    /// <remarks>While time stands, what was begun first comes back first: which was done sooner must not show in the journal.</remarks>
    /// <param name="why">Shown among the open holds while virtual time waits for the work.</param>
    /// <param name="work">Runs on the thread pool; must not touch journal, store or any loop-confined object.</param>
    /// <param name="cancellation">Handed to the work. Link it to <see cref="World.Ending"/>:
    /// the world's end waits for the work, though not for ever.</param>
    /// <exception cref="OffLoopException">The caller is not on the loop.</exception>
    public async Task<T> OffLoopAsync<T>(string why, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        Assert();
        // The hold ends on the loop, in the same turn that resumes the caller: time cannot move in between.
        using var hold = _clock.Hold(why);
        return await _offLoop.RunAsync(work, isOrdered: _clock.Stands, isAsk: false, cancellation);
    }

    /// <summary>Asks somebody outside (an app behind a socket) under a hold, and resumes the caller on the loop.</summary>
    /// <remarks>Virtual time then waits for what whoever answered may do next.</remarks>
    /// <inheritdoc cref="OffLoopAsync{T}"/>
    public async Task<T> AskOutsideAsync<T>(string why, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        Assert();
        using var hold = _clock.Hold(why);
        try
        {
            return await _offLoop.RunAsync(work, isOrdered: _clock.Stands, isAsk: true, cancellation);
        }
        finally
        {
            _clock.Note(Outside.Answered);
        }
    }

    /// <summary>Runs work without a result off the loop.</summary>
    /// <inheritdoc cref="OffLoopAsync{T}"/>
    public Task OffLoopAsync(string why, Func<CancellationToken, Task> work, CancellationToken cancellation) => OffLoopAsync(
        why,
        async stop =>
        {
            await work(stop).ConfigureAwait(false);
            return true;
        },
        cancellation);

    /// <summary>Completes when all turns have run that wait now, and those they caused; what comes next is time's or outside's.</summary>
    public Task IdleAsync() => Join(_idle);

    /// <summary>
    /// Completes when the present instant holds nothing more: turns, timers that are due and not held, acts from outside, and whoever was
    /// asked, however long they think. What comes next is time's. While time runs by itself, nobody is waited for.
    /// </summary>
    /// <remarks>For who acts step by step: what comes before which consequence of the last step is then not the machine's doing.</remarks>
    public Task SettledAsync() => Join(_settled);

    /// <summary>Completes when time, too, has nothing to do now.</summary>
    internal Task RestAsync() => Join(_resting);

    internal void StartThread() => _thread.Start();

    /// <summary>Wakes the loop when something it waits for may have changed (a timer, a hold, a mode).</summary>
    internal void Nudge() => _turns.Nudge();

    /// <summary>
    /// Ends the thread after the turns already queued, those they queue, and the work off the loop; nothing else falls due.
    /// </summary>
    public void Dispose()
    {
        _isEnding = true;
        _turns.Nudge();
        if (!IsCurrent && _thread.IsAlive) _thread.Join();
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        if (!_turns.TryAdd(new Turn(null, task))) LateTurns.Run(_ => TryExecuteTask(task), null);
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => _turns.Tasks;

    private Task Join(Waiters waiters)
    {
        var moment = waiters.Add();
        if (_turns.IsClosed) waiters.Tell();
        _turns.Nudge();
        return moment;
    }

    private Procedure<T> Begin<T>(Procedure<T> procedure, Func<SendOrPostCallback, object?, bool> post)
    {
        ObjectDisposedException.ThrowIf(_turns.IsClosed, this);
        var isQueued = post(
            static state =>
            {
                var (loop, begun) = ((WorldLoop, Procedure<T>))state!;
                _ = loop.FollowAsync(begun);
            },
            (this, procedure));
        if (!isQueued) procedure.Abandon();
        return procedure;
    }

    private async Task FollowAsync(IProcedure procedure)
    {
        _procedures.Add(procedure);
        await procedure.RunAsync();
        if (IsCurrent) _procedures.Remove(procedure);
    }

    private void Run()
    {
        _flow = ExecutionContext.Capture();
        SynchronizationContext.SetSynchronizationContext(_context);
        while (!_isEnding)
        {
            FireDue();
            if (_turns.RunArrived(_runTurn)) continue;
            // Before the next act from outside comes all that the present instant still holds: the order is not the machine's.
            if (_clock.TakePresent() is { } present)
            {
                _runner.Run(present);
                continue;
            }
            if (TryTakeOutside(out var act, out var heldBack))
            {
                _runner.Run(act);
                continue;
            }
            if (!_turns.IsHeldBack && _idle.Tell()) continue;
            // What somebody waits for must be seen at the instant it happens.
            if (_clock.Mode.IsVirtual && IsBehind?.Invoke() == true)
            {
                _turns.Wait(LongestRead);
                continue;
            }
            if (_settled.IsAny && IsSettled() && _settled.Tell()) continue;
            var step = _clock.StepWhenIdle(_hasArrivals, out var timer, out var wait);
            if (step == IdleStep.Fire) _runner.Run(timer!);
            else if (step == IdleStep.Wait)
            {
                if (!_turns.HasArrivals && !_turns.IsHeldBack) _resting.Tell();
                Sleep(wait < heldBack ? wait : heldBack);
            }
        }
        RunLast();
        _idle.Tell();
        _settled.Tell();
        _resting.Tell();
    }

    private void Sleep(TimeSpan limit)
    {
        var due = _clock.WallNow + limit.Ticks;
        var isLate = _turns.Wait(limit, lends: !_clock.Mode.IsVirtual);
        if (_clock.Stands) _clock.Woke(due, isLate);
    }

    /// <summary>
    /// Takes the next act from outside, unless somebody asked before it came may answer any moment, or work of our own is under way.
    /// </summary>
    private bool TryTakeOutside(out Turn act, out TimeSpan heldBack)
    {
        var grace = !_offLoop.IsOrdered || !_clock.Stands ? TimeSpan.Zero : _offLoop.IsAsked ? _clock.ActGrace : TimeSpan.MaxValue;
        var cameBy = grace == TimeSpan.Zero ? long.MaxValue : grace == TimeSpan.MaxValue ? long.MinValue : _clock.WallNow - grace.Ticks;
        var isTaken = _turns.TryTakeOutside(cameBy, out act, out var came);
        heldBack = !isTaken && _turns.IsHeldBack && grace < TimeSpan.MaxValue
            ? WallWait.Of(came + grace.Ticks - _clock.WallNow)
            : WallWait.Forever;
        return isTaken;
    }

    /// <summary>Asked when the loop is idle: nothing waits at the present instant, and nobody is to come back to it.</summary>
    private bool IsSettled() => !_turns.IsHeldBack && (!_offLoop.IsOrdered || !_clock.Stands) && !_turns.HasArrivals;

    private void FireDue()
    {
        var now = _clock.NowTicks();
        while (_clock.TakeDue(now) is { } timer) _runner.Run(timer);
    }

    /// <summary>The world ends: the turns that cancellation caused, the work off the loop and what it resumes, then nothing.</summary>
    private void RunLast()
    {
        var graceEnds = Environment.TickCount64 + (long)Grace.TotalMilliseconds;
        while (!_turns.IsClosed)
        {
            var left = TimeSpan.FromMilliseconds(graceEnds - Environment.TickCount64);
            if (left <= TimeSpan.Zero) CloseOn();
            else if (_turns.RunArrived(_runTurn)) continue;
            else if (_turns.TryTakeOutside(long.MaxValue, out var act, out _)) _runner.Run(act);
            else if (_offLoop.Count > 0) _turns.Wait(left);
            else _turns.TryClose();
        }
        if (_procedures.Count > 0) Watch?.Abandons(_procedures.Count);
        foreach (var procedure in _procedures) procedure.Abandon();
        _procedures.Clear();
    }

    /// <summary>
    /// The grace is over. Tasks have callers who must learn of it; the other turns belong to procedures that are abandoned.
    /// </summary>
    private void CloseOn()
    {
        foreach (var turn in _turns.Close())
        {
            if (turn.Callback is null) LateTurns.Run(_ => TryExecuteTask((Task)turn.State!), null);
        }
    }
}
