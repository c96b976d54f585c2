namespace TwilioEmu.Kernel.Time;

/// <summary>Who waits for virtual time: advances, which move it, and leaves, which let it run while something is waited for.</summary>
/// <remarks>Guarded by the clock's lock. Instants are ticks (100 ns, UTC).</remarks>
internal sealed class Orders
{
    private readonly List<Order> _advances = [];
    private readonly List<Leave> _leaves = [];

    /// <summary>Somebody waits for time.</summary>
    public bool IsAny => _advances.Count > 0 || _leaves.Count > 0;

    /// <summary>Where the nearest advance ends; null without one.</summary>
    public long? NearestAdvance
    {
        get
        {
            long? nearest = null;
            foreach (var advance in _advances) if (nearest is null || advance.Until < nearest) nearest = advance.Until;
            return nearest;
        }
    }

    /// <summary>An order to move to an instant.</summary>
    /// <returns>Completed when time is there and all that fell due on the way has run.</returns>
    public Task Advance(long until)
    {
        var advance = new Order(until, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _advances.Add(advance);
        return advance.Reached.Task;
    }

    public void Add(Leave leave) => _leaves.Add(leave);

    public void Remove(Leave leave) => _leaves.Remove(leave);

    /// <summary>True where somebody wants time to go on to an instant.</summary>
    public bool Allow(long instant)
    {
        foreach (var advance in _advances) if (instant <= advance.Until) return true;
        foreach (var leave in _leaves) if (instant <= leave.Until) return true;
        return false;
    }

    /// <summary>Time is there: these advances are done.</summary>
    public void Reach(long until)
    {
        foreach (var advance in _advances) if (advance.Until == until) advance.Reached.TrySetResult();
        _advances.RemoveAll(a => a.Until == until);
    }

    /// <summary>Advances can no longer be done.</summary>
    public void Fail(Exception why)
    {
        foreach (var advance in _advances) advance.Reached.TrySetException(why);
        _advances.Clear();
    }

    /// <summary>The world ends.</summary>
    public void Cancel()
    {
        foreach (var advance in _advances) advance.Reached.TrySetCanceled();
        _advances.Clear();
        _leaves.Clear();
    }

    private readonly record struct Order(long Until, TaskCompletionSource Reached);
}
