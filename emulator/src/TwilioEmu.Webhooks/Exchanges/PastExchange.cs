using TwilioEmu.Kernel.Journal;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Exchanges;

/// <summary>A request that was made to the app and what came back, as the journal has kept them.</summary>
/// <param name="Url">Without credentials and connection overrides.</param>
/// <param name="Parameters">In the order they were sent.</param>
/// <param name="Status">Null when nothing came back.</param>
/// <param name="Body">As much of it as was kept; null when nothing came back.</param>
/// <param name="At">When it was answered, or given up.</param>
/// <param name="Took">From the request to then, in world time.</param>
public sealed record PastExchange(
    string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Parameters, int? Status, string? ContentType, string? Body,
    DateTimeOffset At, TimeSpan Took)
{
    /// <summary>The exchange an entry ends; null for any other entry, and where its beginning was trimmed. On the loop.</summary>
    public static PastExchange? EndedBy(WorldJournal journal, Entry entry)
    {
        if ((entry.Kind != WebhookEntries.Answered.Name && entry.Kind != WebhookEntries.Failed.Name)
            || journal.Find(entry.Cause) is not { Data: SentData sent } sentEntry)
        {
            return null;
        }
        var answered = entry.Data as AnsweredData;
        return new PastExchange(
            sent.Outgoing.Method, sent.Outgoing.Url.Shown, sent.Request.Parameters, answered?.Status, answered?.ContentType,
            answered?.Body, entry.At,
            entry.At - sentEntry.At);
    }
}
