using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Journal;

/// <summary>A wait for entries that satisfy a test. Loop-confined.</summary>
internal sealed class Expectation(WorldLoop loop, WorldClock clock, Func<Entry, bool> matches, int count, List<Entry> found)
{
    // Time that runs by itself may have moved on since it was read.
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    private readonly Signal<bool> _done = new(loop);

    /// <summary>Looks at one more entry.</summary>
    public void Look(Entry entry)
    {
        if (found.Count >= count || _done.IsSet) return;
        try
        {
            if (!matches(entry)) return;
        }
        catch (Exception fault)
        {
            _done.TryFail(fault);
            return;
        }
        found.Add(entry);
        if (found.Count >= count) _done.TrySet(true);
    }

    /// <summary>Completes when enough was found or the time is up.</summary>
    public async Task UntilAsync(TimeSpan within, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (within > DateTimeOffset.MaxValue - now - Slack) within = DateTimeOffset.MaxValue - now - Slack;
        using var leave = clock.LetRunUntil(now + within);
        using var registration = cancellation.UnsafeRegister((_, token) => _done.TryCancel(token), null);
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
            if (clock.GetUtcNow() < now + within) _done.TrySet(true);
            else lastMoment = clock.CreateEnd(() => _done.TrySet(true), TimeSpan.Zero, wallEnd);
        }
    }
}
