namespace TwilioEmu.Kernel.Time;

/// <summary>Binds time to the wall's pace while something live is joined, such as a telephone on a socket.</summary>
/// <remarks>Holds do not stop it, nothing moves it on. Dispose from any thread, once or more.</remarks>
public sealed class Pin : IDisposable
{
    private WorldClock? _clock;

    internal Pin(WorldClock clock, string why)
    {
        _clock = clock;
        Why = why;
    }

    /// <summary>What is live, as shown by <c>GET /_emu/v1/clock</c>.</summary>
    public string Why { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _clock, null)?.Release(this);
}
