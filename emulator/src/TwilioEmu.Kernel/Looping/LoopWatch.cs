namespace TwilioEmu.Kernel.Looping;

/// <summary>What the world's owner wants to know of its loop (diagnostics).</summary>
/// <param name="Wall">Real time.</param>
/// <param name="Limit">A turn that takes longer keeps everybody waiting; null measures none.</param>
/// <param name="IsSlow">Told how long such a turn took, on the loop.</param>
/// <param name="Abandons">Told how many procedures did not end with the world.</param>
internal sealed record LoopWatch(TimeProvider Wall, TimeSpan? Limit, Action<TimeSpan> IsSlow, Action<int> Abandons);

/// <summary>One turn, from its making to its disposal.</summary>
internal readonly ref struct WatchedTurn
{
    private readonly LoopWatch? _watch;
    private readonly long _began;

    public WatchedTurn(LoopWatch? watch)
    {
        if (watch?.Limit is null) return;
        (_watch, _began) = (watch, watch.Wall.GetTimestamp());
    }

    public void Dispose()
    {
        if (_watch is not null && _watch.Wall.GetElapsedTime(_began) is var took && took > _watch.Limit) _watch.IsSlow(took);
    }
}
