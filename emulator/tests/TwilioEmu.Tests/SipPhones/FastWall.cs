namespace TwilioEmu.Tests.SipPhones;

/// <summary>A wall whose clock goes several times as fast: what takes minutes by a phone's timers takes seconds here.</summary>
internal sealed class FastWall(int times) : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _began = System.GetTimestamp();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _start + (System.GetElapsedTime(_began) * times);

    public override long GetTimestamp() => (System.GetTimestamp() - _began) * times;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Shortened(dueTime), Shortened(period)), Shortened);

    private TimeSpan Shortened(TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan ? time : TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds / times));

    private sealed class Timer(ITimer timer, Func<TimeSpan, TimeSpan> shortened) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(shortened(dueTime), shortened(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
