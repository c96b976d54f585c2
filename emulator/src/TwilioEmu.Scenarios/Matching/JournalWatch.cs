using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Scenarios.Matching;

/// <summary>Waits for entries of the journal, letting virtual time run just so far.</summary>
/// <remarks>
/// Differs from <see cref="WorldJournal.ExpectAsync"/> in one thing that determinism needs: leave to run is given back in the
/// very turn that writes the last entry waited for, so a clock that moves only when told stands still at that instant.
/// </remarks>
public static class JournalWatch
{
    /// <summary>How long is waited unless told.</summary>
    public static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(5);

    /// <summary>The matching entries after a seq, at most <see cref="EntryCount.StopAt"/> of them. Call it as a procedure of the loop.</summary>
    public static async Task<IReadOnlyList<Entry>> WaitAsync(
        World world, JournalMatch match, EntryCount count, long after, TimeSpan within, CancellationToken cancellation)
    {
        world.Loop.Assert();
        var found = world.Journal.After(after).Where(match.IsMetBy).Take(count.StopAt).ToList();
        if (found.Count >= count.StopAt || within <= TimeSpan.Zero) return found;

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var leave = world.Clock.LetRunUntil(world.Clock.GetUtcNow() + within);
        void Finish()
        {
            leave.Dispose();
            done.TrySetResult();
        }

        using var limit = world.Clock.CreateTimer(_ => Finish(), null, within, Timeout.InfiniteTimeSpan);
        using var subscription = world.Journal.Subscribe(entry =>
        {
            if (found.Count >= count.StopAt || !match.IsMetBy(entry)) return;
            found.Add(entry);
            if (found.Count >= count.StopAt) Finish();
        });
        using var quit = cancellation.UnsafeRegister(_ => { leave.Dispose(); done.TrySetCanceled(cancellation); }, null);
        try
        {
            await done.Task;
        }
        finally
        {
            leave.Dispose();
        }
        return found;
    }
}
