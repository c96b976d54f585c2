namespace TwilioEmu.Kernel.Time;

/// <summary>Somebody outside leads a part of the world by hand, such as a caller's phone: time does not run away from them.</summary>
/// <remarks>
/// While nobody waits for time it goes at the wall's pace; who waits (an advance, an expectation) takes it along after
/// <see cref="Patience.Thinking"/>. Dispose from any thread, once or more.
/// </remarks>
public sealed class Lead : IDisposable
{
    private WorldClock? _clock;

    internal Lead(WorldClock clock, string why)
    {
        _clock = clock;
        Why = why;
    }

    /// <summary>Who leads what, as shown by <c>GET /_emu/v1/clock</c>.</summary>
    public string Why { get; private set; }

    /// <summary>A decision is awaited now: time stands for a while instead of going at the wall's pace.</summary>
    internal bool IsDecisionAwaited { get; private set; }

    /// <summary>Says whether a decision is awaited of who leads.</summary>
    public void Await(string why, bool isDecision) => _clock?.Await(this, why, isDecision);

    internal void Set_NeedsLock(string why, bool isDecision) => (Why, IsDecisionAwaited) = (why, isDecision);

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _clock, null)?.Release(this);
}
