namespace TwilioEmu.Webhooks.Delivery;

/// <summary>Lets a bounded number of requests to one target through; the rest wait in order, documents before callbacks.</summary>
/// <remarks>Loop-confined. A waiting request costs one list node, and no thread.</remarks>
internal sealed class Turnstile(int maxInFlight, int maxCallbacks)
{
    private readonly Queue<TaskCompletionSource> _documents = new();
    private readonly Queue<TaskCompletionSource> _callbacks = new();
    private int _inFlight;
    private int _callbacksInFlight;

    /// <summary>True when nobody is inside or waiting, so that the turnstile may be forgotten.</summary>
    public bool IsIdle => _inFlight == 0 && _documents.Count == 0 && _callbacks.Count == 0;

    /// <summary>Completes when it is this request's turn; then <see cref="Leave"/> must follow.</summary>
    public async ValueTask EnterAsync(bool isCallback, CancellationToken cancellation)
    {
        if (HasRoom(isCallback))
        {
            Count(isCallback, 1);
            return;
        }
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (isCallback ? _callbacks : _documents).Enqueue(turn);
        using (cancellation.UnsafeRegister(static s => ((TaskCompletionSource)s!).TrySetCanceled(), turn))
        {
            await turn.Task;
        }
    }

    /// <summary>Hands the place to the next in line.</summary>
    public void Leave(bool isCallback)
    {
        Count(isCallback, -1);
        while (_inFlight < maxInFlight && _documents.TryDequeue(out var next)) Admit(next, isCallback: false);
        while (HasRoom(isCallback: true) && _callbacks.TryDequeue(out var next)) Admit(next, isCallback: true);
    }

    /// <summary>True when nobody of this sort has to wait.</summary>
    public bool HasRoom(bool isCallback) => _inFlight < maxInFlight && (!isCallback || _callbacksInFlight < maxCallbacks);

    private void Admit(TaskCompletionSource turn, bool isCallback)
    {
        // Who was cancelled while waiting is still in line and takes no place.
        if (turn.TrySetResult()) Count(isCallback, 1);
    }

    private void Count(bool isCallback, int step)
    {
        _inFlight += step;
        if (isCallback) _callbacksInFlight += step;
    }
}
