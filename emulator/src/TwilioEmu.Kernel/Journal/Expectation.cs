using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Journal;

/// <summary>A wait for entries that satisfy a test: a reader of the journal that holds virtual time while it is behind.</summary>
/// <remarks>It looks on the herald's thread and waits on the loop; what was found is handed over by the end of the wait.</remarks>
internal sealed class Expectation(WorldLoop loop, WorldClock clock, Selection selection, Func<Entry, bool> matches, int count, long after)
{
    // Time that runs by itself may have moved on since it was read.
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    private readonly Signal<bool> _done = new(loop);
    private readonly List<Entry> _found = [];
    private long _seen = after;
    private volatile bool _isOver;

    /// <summary>What matched; read it when the wait is over.</summary>
    public IReadOnlyList<Entry> Found => _found;

    /// <summary>Looks at what is new. Called by the herald alone, one pass at a time.</summary>
    public void Look(EntryLog log)
    {
        if (_done.IsSet) return;
        var isLast = _isOver;
        try
        {
            foreach (var entry in log.After(_seen, selection))
            {
                _seen = entry.Seq;
                if (!matches(entry)) continue;
                _found.Add(entry);
                if (_found.Count < count) continue;
                _done.TrySet(true);
                return;
            }
        }
        catch (Exception fault)
        {
            _done.TryFail(fault);
            return;
        }
        if (isLast) _done.TrySet(true);
    }

    /// <summary>Completes when enough was found or the time is up.</summary>
    /// <param name="herald">Shows it the entries.</param>
    /// <param name="within">World time; zero looks at what is there.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task UntilAsync(Herald herald, TimeSpan within, CancellationToken cancellation)
    {
        using var registration = cancellation.UnsafeRegister((_, token) => _done.TryCancel(token), null);
        if (within <= TimeSpan.Zero)
        {
            _isOver = true;
            herald.Add(this);
            await _done.Task;
            return;
        }
        var now = clock.GetUtcNow();
        if (within > DateTimeOffset.MaxValue - now - Slack) within = DateTimeOffset.MaxValue - now - Slack;
        herald.Add(this);
        using var leave = clock.LetRunUntil(now + within);
        var wallEnd = clock.WallAfter(within);
        ITimer? lastMoment = null;
        using var lastInstant = clock.CreateEnd(End, within, wallEnd);
        try
        {
            await _done.Task;
        }
        finally
        {
            lastMoment?.Dispose();
        }

        void End()
        {
            // Set anew, so that all that was due at the last instant goes before it. Where the wall has ended the wait, that is the end.
            if (clock.GetUtcNow() < now + within) Finish();
            else lastMoment = clock.CreateEnd(Finish, TimeSpan.Zero, wallEnd);
        }

        void Finish()
        {
            _isOver = true;
            herald.Raise();
        }
    }
}
