using TwilioEmu.Client.Expectations;
using TwilioEmu.Client.Wire;

namespace TwilioEmu.Client.Phones;

/// <summary>What has been found already, so that nothing is found twice. Safe from any thread.</summary>
internal sealed class Findings
{
    private readonly HashSet<long> _found = [];

    /// <summary>The oldest matching entry that was not found before.</summary>
    /// <exception cref="ExpectationFailedException">There is none in time.</exception>
    public async Task<JournalEntry> NextAsync(
        ControlWire wire, EntryMatch match, string claim, TimeSpan? within, CancellationToken cancellation)
    {
        // Of the first N that match all may be known: then one more is waited for.
        for (var count = 1; ;)
        {
            var entries = await new Expectation(wire, match, "count", count, within, 0).WaitAsync(cancellation, claim);
            lock (_found)
            {
                if (entries.FirstOrDefault(e => _found.Add(e.Seq)) is { } next) return next;
            }
            count = entries.Count + 1;
        }
    }

    /// <summary>Waits the whole time; returns when all that matches was found before.</summary>
    /// <exception cref="ExpectationFailedException">There is more.</exception>
    public async Task NoneAsync(ControlWire wire, EntryMatch match, string claim, TimeSpan? within, CancellationToken cancellation)
    {
        // The wait ends with the first match; known ones are stepped over.
        for (long last = 0; ;)
        {
            try
            {
                await new Expectation(wire, match, "exactly", 0, within, last).WaitAsync(cancellation, claim);
                return;
            }
            catch (ExpectationFailedException failed) when (failed.Found.Count > 0 && failed.Found.All(IsKnown))
            {
                last = failed.Found.Max(e => e.Seq);
            }
        }
    }

    private bool IsKnown(JournalEntry entry)
    {
        lock (_found) return _found.Contains(entry.Seq);
    }
}
