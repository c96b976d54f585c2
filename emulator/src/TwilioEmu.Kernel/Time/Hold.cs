namespace TwilioEmu.Kernel.Time;

/// <summary>Keeps virtual time from moving while something outside the loop is at work (a time barrier).</summary>
/// <remarks>
/// Open one per webhook in flight and piece of work off the loop; it lives
/// <see cref="Patience.HoldLife"/> at most, unless it is a stop. Dispose from any thread, once or more.
/// </remarks>
public sealed class Hold : IDisposable
{
    private WorldClock? _clock;

    internal Hold(WorldClock clock, string why, long openedAt)
    {
        _clock = clock;
        Why = why;
        OpenedAt = openedAt;
        Place = new LinkedListNode<Hold>(this);
    }

    /// <summary>What time is waiting for, as shown by <c>GET /_emu/v1/clock</c>.</summary>
    public string Why { get; }

    /// <summary>True where it outlives every limit, and no crowd makes time walk: a person looks.</summary>
    internal bool IsStop { get; init; }

    /// <summary>Ticks of the wall (100 ns since the clock was made).</summary>
    internal long OpenedAt { get; }

    /// <summary>Among the open holds, the oldest first. Owned by <see cref="WorldClock"/>.</summary>
    internal LinkedListNode<Hold> Place { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _clock, null)?.Release(this);
}
