namespace TwilioEmu.Kernel.Time;

/// <summary>Permission for virtual time to move up to an instant, while something is waited for.</summary>
internal sealed class Leave(WorldClock clock, long until) : IDisposable
{
    /// <summary>Ticks (100 ns, UTC).</summary>
    public long Until { get; } = until;

    public void Dispose() => clock.End(this);
}
