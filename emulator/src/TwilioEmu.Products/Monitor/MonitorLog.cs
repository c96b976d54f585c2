using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.OAuth;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Products.Monitor;

/// <summary>The journal as a log of one account, newest first.</summary>
/// <remarks>
/// Loop-confined. Bounded by the journal, and by thirty days: older alerts cannot be asked for
/// (twilio.com/docs/usage/monitor-alert), nor, in free accounts, older events (twilio.com/docs/usage/monitor-events).
/// </remarks>
internal sealed class MonitorLog(World world)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public EntrySid AlertSids { get; } = new("NO", world.Options.Seed);

    public EntrySid EventSids { get; } = new("AE", world.Options.Seed);

    public World World => world;

    private DateTimeOffset Horizon => world.Clock.GetUtcNow() - Kept;

    /// <summary>The entries of an account that may be events and are not too old, from just before a seq (0: from the newest).</summary>
    public IEnumerable<Entry> EventsNewestFirst(AccountSid account, long before) =>
        Newer(Young(new Selection(Account: account), before), Unowned(before).Where(e => IsAskedBy(account, e)));

    /// <summary>Those that may be alerts.</summary>
    public IEnumerable<Entry> AlertsNewestFirst(AccountSid account, long before)
    {
        var raised = Young(new Selection(Alert.Kind.Name, null, account), before);
        var refused = Young(new Selection(RequestEntries.Refused.Name, null, account), before);
        return Newer(raised, refused);
    }

    /// <summary>An entry of an account, or null.</summary>
    public Entry? Find(AccountSid account, long seq) =>
        world.Journal.Find(seq) is { } entry && entry.At >= Horizon && (entry.Account == account || IsAskedBy(account, entry))
            ? entry
            : null;

    /// <summary>Changes of what no account owns: accounts themselves, keys, OAuth apps.</summary>
    private IEnumerable<Entry> Unowned(long before) => AccountEntries.All.Concat(OAuthEntries.All)
        .Select(kind => Young(new Selection(kind.Name, null, AccountSid.None), before))
        .Aggregate(Newer);

    /// <summary>
    /// True for a change of what no account owns that a request of this one made: a subaccount's beginning is its parent's event.
    /// </summary>
    private bool IsAskedBy(AccountSid account, Entry entry) =>
        entry.Account == AccountSid.None && entry.Cause != 0 && world.Journal.Find(entry.Cause)?.Account == account;

    private IEnumerable<Entry> Young(Selection selection, long before)
    {
        var horizon = Horizon;
        return world.Journal.NewestFirst(selection, before == 0 ? long.MaxValue : before).TakeWhile(e => e.At >= horizon);
    }

    /// <summary>Both, the newer first.</summary>
    private static IEnumerable<Entry> Newer(IEnumerable<Entry> left, IEnumerable<Entry> right)
    {
        using var one = left.GetEnumerator();
        using var other = right.GetEnumerator();
        var (hasOne, hasOther) = (one.MoveNext(), other.MoveNext());
        while (hasOne || hasOther)
        {
            if (hasOne && (!hasOther || one.Current.Seq > other.Current.Seq))
            {
                yield return one.Current;
                hasOne = one.MoveNext();
            }
            else
            {
                yield return other.Current;
                hasOther = other.MoveNext();
            }
        }
    }
}
