using System.Collections.Concurrent;

namespace TwilioEmu.Kernel.Looping;

/// <summary>Those who wait for a moment of the loop. Safe from any thread.</summary>
internal sealed class Waiters
{
    private readonly ConcurrentQueue<TaskCompletionSource> _waiting = [];

    /// <summary>Somebody waits.</summary>
    public bool IsAny => !_waiting.IsEmpty;

    public Task Add()
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(waiter);
        return waiter.Task;
    }

    /// <summary>The moment is there; true when somebody waited for it.</summary>
    public bool Tell()
    {
        var isAny = false;
        for (; _waiting.TryDequeue(out var waiter); isAny = true) waiter.TrySetResult();
        return isAny;
    }
}
