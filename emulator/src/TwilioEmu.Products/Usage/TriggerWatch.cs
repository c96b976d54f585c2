using System.Globalization;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Usage;

/// <summary>Looks whether triggers have been reached, and calls the app when they have.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/usage/api/usage-trigger: evaluated about once a minute. A charge starts a single minute's
/// wait for its account and its parent when they have triggers, so a burst is looked at once and a quiet world not at all.
/// </remarks>
internal sealed class TriggerWatch
{
    private const string Prefix = "usage_due/";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly World _world;
    private readonly AccountBook _accounts;
    private readonly UsageLedger _ledger;
    private readonly CallbackLanes _lanes;

    // Days with charges that were not looked at yet.
    private readonly Dictionary<AccountSid, (DateTimeOffset At, SortedSet<DateOnly> Days)> _waiting = [];

    public TriggerWatch(World world, AccountBook accounts, UsageLedger ledger, CallbackLanes lanes)
    {
        (_world, _accounts, _ledger, _lanes) = (world, accounts, ledger, lanes);
        ledger.Charged += (account, day) =>
        {
            LookSoon(account, day);
            if (accounts.Find(account) is { IsSubaccount: true } sub) LookSoon(sub.Owner, day);
        };
    }

    /// <summary>What a trigger watches, as it stands on a day. A parent's includes its subaccounts, as its usage records do.</summary>
    public decimal ValueOf(UsageTrigger trigger, DateOnly day)
    {
        var period = trigger.PeriodAt(day);
        var sum = _ledger.Sum(trigger.Account, trigger.Category, period.From, period.Until);
        foreach (var sub in _accounts.NewestFirst)
        {
            if (sub.IsSubaccount && sub.Owner == trigger.Account) sum += _ledger.Sum(sub.Sid, trigger.Category, period.From, period.Until);
        }
        return trigger.ValueOf(sum);
    }

    /// <summary>Looks at an account's triggers within a minute.</summary>
    public void LookSoon(AccountSid account, DateOnly day)
    {
        if (_world.Store.Table(UsageTrigger.Table, account).Count == 0) return;
        if (_waiting.TryGetValue(account, out var waiting))
        {
            if (waiting.Days.Add(day)) Keep(account, waiting);
            return;
        }
        LookAfter(account, [day], Interval);
    }

    /// <summary>What an earlier process was to look at is looked at when it would have been.</summary>
    public void Resume()
    {
        foreach (var (_, part) in _world.Parts.TakeAll(Prefix))
        {
            var (account, at) = (part.Account("account_sid", null), part.Instant("at", null));
            var days = part.Texts("days", null).Select(d => DateOnly.Parse(d, CultureInfo.InvariantCulture));
            var left = at - _world.Clock.GetUtcNow();
            LookAfter(account, new SortedSet<DateOnly>(days), left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    private void LookAfter(AccountSid account, SortedSet<DateOnly> days, TimeSpan wait)
    {
        var at = _world.Clock.GetUtcNow() + wait;
        _waiting.Add(account, (at, days));
        Keep(account, (at, days));
        _world.Clock.CreateTimer(_ => Look(account), null, wait, Timeout.InfiniteTimeSpan);
    }

    private void Keep(AccountSid account, (DateTimeOffset At, SortedSet<DateOnly> Days) waiting) =>
        _world.Parts.Put(Prefix + account.Value, part =>
    {
        part.Account("account_sid", account);
        part.Instant("at", waiting.At);
        part.Texts("days", [.. waiting.Days.Select(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))]);
    });

    private void Look(AccountSid account)
    {
        if (!_waiting.Remove(account, out var waiting)) return;
        _world.Parts.Drop(Prefix + account.Value);
        foreach (var trigger in _world.Store.Table(UsageTrigger.Table, account).OldestFirst().ToList())
        {
            var current = trigger;
            foreach (var day in waiting.Days)
            {
                var period = current.PeriodAt(day).From;
                if (current.FiredIn == period) continue;
                var value = ValueOf(current, day);
                if (value >= current.TriggerValue) current = Fire(current, period, value);
            }
        }
    }

    private UsageTrigger Fire(UsageTrigger trigger, DateOnly period, decimal value)
    {
        var now = _world.Clock.GetUtcNow();
        var fired = trigger with { DateFired = now, DateUpdated = now, FiredIn = period };
        var entry = _world.Store.Put(UsageTrigger.Table, trigger.Account, fired, UsageEntries.TriggerFired, 0);
        _lanes.Enqueue(trigger.Sid, new WebhookRequest
        {
            Account = trigger.Account,
            Url = trigger.CallbackUrl,
            Method = trigger.CallbackMethod,
            Parameters = Parameters(fired, period, value),
            Subject = trigger.Sid,
            Purpose = WebhookPurpose.UsageTriggerCallback,
            Cause = entry.Seq,
        });
        return fired;
    }

    /// <remarks>
    /// Names: twilio.com/docs/usage/api/usage-trigger.
    /// The token is the same for one trigger and period, however often it is sent (its spelling is inferred).
    /// </remarks>
    private static List<KeyValuePair<string, string>> Parameters(UsageTrigger trigger, DateOnly period, decimal value) =>
    [
        new("AccountSid", trigger.Account.Value),
        new("UsageTriggerSid", trigger.Sid),
        new("Recurring", trigger.Recurring),
        new("UsageCategory", trigger.Category),
        new("TriggerBy", trigger.TriggerBy),
        new("TriggerValue", UsageRecordFace.Spell(trigger.TriggerValue)),
        new("CurrentValue", UsageRecordFace.Spell(value)),
        new("UsageRecordUri", trigger.RecordUri),
        new("DateFired", TwilioDates.ToRfc2822(trigger.DateFired!.Value)),
        new("IdempotencyToken", $"{trigger.Account.Value}-FIRES-{trigger.Sid}-{WordOf(trigger, period)}"),
    ];

    private static string WordOf(UsageTrigger trigger, DateOnly period) =>
        trigger.Recurring == "alltime" ? "alltime" : period.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
