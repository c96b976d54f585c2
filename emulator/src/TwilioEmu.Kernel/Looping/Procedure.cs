namespace TwilioEmu.Kernel.Looping;

/// <summary>What the loop needs of a procedure without knowing its result.</summary>
internal interface IProcedure
{
    /// <summary>Completes when the procedure has ended, however it ended.</summary>
    Task RunAsync();

    void Abandon();
}

/// <summary>A procedure of many turns and the task its caller awaits; the loop may abandon it when the world ends.</summary>
internal sealed class Procedure<T>(Func<Task<T>> body, CancellationToken cancellation) : IProcedure
{
    private readonly TaskCompletionSource<T> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => _end.Task;

    public async Task RunAsync()
    {
        if (cancellation.IsCancellationRequested)
        {
            _end.TrySetCanceled(cancellation);
            return;
        }
        try
        {
            _end.TrySetResult(await body());
        }
        catch (OperationCanceledException cancelled)
        {
            _end.TrySetCanceled(cancelled.CancellationToken);
        }
        catch (Exception fault)
        {
            _end.TrySetException(fault);
        }
    }

    public void Abandon() => _end.TrySetCanceled();
}
