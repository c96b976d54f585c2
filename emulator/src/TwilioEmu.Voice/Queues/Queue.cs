using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Voice.Queues;

/// <summary>A queue of calls, as the Queue resource keeps it; who waits in it is in the <see cref="QueueBook"/>.</summary>
/// <remarks>twilio.com/docs/voice/api/queue-resource.</remarks>
internal sealed record Queue(
    string Sid, AccountSid Account, string FriendlyName, int MaxSize, DateTimeOffset Created, DateTimeOffset Updated) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Queue> Form = new("queue", static (r, m) => new Queue(
        m.Text("sid", r?.Sid), m.Account("account_sid", r?.Account), m.Text("friendly_name", r?.FriendlyName),
        m.Number("max_size", r?.MaxSize), m.Instant("date_created", r?.Created), m.Instant("date_updated", r?.Updated)));

    public static readonly TableKey<Queue> Table = new("queues", Form);

    /// <summary>Unless told: MaxSize (twilio.com/docs/voice/api/queue-resource).</summary>
    public const int UsualMaxSize = 1000;

    /// <summary>The largest MaxSize.</summary>
    public const int LargestMaxSize = 5000;

    public const int MaxNameLength = 64;

    public string Key => Sid;

    /// <summary>Names are unique in an account (inferred: <c>&lt;Enqueue&gt;</c> finds a queue by its name).</summary>
    public string? Alias => FriendlyName;

    public bool IsSettled => false;

    public string Uri => $"/2010-04-01/Accounts/{Account}/Queues/{Sid}.json";

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("friendly_name", FriendlyName);
        json.WriteNumber("max_size", MaxSize);
    }
}
