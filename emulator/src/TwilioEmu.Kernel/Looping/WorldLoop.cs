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
    private readonly WorldClock _clock;
    private readonly Thread _thread;
    private readonly LoopContext _context;
    private readonly object _gate = new();
    private List<Turn> _arriving = [];
    private List<Turn> _running = [];
    private bool _isWaiting;
    private bool _isNudged;
    private bool _isStopping;

    internal WorldLoop(WorldClock clock)
    {
        _clock = clock;
        _context = new LoopContext(this);
        _thread = new Thread(Run) { IsBackground = true, Name = "world" };
    }

    /// <summary>Told of every exception that escaped a turn, on the loop; the world journals it and lives on.</summary>
    internal Action<Exception>? Faulted { get; set; }

    /// <summary>True when the calling code is a turn of this loop.</summary>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>How many turns have run since the world began.</summary>
    public long TurnCount { get; private set; }

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Throws <see cref="OffLoopException"/> unless the caller is a turn of this loop.</summary>
    public void Assert()
    {
        if (!IsCurrent) throw new OffLoopException();
    }

    /// <summary>Queues one turn and returns at once.</summary>
    public void Post(Action turn) => Enqueue(new Turn(static state => ((Action)state!)(), turn));

    /// <summary>Queues one turn that needs no closure and returns at once.</summary>
    public void Post(SendOrPostCallback turn, object? state) => Enqueue(new Turn(turn, state));

    /// <summary>Queues one turn unless the loop is ending; for callers that would otherwise wait for ever.</summary>
    /// <returns>False when the turn was dropped.</returns>
    public bool TryPost(SendOrPostCallback turn, object? state) => Enqueue(new Turn(turn, state));

    /// <summary>Runs one turn and hands back its result; the awaiting code resumes where it was.</summary>
    public Task<T> RunAsync<T>(Func<T> turn, CancellationToken cancellation) =>
        Task.Factory.StartNew(turn, cancellation, TaskCreationOptions.DenyChildAttach, this);

    /// <summary>Runs one turn.</summary>
    public Task RunAsync(Action turn, CancellationToken cancellation) =>
        Task.Factory.StartNew(turn, cancellation, TaskCreationOptions.DenyChildAttach, this);

    /// <summary>Runs a procedure of many turns: it starts on the loop and every <c>await</c> in it resumes there.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> procedure, CancellationToken cancellation) =>
        Task.Factory.StartNew(procedure, cancellation, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Runs a procedure of many turns.</summary>
    public Task RunAsync(Func<Task> procedure, CancellationToken cancellation) =>
        Task.Factory.StartNew(procedure, cancellation, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Starts a procedure the world itself owns: its end is awaited here, and a failure is journalled as a fault.</summary>
    public void Start(Func<Task> procedure) => Post(static state =>
    {
        var (loop, work) = ((WorldLoop, Func<Task>))state!;
        _ = loop.WatchAsync(work);
    }, (this, procedure));

    /// <summary>Runs work off the loop (sockets, codecs, rendering) under a hold, and resumes the caller on the loop.</summary>
    /// <param name="why">Shown among the open holds while virtual time waits for the work.</param>
    /// <param name="work">Runs on the thread pool; must not touch journal, store or any loop-confined object.</param>
    /// <param name="cancellation">Handed to the work.</param>
    /// <exception cref="OffLoopException">The caller is not on the loop.</exception>
    public async Task<T> OffLoopAsync<T>(string why, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        Assert();
        // The hold ends on the loop, in the same turn that resumes the caller: time cannot move in between.
        using var hold = _clock.Hold(why);
        return await Task.Factory.StartNew(
            () => work(cancellation), cancellation, TaskCreationOptions.DenyChildAttach, Default).Unwrap();
    }

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

    /// <summary>Ends the thread after the turns already queued; later posts are dropped.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopping = true;
            Monitor.Pulse(_gate);
        }
        if (!IsCurrent && _thread.IsAlive) _thread.Join();
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => Enqueue(new Turn(null, task));

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate) return [.. _arriving.Where(t => t.Callback is null).Select(t => (Task)t.State!)];
    }

    private async Task WatchAsync(Func<Task> procedure)
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
    }

    private bool Enqueue(Turn turn)
    {
        lock (_gate)
        {
            if (_isStopping) return false;
            _arriving.Add(turn);
            if (_isWaiting) Monitor.Pulse(_gate);
            return true;
        }
    }

    private void Run()
    {
        SynchronizationContext.SetSynchronizationContext(_context);
        while (true)
        {
            FireDue();
            if (RunArrived()) continue;
            var step = _clock.StepWhenIdle(HasArrivals, out var timer, out var wait);
            if (step == IdleStep.Fire) { RunTurn(timer!); continue; }
            if (step == IdleStep.Again) continue;
            if (!Wait(wait)) return;
        }
    }

    private void FireDue()
    {
        while (_clock.TakeDue() is { } timer) RunTurn(timer);
    }

    private bool HasArrivals()
    {
        lock (_gate) return _arriving.Count > 0;
    }

    private bool RunArrived()
    {
        lock (_gate) (_arriving, _running) = (_running, _arriving);
        if (_running.Count == 0) return false;
        for (var i = 0; i < _running.Count; i++)
        {
            var turn = _running[i];
            _running[i] = default;
            RunTurn(turn);
        }
        _running.Clear();
        return true;
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

    private bool Wait(TimeSpan wait)
    {
        lock (_gate)
        {
            if (_arriving.Count > 0) return true;
            if (_isStopping) return false;
            if (!_isNudged)
            {
                _isWaiting = true;
                Monitor.Wait(_gate, wait);
                _isWaiting = false;
            }
            _isNudged = false;
            return true;
        }
    }

    /// <summary>A queued turn: a callback with its state, or (callback null) a task of this scheduler.</summary>
    private readonly record struct Turn(SendOrPostCallback? Callback, object? State);

    private sealed class LoopContext(WorldLoop loop) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => loop.Enqueue(new Turn(d, state));

        public override void Send(SendOrPostCallback d, object? state)
        {
            if (!loop.IsCurrent) throw new OffLoopException();
            d(state);
        }

        public override SynchronizationContext CreateCopy() => this;
    }
}
