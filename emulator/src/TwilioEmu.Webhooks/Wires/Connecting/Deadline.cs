namespace TwilioEmu.Webhooks.Wires.Connecting;

/// <summary>One timer for the two limits that run together: silence, restarted by every packet, and the total, never restarted.</summary>
/// <remarks>Safe from any thread: the connect callback and the request's own task both move it, one after the other.</remarks>
internal sealed class Deadline : IDisposable
{
    private readonly TimeProvider _wall;
    private readonly WireLimits _limits;
    private readonly long _start;
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private volatile bool _isSilence;

    public Deadline(WireLimits limits, TimeProvider wall, CancellationToken cancellation)
    {
        _wall = wall;
        _limits = limits;
        _start = wall.GetTimestamp();
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _timer = wall.CreateTimer(
            static s => ((CancellationTokenSource)s!).Cancel(), _source, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        ExpectAnswer();
    }

    /// <summary>Cancelled when a limit is reached, and with the token it was made from.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Once the limit is reached: true when it was silence, false when the total ran out.</summary>
    public bool IsSilence => _isSilence;

    /// <summary>Stops counting silence while a connection is being opened, which has limits of its own.</summary>
    public void ExpectConnection() => Arm(isSilence: false, Left());

    /// <summary>Counts silence from now on. When both limits are equal, as by default, silence is what gets the blame.</summary>
    public void ExpectAnswer() => Arm(_limits.Silence <= _limits.Total, Shorter(_limits.Silence, Left()));

    /// <summary>Counts silence anew, after a packet.</summary>
    public void ExpectMore() => Arm(_limits.Silence <= Left(), Shorter(_limits.Silence, Left()));

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private TimeSpan Left() => _limits.Total - _wall.GetElapsedTime(_start);

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private void Arm(bool isSilence, TimeSpan due)
    {
        _isSilence = isSilence;
        _timer.Change(due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
