using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Journal;

/// <summary>A wait for entries that satisfy a test.</summary>
/// <remarks>
/// Loop-confined. It ends in a turn of its own on the loop, so that virtual time stands at the instant of the match when the waiting
/// code resumes; <c>WaitAsync</c> on a task source may resume by way of the thread pool, and time would run on meanwhile.
/// </remarks>
internal sealed class Expectation(WorldLoop loop, WorldClock clock, Func<Entry, bool> matches, int count, List<Entry> found)
{
    // Time that runs by itself may have moved on since it was read.
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    private readonly TaskCompletionSource _done = new();

    /// <summary>Looks at one more entry.</summary>
    public void Look(Entry entry)
    {
        if (found.Count >= count) return;
        try
        {
            if (!matches(entry)) return;
        }
        catch (Exception fault)
        {
            loop.Post(() => _done.TrySetException(fault));
            return;
        }
        found.Add(entry);
        if (found.Count >= count) loop.Post(() => _done.TrySetResult());
    }

    /// <summary>Completes when enough was found or the time is up.</summary>
    public async Task UntilAsync(TimeSpan within, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (within > DateTimeOffset.MaxValue - now - Slack) within = DateTimeOffset.MaxValue - now - Slack;
        using var leave = clock.LetRunUntil(now + within);
        ITimer? timer = null;
        // Set anew when it fires, so that all that was due at the last instant goes before it.
        using var first = clock.CreateTimer(
            _ => timer = clock.CreateTimer(_ => _done.TrySetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan),
            null,
            within,
            Timeout.InfiniteTimeSpan);
        using var registration = cancellation.UnsafeRegister((_, token) => loop.Post(() => _done.TrySetCanceled(token)), null);
        try
        {
            await _done.Task;
        }
        finally
        {
            timer?.Dispose();
        }
    }
}
