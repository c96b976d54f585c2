namespace TwilioEmu.Kernel.Looping;

/// <summary>Something that will be known once, awaited on the loop: a digit that ends a Gather, an answer, a hang-up.</summary>
/// <remarks>
/// It completes in a turn of its own, so the setter's turn is not interrupted, and virtual time stands still until the waiting code
/// has resumed, also through <c>WaitAsync</c> and <c>Task.WhenAny</c>. A <see cref="TaskCompletionSource"/> gives only one of the two:
/// plain, it resumes the waiter in the middle of the setter's turn; with <c>RunContinuationsAsynchronously</c>, those two take the way
/// round by the thread pool, and measured seconds of virtual time go by. Safe from any thread; the first to set it wins.
/// </remarks>
public sealed class Signal<T>(WorldLoop loop)
{
    private readonly TaskCompletionSource<T> _source = new();
    private int _isSet;

    /// <summary>Completes one turn after the signal was set.</summary>
    public Task<T> Task => _source.Task;

    /// <summary>True as soon as somebody set, failed or cancelled it.</summary>
    public bool IsSet => Volatile.Read(ref _isSet) != 0;

    /// <summary>Sets the value; false when the signal was set before.</summary>
    public bool TrySet(T value) => TryWin() && Complete(source => source.SetResult(value));

    /// <summary>Fails the waiter; false when the signal was set before.</summary>
    public bool TryFail(Exception fault) => TryWin() && Complete(source => source.SetException(fault));

    /// <summary>Cancels the waiter; false when the signal was set before.</summary>
    public bool TryCancel(CancellationToken cancellation) => TryWin() && Complete(source => source.SetCanceled(cancellation));

    /// <summary>Waits for it, at most for a while of world time.</summary>
    /// <returns>True when it was set, false when the time ran out first.</returns>
    public async Task<bool> WaitAsync(TimeSpan within, TimeProvider clock, CancellationToken cancellation)
    {
        if (IsSet || (within <= TimeSpan.Zero && within != Timeout.InfiniteTimeSpan)) return IsSet;
        try
        {
            // Rounded up: timers count whole milliseconds, and a wait cut short would have its caller spin.
            var limit = within == Timeout.InfiniteTimeSpan ? within : TimeSpan.FromMilliseconds(Math.Ceiling(within.TotalMilliseconds));
            await Task.WaitAsync(limit, clock, cancellation);
        }
        catch (TimeoutException)
        {
            // Told by the result.
        }
        return IsSet;
    }

    private bool TryWin() => Interlocked.Exchange(ref _isSet, 1) == 0;

    private bool Complete(Action<TaskCompletionSource<T>> completion)
    {
        loop.Post(() => completion(_source));
        return true;
    }
}
