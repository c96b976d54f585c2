using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Products.Monitor;

/// <summary>The journal as a log of one account, newest first.</summary>
/// <remarks>
/// Loop-confined. Bounded by the journal, and by thirty days: older alerts cannot be asked for (twilio.com/docs/usage/monitor-alert), nor, in
/// free accounts, older events (twilio.com/docs/usage/monitor-events).
/// </remarks>
internal sealed class MonitorLog(World world)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public EntrySid AlertSids { get; } = new("NO", world.Options.Seed);

    public EntrySid EventSids { get; } = new("AE", world.Options.Seed);

    public World World => world;

    private DateTimeOffset Horizon => world.Clock.GetUtcNow() - Kept;

    /// <summary>The entries of an account that are not too old, from just before a seq (0: from the newest).</summary>
    public IEnumerable<Entry> NewestFirst(AccountSid account, long before)
    {
        var horizon = Horizon;
        for (var seq = before == 0 ? world.Journal.LastSeq : before - 1; world.Journal.Find(seq) is { } entry && entry.At >= horizon; seq--)
        {
            if (entry.Account == account) yield return entry;
        }
    }

    /// <summary>An entry of an account, or null.</summary>
    public Entry? Find(AccountSid account, long seq) =>
        world.Journal.Find(seq) is { } entry && entry.Account == account && entry.At >= Horizon ? entry : null;
}
