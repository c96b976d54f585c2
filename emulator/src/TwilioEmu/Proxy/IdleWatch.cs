namespace TwilioEmu.Proxy;

/// <summary>Cancels when nothing has happened for a while.</summary>
/// <remarks>Real time: peers are on the wire. A touch costs a reading of the clock; the timer is set anew only when it fires.</remarks>
internal sealed class IdleWatch : IDisposable
{
    private readonly TimeProvider _wall;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _ending;
    private readonly ITimer _timer;
    private long _last;

    public IdleWatch(TimeProvider wall, TimeSpan limit, params ReadOnlySpan<CancellationToken> others)
    {
        (_wall, _limit) = (wall, limit);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(others);
        Touch();
        _timer = wall.CreateTimer(static self => ((IdleWatch)self!).Look(), this, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when it is over.</summary>
    public CancellationToken Token => _ending.Token;

    /// <summary>Something happened.</summary>
    public void Touch() => Volatile.Write(ref _last, _wall.GetTimestamp());

    /// <summary>Ends it before its time.</summary>
    public void End()
    {
        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was over already.
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _ending.Dispose();
    }

    private void Look()
    {
        var left = _limit - _wall.GetElapsedTime(Volatile.Read(ref _last));
        if (left <= TimeSpan.Zero) End();
        else _timer.Change(left, Timeout.InfiniteTimeSpan);
    }
}
