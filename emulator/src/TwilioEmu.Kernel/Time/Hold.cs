namespace TwilioEmu.Kernel.Time;

/// <summary>Keeps virtual time from moving while something outside the loop is at work.</summary>
/// <remarks>Open one per webhook in flight, request being served, piece of work off the loop. Dispose from any thread, once or more.</remarks>
public sealed class Hold : IDisposable
{
    private WorldClock? _clock;

    internal Hold(WorldClock clock, string why)
    {
        _clock = clock;
        Why = why;
    }

    /// <summary>What time is waiting for, as shown by <c>GET /_emu/v1/clock</c>.</summary>
    public string Why { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _clock, null)?.Release(this);
}
