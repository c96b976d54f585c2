using System.Globalization;
using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Messaging.Operations;

/// <summary>How many messages an account may send in any 24 hours.</summary>
/// <remarks>
/// twilio.com/docs/api/errors/63038: a rolling window. Counted where the API takes a message, whatever becomes of it; a subaccount has its
/// own (inferred). What was sent before a restart is counted by the account's list: what was deleted meanwhile is forgotten with it.
/// Loop-confined.
/// </remarks>
internal sealed class DailyQuota(World world, AccountBook accounts)
{
    /// <summary>Of a trial account that was told nothing else (help.twilio.com: trial accounts; the number differs by account).</summary>
    public const int OfTrials = 50;

    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    // When messages were taken, the oldest first; only of accounts that have a limit, and never more of one than its limit.
    private readonly Dictionary<AccountSid, Queue<long>> _taken = [];

    /// <summary>The refusal of one message more, or null.</summary>
    public TwilioError? Fault(AccountSid account) => LimitOf(account) is { } limit && Lately(account, limit).Count >= limit
        ? ErrorCodes.Error(63038, $"Account exceeded the {limit.ToString(CultureInfo.InvariantCulture)} daily messages limit")
        : null;

    /// <summary>A message was taken; <see cref="Fault"/> was asked before.</summary>
    public void Count(AccountSid account)
    {
        if (LimitOf(account) is { } limit) Lately(account, limit).Enqueue(world.Clock.GetUtcNow().UtcTicks);
    }

    private int? LimitOf(AccountSid account) =>
        accounts.Find(account) is { } found ? found.MessagesPerDay ?? (found.IsTrial ? OfTrials : null) : null;

    /// <summary>The messages of the window that ends now.</summary>
    private Queue<long> Lately(AccountSid account, int limit)
    {
        var since = (world.Clock.GetUtcNow() - Window).UtcTicks;
        if (!_taken.TryGetValue(account, out var taken)) _taken.Add(account, taken = new Queue<long>(Listed(account, since, limit)));
        while (taken.TryPeek(out var oldest) && oldest <= since) taken.Dequeue();
        return taken;
    }

    /// <summary>What the account's list has of the window, the oldest first: what an earlier process took.</summary>
    private IEnumerable<long> Listed(AccountSid account, long since, int limit) => world.Store.Table(Message.Table, account).NewestFirst()
        .TakeWhile(m => m.Created.UtcTicks > since)
        .Where(m => m.Direction == MessageDirection.OutboundApi)
        .Take(limit)
        .Select(m => m.Created.UtcTicks)
        .Reverse();
}

/// <summary>Messages an account sent on a day: in folders that were written when days were counted, and of no use since.</summary>
/// <param name="Key">The day: <c>2026-01-05</c>.</param>
/// <param name="Messages">So many.</param>
internal sealed record SentOfDay(string Key, int Messages) : IRecord
{
    /// <summary>How it is read back.</summary>
    public static readonly RecordForm<SentOfDay> Form = new(
        "messages_of_day", static (r, m) => new SentOfDay(m.Text("day", r?.Key), m.Number("messages", r?.Messages)));

    public bool IsSettled => true;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("day", Key);
        json.WriteNumber("messages", Messages);
    }
}
