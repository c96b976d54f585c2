namespace TwilioEmu.Kernel.Time;

/// <summary>One timer of the world clock; its callback runs as a turn of the loop.</summary>
internal sealed class ClockTimer(WorldClock clock, TimerCallback callback, object? state) : ITimer
{
    /// <summary>What it does, in a few words; empty where nobody said.</summary>
    public string What { get; init; } = "";

    /// <summary>Place in the heap, -1 when not waiting. Owned by <see cref="TimerHeap"/>.</summary>
    internal int HeapIndex = -1;

    /// <summary>World ticks (100 ns since the world's epoch) at which it fires. Owned by <see cref="WorldClock"/>.</summary>
    internal long Due;

    /// <summary>Order among timers due at the same instant. Owned by <see cref="WorldClock"/>.</summary>
    internal long Sequence;

    /// <summary>World ticks between firings after the first, 0 for a single shot.</summary>
    internal long Period;

    /// <summary>
    /// The wall's tick at which the wait it ends is over at the latest; null
    /// for a timer that ends no wait. Owned by <see cref="WorldClock"/>.
    /// </summary>
    internal long? WallEnd;

    internal bool IsDisposed;

    public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Change(this, dueTime, period);

    public void Dispose() => clock.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fire() => callback(state);
}
