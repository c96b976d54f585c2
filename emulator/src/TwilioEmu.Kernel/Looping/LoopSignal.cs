namespace TwilioEmu.Kernel.Looping;

/// <summary>Something that happens once and is awaited on the loop: an answer, the end of a leg, an arrival.</summary>
/// <remarks>
/// Loop-confined. Waiters resume on the loop, each in a turn after the one that set the signal, and at the same world instant.
/// A bare <see cref="TaskCompletionSource"/> gives one or the other: with RunContinuationsAsynchronously, <c>WaitAsync</c> and
/// <c>WhenAny</c> go through the thread pool and virtual time may move on before the waiter hears; without it, the waiter runs
/// inside the setter's turn.
/// </remarks>
public sealed class LoopSignal(WorldLoop loop)
{
    private readonly TaskCompletionSource _happened = new();

    /// <summary>True from the turn that set it.</summary>
    public bool IsSet { get; private set; }

    /// <summary>Completes in a turn after the one that set it; fit for <c>await</c> and <c>WhenAny</c>.</summary>
    public Task Task => _happened.Task;

    /// <summary>It has happened; further calls do nothing.</summary>
    public void Set()
    {
        if (IsSet) return;
        IsSet = true;
        loop.Post(static state => ((TaskCompletionSource)state!).TrySetResult(), _happened);
    }

    /// <summary>Waits for it, at most for a while of world time.</summary>
    /// <returns>True when it has happened, false when the time ran out first.</returns>
    public async Task<bool> WaitAsync(TimeSpan within, TimeProvider clock, CancellationToken cancellation)
    {
        if (IsSet || within <= TimeSpan.Zero && within != Timeout.InfiniteTimeSpan) return IsSet;
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
}
