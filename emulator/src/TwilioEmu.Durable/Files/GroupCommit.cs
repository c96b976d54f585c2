using TwilioEmu.Kernel.Keeping;

namespace TwilioEmu.Durable.Files;

/// <summary>Who waits for entries to be on the disk, and when the next batch is worth a commit.</summary>
/// <remarks>
/// A commit costs about the same with one entry in it as with a hundred. What nobody waits for is therefore kept a moment later, with
/// what comes next; and where several waited for the batch before, the next waits about as long as a commit takes for as many to
/// come again. One client that posts one message after the other waits for nothing. Safe from any thread.
/// </remarks>
internal sealed class GroupCommit(long keptSeq)
{
    // For what nobody waits for: far less than a second, by which tools may be behind.
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(5);

    // A commit that took longer met a busy disk or processor, which a longer wait would not help.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();

    // Of the batch that is being written, and of the one after it.
    private TaskCompletionSource _writing = NewTurn();
    private TaskCompletionSource _next = NewTurn();
    private long _takenSeq = keptSeq;
    private long _keptSeq = keptSeq;
    private int _count;
    private int _lastCount;
    private bool _isFailing;
    private bool _hasEnded;
    private bool _isHurried;

    /// <summary>True while nothing can be written.</summary>
    public bool IsFailing => Volatile.Read(ref _isFailing);

    /// <summary>Completes when all up to an entry is on the disk.</summary>
    /// <exception cref="KeepingException">It cannot be written.</exception>
    public async ValueTask KeptAsync(long seq)
    {
        // Again where it was written just as the batch was taken that it is not in.
        while (Volatile.Read(ref _keptSeq) < seq) await TurnOf(seq).ConfigureAwait(false);
    }

    /// <summary>Waits until a commit is worth while.</summary>
    /// <param name="took">What the one before took.</param>
    public void Gather(TimeSpan took)
    {
        lock (_gate)
        {
            if (_count == 0) Wait_NeedsLock(Idle, 1);
            if (_count > 0 && _count < _lastCount) Wait_NeedsLock(took < Shortest ? Shortest : took > Longest ? Longest : took, _lastCount);
        }
    }

    /// <summary>Whoever gathers goes on, now and from now on: the world is about to stop.</summary>
    public void Hurry()
    {
        lock (_gate)
        {
            _isHurried = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>A batch was taken, with all up to an entry in it.</summary>
    public void Taken(long seq)
    {
        lock (_gate)
        {
            (_writing, _next, _takenSeq) = (_next, NewTurn(), seq);
            (_lastCount, _count) = (_count, 0);
        }
    }

    /// <summary>It is on the disk.</summary>
    public void Kept()
    {
        lock (_gate)
        {
            _isFailing = false;
            Volatile.Write(ref _keptSeq, _takenSeq);
            _writing.SetResult();
        }
    }

    /// <summary>It cannot be written: who waits is told so, and whoever asks until it is.</summary>
    /// <returns>True where it could be before.</returns>
    public bool Fail()
    {
        lock (_gate)
        {
            var isNew = !_isFailing;
            _isFailing = true;
            Refuse(_writing);
            Refuse(_next);
            (_writing, _next, _count) = (NewTurn(), NewTurn(), 0);
            return isNew;
        }
    }

    /// <summary>Nothing will be written any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            Refuse(_writing);
            Refuse(_next);
        }
    }

    private Task TurnOf(long seq)
    {
        lock (_gate)
        {
            if (_keptSeq >= seq) return Task.CompletedTask;
            if (_isFailing || _hasEnded) throw NotNow();
            if (seq <= _takenSeq) return _writing.Task;
            _count++;
            if (_count == 1 || _count == _lastCount) Monitor.PulseAll(_gate);
            return _next.Task;
        }
    }

    // Pulsed by the first who waits and by the last who was waited for: twice at most.
    private void Wait_NeedsLock(TimeSpan most, int count)
    {
        while (_count < count && !_isHurried && Monitor.Wait(_gate, most))
        {
        }
    }

    private static TaskCompletionSource NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static KeepingException NotNow() => new("the world cannot be written to its folder now");

    private static void Refuse(TaskCompletionSource turn)
    {
        turn.TrySetException(NotNow());
        // Nobody may have waited.
        _ = turn.Task.Exception;
    }
}
