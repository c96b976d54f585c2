using System.Collections.Immutable;

namespace TwilioEmu.Kernel.Journal;

/// <summary>Tells those who read off the loop that there is news; the writer's turn only raises a flag.</summary>
/// <remarks>
/// One pass at a time, on the thread pool, over all expectations, until nothing is new. Virtual time stands while one of them is behind, so
/// that what it waits for is seen at the instant it happens. Safe from any thread.
/// </remarks>
internal sealed class Herald(EntryLog log, Action caughtUp) : IThreadPoolWorkItem
{
    private const int Idle = 0;
    private const int Passing = 1;
    private const int Again = 2;

    private ImmutableArray<Expectation> _waits = [];
    private TaskCompletionSource<bool> _news = New();
    private int _state;
    private int _followers;
    private volatile bool _isEnded;

    /// <summary>Somebody waits for entries and has not looked at all of them yet.</summary>
    public bool IsBehind => Volatile.Read(ref _state) != Idle && !_waits.IsEmpty;

    /// <summary>From now on the expectation is shown all entries, past ones first.</summary>
    public void Add(Expectation wait)
    {
        ImmutableInterlocked.Update(ref _waits, static (waits, w) => waits.Add(w), wait);
        Raise();
    }

    public void Remove(Expectation wait) => ImmutableInterlocked.Update(ref _waits, static (waits, w) => waits.Remove(w), wait);

    /// <summary>Something was written, or an expectation is over. Costs the writer nothing while nobody reads.</summary>
    public void Raise()
    {
        // What was written must be seen before it is asked who reads: a follower asks the other way round.
        Interlocked.MemoryBarrier();
        if (_waits.IsEmpty && Volatile.Read(ref _followers) == 0) return;
        if (Interlocked.Exchange(ref _state, Again) == Idle) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Completes when there is an entry after a seq: true, or false when the world has ended.</summary>
    public async Task<bool> NextAsync(long after, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _followers);
        try
        {
            while (true)
            {
                var news = Volatile.Read(ref _news);
                if (log.LastSeq > after) return true;
                if (_isEnded) return false;
                await news.Task.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _followers);
        }
    }

    /// <summary>The world ends: nothing more will come.</summary>
    public void End()
    {
        _isEnded = true;
        Volatile.Read(ref _news).TrySetResult(false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        do
        {
            Volatile.Write(ref _state, Passing);
            Interlocked.MemoryBarrier();
            foreach (var wait in _waits) wait.Look(log);
            if (!_isEnded && Volatile.Read(ref _followers) > 0) Interlocked.Exchange(ref _news, New()).TrySetResult(true);
        }
        while (Interlocked.CompareExchange(ref _state, Idle, Passing) != Passing);
        caughtUp();
    }

    private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
