namespace TwilioEmu.Kernel.Looping;

/// <summary>Work under way on the thread pool for turns of the loop that wait for it.</summary>
/// <remarks>Loop-confined, but for what comes back after the world's end.</remarks>
internal sealed class OffLoopWork(WorldLoop loop)
{
    private readonly Returns _returns = new(loop);

    /// <summary>How much is under way.</summary>
    public int Count { get; private set; }

    /// <summary>Something is under way that keeps its place in an order.</summary>
    public bool IsOrdered => _returns.IsAny;

    /// <summary>Somebody outside is asked among it.</summary>
    public bool IsAsked => _returns.IsAnyAsked;

    /// <summary>Runs work on the thread pool and resumes the caller where it was.</summary>
    /// <param name="work">Touches nothing of the world.</param>
    /// <param name="isOrdered">True has it come back after all that was begun before it in that way.</param>
    /// <param name="isAsk">It asks somebody outside.</param>
    /// <param name="cancellation">Handed to the work.</param>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, bool isOrdered, bool isAsk, CancellationToken cancellation)
    {
        if (!isOrdered) return await OnPoolAsync(work, cancellation);
        var place = _returns.Enter(isAsk);
        try
        {
            return await OnPoolAsync(work, cancellation);
        }
        finally
        {
            // What comes back after the world's end finds no loop to wait on.
            if (loop.IsCurrent) await _returns.ReturnAsync(place);
        }
    }

    private async Task<T> OnPoolAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        Count++;
        try
        {
            return await Task.Factory.StartNew(
                () => work(cancellation), cancellation, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        }
        finally
        {
            Count--;
        }
    }
}
