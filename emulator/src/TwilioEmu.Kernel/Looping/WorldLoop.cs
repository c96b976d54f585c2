using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Looping;

/// <summary>Runs every state change of one world, one turn at a time, on one thread, in the order the turns arrived.</summary>
/// <remarks>
/// A turn is a posted action, a task scheduled here, a resumed <c>await</c> or a fired timer. An <c>await</c> begun on the loop
/// resumes on the loop, because the loop's thread carries a <see cref="SynchronizationContext"/>; <c>ConfigureAwait(false)</c>
/// leaves it, and the next touch of journal or store then throws <see cref="OffLoopException"/>.
/// Posting is safe from any thread. Everything marked <i>loop-confined</i> elsewhere needs no lock because of this class.
/// </remarks>
[SuppressMessage("Reliability", "CA2213", Justification = "The clock belongs to the world, which disposes nothing it lent.")]
public sealed class WorldLoop : TaskScheduler, IDisposable
{
    // A burst's queue this long is not kept for the next one.
    private const int KeptQueueLength = 65_536;

    private readonly WorldClock _clock;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private readonly Func<bool> _hasArrivals;
    private readonly HashSet<IProcedure> _procedures = [];
    private List<Turn> _arriving = [];
    private List<Turn> _running = [];
    private int _offLoopCount;
    private bool _isWaiting;
    private bool _isNudged;
    private bool _isEnding;
    private bool _isEnded;

    internal WorldLoop(WorldClock clock)
    {
        _clock = clock;
        _hasArrivals = HasArrivals;
        _thread = new Thread(Run) { IsBackground = true, Name = "world" };
    }

    /// <summary>Told of every exception that escaped a turn, on the loop; the world journals it and lives on.</summary>
    internal Action<Exception>? Faulted { get; set; }

    /// <summary>How long, on the wall, the end of the world waits for work off the loop that was told to stop.</summary>
    internal TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>True when the calling code is a turn of this loop.</summary>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>How many turns have run since the world began.</summary>
    public long TurnCount { get; private set; }

    /// <summary>How many procedures are under way. Loop-confined.</summary>
    public int ProcedureCount => _procedures.Count;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Throws <see cref="OffLoopException"/> unless the caller is a turn of this loop.</summary>
    public void Assert()
    {
        if (!IsCurrent) throw new OffLoopException();
    }

    /// <summary>Queues one turn and returns at once; after the world's end it is dropped.</summary>
    public void Post(Action turn) => Enqueue(new Turn(static state => ((Action)state!)(), turn));

    /// <summary>Queues one turn that needs no closure and returns at once; after the world's end it is dropped.</summary>
    public void Post(SendOrPostCallback turn, object? state) => Enqueue(new Turn(turn, state));

    /// <summary>Queues one turn unless the loop is ending; for callers that would otherwise wait for ever.</summary>
    /// <returns>False when the turn was dropped.</returns>
    public bool TryPost(SendOrPostCallback turn, object? state) => Enqueue(new Turn(turn, state));

    /// <summary>Runs one turn and hands back its result; the awaiting code resumes where it was.</summary>
    /// <exception cref="ObjectDisposedException">The world has ended.</exception>
    public Task<T> RunAsync<T>(Func<T> turn, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        return Task.Factory.StartNew(turn, cancellation, TaskCreationOptions.DenyChildAttach, this);
    }

    /// <summary>Runs one turn.</summary>
    /// <exception cref="ObjectDisposedException">The world has ended.</exception>
    public Task RunAsync(Action turn, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        return Task.Factory.StartNew(turn, cancellation, TaskCreationOptions.DenyChildAttach, this);
    }

