using System.Globalization;
using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Messaging.Operations;

/// <summary>How many messages an account may send a day.</summary>
/// <remarks>
/// twilio.com/docs/api/errors/63038. Counted where the API takes a message, whatever
/// becomes of it; days are UTC, and a subaccount has its own (inferred). Loop-confined.
/// </remarks>
internal sealed class DailyQuota(World world, AccountBook accounts)
{
    /// <summary>Of a trial account that was told nothing else (help.twilio.com: trial accounts; the number differs by account).</summary>
    public const int OfTrials = 50;

    /// <summary>The refusal of one message more, or null.</summary>
    public TwilioError? Fault(AccountSid account) => LimitOf(account) is { } limit && Sent(account) >= limit
        ? ErrorCodes.Error(63038, $"Account exceeded the {limit.ToString(CultureInfo.InvariantCulture)} daily messages limit")
        : null;

    /// <summary>A message was taken.</summary>
    public void Count(AccountSid account, long cause)
    {
        if (LimitOf(account) is null) return;
        world.Store.Put(SentOfDay.Table, account, new SentOfDay(Today, Sent(account) + 1), MessageEntries.DayCounted, cause);
    }

    private string Today => world.Clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private int? LimitOf(AccountSid account) => accounts.Find(account) is { } found ? found.MessagesPerDay ?? (found.IsTrial ? OfTrials : null) : null;

    private int Sent(AccountSid account) => world.Store.Table(SentOfDay.Table, account).Find(Today)?.Messages ?? 0;
}

/// <summary>Messages an account sent on a day.</summary>
/// <param name="Key">The day: <c>2026-01-05</c>.</param>
/// <param name="Messages">So many.</param>
internal sealed record SentOfDay(string Key, int Messages) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<SentOfDay> Form = new(
        "messages_of_day", static (r, m) => new SentOfDay(m.Text("day", r?.Key), m.Number("messages", r?.Messages)));

    public static readonly TableKey<SentOfDay> Table = new("messages_of_days", Form);

    public bool IsSettled => true;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("day", Key);
        json.WriteNumber("messages", Messages);
    }
}
