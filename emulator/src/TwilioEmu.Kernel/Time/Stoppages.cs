namespace TwilioEmu.Kernel.Time;

/// <summary>Adds up how long virtual time stands, and for whom. Guarded by the clock's lock; instants are ticks of the wall.</summary>
internal sealed class Stoppages
{
    private long _since = -1;
    private Reason _why;
    private StoodFor _sum;

    /// <summary>What time may stand for.</summary>
    public enum Reason
    {
        Grace,
        Answer,
        Thinking,
    }

    /// <summary>All stoppages so far, without one that is under way.</summary>
    public StoodFor Sum => _sum;

    public void Begin(Reason why, long now) => (_why, _since) = (why, now);

    public void End(long now)
    {
        if (_since < 0) return;
        var stood = TimeSpan.FromTicks(now - _since);
        _since = -1;
        _sum = _why switch
        {
            Reason.Grace => _sum with { Graces = _sum.Graces + stood },
            Reason.Answer => _sum with { Answers = _sum.Answers + stood },
            _ => _sum with { Thinking = _sum.Thinking + stood },
        };
    }
}