    /// <summary>Runs a procedure of many turns: it starts on the loop and every <c>await</c> in it resumes there.</summary>
    /// <remarks>When the world ends before the procedure does, the task is cancelled.</remarks>
    /// <exception cref="ObjectDisposedException">The world has ended.</exception>
    public Task<T> RunAsync<T>(Func<Task<T>> procedure, CancellationToken cancellation) =>
        Begin(new Procedure<T>(procedure, cancellation)).Task;

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
        CancellationToken.None));

    /// <summary>Runs work off the loop (sockets, codecs, rendering) under a hold, and resumes the caller on the loop.</summary>
    /// <param name="why">Shown among the open holds while virtual time waits for the work.</param>
    /// <param name="work">Runs on the thread pool; must not touch journal, store or any loop-confined object.</param>
    /// <param name="cancellation">Handed to the work. Link it to <see cref="World.Ending"/>: the world's end waits for the work, though not for ever.</param>
    /// <exception cref="OffLoopException">The caller is not on the loop.</exception>
    public async Task<T> OffLoopAsync<T>(string why, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        Assert();
        _offLoopCount++;
        // The hold ends on the loop, in the same turn that resumes the caller: time cannot move in between.
        using var hold = _clock.Hold(why);
        try
        {
            return await Task.Factory.StartNew(
                () => work(cancellation), cancellation, TaskCreationOptions.DenyChildAttach, Default).Unwrap();
        }
        finally
        {
            _offLoopCount--;
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

    internal void StartThread() => _thread.Start();

    /// <summary>Wakes the loop when something it waits for may have changed (a timer, a hold, a mode).</summary>
    internal void Nudge()
    {
        lock (_gate)
        {
            _isNudged = true;
            if (_isWaiting) Monitor.Pulse(_gate);
        }
    }

    /// <summary>Ends the thread after the turns already queued, those they queue, and the work off the loop; nothing else falls due.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isEnding = true;
            Monitor.Pulse(_gate);
        }
        if (!IsCurrent && _thread.IsAlive) _thread.Join();
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        if (!Enqueue(new Turn(null, task))) RunLate(_ => TryExecuteTask(task), null);
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate) return [.. _arriving.Where(t => t.Callback is null).Select(t => (Task)t.State!)];
    }

    /// <summary>
    /// What resumes after the end runs on the thread pool, where every touch of the world throws: whoever awaits it learns of it
    /// and nobody waits for ever.
    /// </summary>
    private static void RunLate(SendOrPostCallback turn, object? state) => ThreadPool.UnsafeQueueUserWorkItem(
        static late =>
        {
            try
            {
                late.turn(late.state);
            }
            catch (Exception)
            {
                // There is no journal left to say it in.
            }
        },
        (turn, state),
        preferLocal: false);

    private Procedure<T> Begin<T>(Procedure<T> procedure)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        var isQueued = Enqueue(new Turn(
            static state =>
            {
                var (loop, begun) = ((WorldLoop, Procedure<T>))state!;
                _ = loop.FollowAsync(begun);
            },
            (this, procedure)));
        if (!isQueued) procedure.Abandon();
        return procedure;
    }

    private async Task FollowAsync(IProcedure procedure)
    {
        _procedures.Add(procedure);
        await procedure.RunAsync();
        if (IsCurrent) _procedures.Remove(procedure);
    }

    private bool Enqueue(Turn turn)
    {
        lock (_gate)
        {
            if (_isEnded) return false;
            _arriving.Add(turn);
            if (_isWaiting) Monitor.Pulse(_gate);
            return true;
        }
    }

    private void Run()
    {
        SynchronizationContext.SetSynchronizationContext(new LoopContext(this));
        while (true)
        {
            FireDue();
            if (RunArrived()) continue;
            if (_isEnding) break;
            var step = _clock.StepWhenIdle(_hasArrivals, out var timer, out var wait);
            if (step == IdleStep.Fire) RunTurn(timer!);
            else if (step == IdleStep.Wait) Wait(wait);
        }
        RunLast();
    }

    private void FireDue()
    {
        var now = _clock.NowTicks();
        while (_clock.TakeDue(now) is { } timer) RunTurn(timer);
    }

    private bool HasArrivals()
    {
        lock (_gate) return _arriving.Count > 0;
    }

    private bool RunArrived()
    {
        lock (_gate)
        {
            if (_arriving.Count == 0) return false;
            (_arriving, _running) = (_running, _arriving);
        }
        for (var i = 0; i < _running.Count; i++)
        {
            var turn = _running[i];
            _running[i] = default;
            RunTurn(turn);
        }
        _running.Clear();
        if (_running.Capacity > KeptQueueLength) _running = [];
        return true;
    }

    /// <summary>The world ends: the turns that cancellation caused, the work off the loop and what it resumes, then nothing.</summary>
    private void RunLast()
    {
        var graceEnds = Environment.TickCount64 + (long)Grace.TotalMilliseconds;
        while (true)
        {
            while (RunArrived()) { }
            lock (_gate)
            {
                if (_arriving.Count > 0) continue;
                var left = graceEnds - Environment.TickCount64;
                if (_offLoopCount == 0 || left <= 0)
                {
                    _isEnded = true;
                    break;
                }
                _isWaiting = true;
                Monitor.Wait(_gate, (int)left);
                _isWaiting = false;
            }
        }
        foreach (var procedure in _procedures) procedure.Abandon();
        _procedures.Clear();
    }

    private void RunTurn(Turn turn)
    {
        TurnCount++;
        if (turn.Callback is null)
        {
            TryExecuteTask((Task)turn.State!);
            return;
        }
        try
        {
            turn.Callback(turn.State);
        }
        catch (Exception fault)
        {
            Faulted?.Invoke(fault);
        }
    }

    private void RunTurn(ClockTimer timer)
    {
        TurnCount++;
        try
        {
            timer.Fire();
        }
        catch (Exception fault)
        {
            Faulted?.Invoke(fault);
        }
    }

    private void Wait(TimeSpan wait)
    {
        lock (_gate)
        {
            if (_arriving.Count == 0 && !_isEnding && !_isNudged)
            {
                _isWaiting = true;
                Monitor.Wait(_gate, wait);
                _isWaiting = false;
            }
            _isNudged = false;
        }
    }

    /// <summary>A queued turn: a callback with its state, or (callback null) a task of this scheduler.</summary>
    private readonly record struct Turn(SendOrPostCallback? Callback, object? State);

    private sealed class LoopContext(WorldLoop loop) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            if (!loop.Enqueue(new Turn(d, state))) RunLate(d, state);
        }

        public override void Send(SendOrPostCallback d, object? state)
        {
            if (!loop.IsCurrent) throw new OffLoopException();
            d(state);
        }

        public override SynchronizationContext CreateCopy() => this;
    }
}
