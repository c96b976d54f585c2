using System.Text.Json;
using TwilioEmu.Carrier.Handsets;

namespace TwilioEmu.Console.Control;

/// <summary>Lists of what there is: messages, calls, numbers, phones, queues.</summary>
/// <remarks>
/// Newest first, but for phones and queues; <c>next</c> of an answer is the next page's <c>before</c> (of what
/// is not newest first, <c>after</c>), null at the end. Filters are members of what is listed, and must be met
/// exactly; <c>number</c> is met by either end, <c>text</c> by any part of a body, in upper or lower case.
/// </remarks>
internal static class ListCalls
{
    private static readonly string[] MessageTables = ["messages"];
    private static readonly string[] CallTables = ["calls"];
    private static readonly string[] NumberTables = ["phone_numbers", "short_codes"];

    /// <summary><c>GET /messages?account&amp;from&amp;to&amp;number&amp;status&amp;direction&amp;text&amp;before&amp;limit</c>.</summary>
    public static Task<ControlAnswer?> MessagesAsync(ControlRequest request) =>
        RecordsAsync(request, "messages", MessageTables, ["from", "to", "status", "direction"], textOf: "body", hasEnds: true);

    /// <summary>
    /// <c>GET /calls?account&amp;from&amp;to&amp;number&amp;status&amp;direction&amp;parent_call_sid&amp;before&amp;limit</c>.
    /// </summary>
    public static Task<ControlAnswer?> CallsAsync(ControlRequest request) =>
        RecordsAsync(request, "calls", CallTables, ["from", "to", "status", "direction", "parent_call_sid"], textOf: null, hasEnds: true);

    /// <summary><c>GET /numbers?account&amp;number&amp;type&amp;text&amp;before&amp;limit</c>.</summary>
    public static Task<ControlAnswer?> NumbersAsync(ControlRequest request) =>
        RecordsAsync(request, "numbers", NumberTables, ["number", "type"], textOf: "friendly_name", hasEnds: false);

    /// <summary>
    /// <c>GET /handsets?text&amp;driven_from_outside&amp;after&amp;limit</c>: phones in the order they were first mentioned.
    /// </summary>
    public static async Task<ControlAnswer?> HandsetsAsync(ControlRequest request)
    {
        var limit = request.Limit;
        var (after, text, isDriven) = (request.Query("after"), request.Query("text"), request.QueryFlag("driven_from_outside"));
        var seen = await request.TurnAsync(() =>
        {
            var phones = ControlRequest.GoneOn(request.House.Handsets.All, after, static p => p.Number);
            if (text is not null) phones = phones.Where(p => p.Number.Contains(text, StringComparison.OrdinalIgnoreCase));
            if (isDriven) phones = phones.Where(p => p.Behaviour.IsDrivenFromOutside);
            return phones.Take(limit).Select(p => new Phone(
                p.Number, p.ReceivedCount, p.SentCount, request.House.Handsets.LegsAt(p.Number).Count, p.Behaviour.IsDrivenFromOutside,
                p.Last)).ToList();
        });
        return ControlAnswer.Ok(json =>
        {
            json.WriteStartArray("handsets");
            foreach (var phone in seen) phone.Write(json);
            json.WriteEndArray();
            json.WriteString("next", seen.Count == limit ? seen[^1].Number : null);
        });
    }

    /// <summary>
    /// <c>GET /queues?account&amp;sender&amp;after&amp;limit</c>: senders whose queue holds something, those that last longest first.
    /// </summary>
    public static async Task<ControlAnswer?> QueuesAsync(ControlRequest request)
    {
        var (account, sender, after) = (request.Query("account"), request.Query("sender"), request.Query("after"));
        var limit = request.Limit;
        var queues = await request.TurnAsync(() => request.House.Queues
            .Where(q => (account is null || q.Account == account) && (sender is null || q.Sender == sender))
            .Select(q => (Queue: q, Place: PlaceOf(q)))
            .Where(q => after is null || string.CompareOrdinal(q.Place, after) < 0)
            .OrderByDescending(q => q.Place, StringComparer.Ordinal).Take(limit).ToList());
        return ControlAnswer.Ok(json =>
        {
            json.WriteStartArray("queues");
            foreach (var (queue, _) in queues)
            {
                json.WriteStartObject();
                json.WriteString("account", queue.Account);
                json.WriteString("sender", queue.Sender);
                json.WriteNumber("segments_per_second", queue.SegmentsPerSecond);
                json.WriteNumber("messages", queue.Messages);
                json.WriteNumber("segments", queue.Segments);
                json.WriteNumber("capacity", queue.Capacity);
                json.WriteString("last_leaves", queue.LastLeaves.UtcDateTime);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteString("next", queues.Count == limit ? queues[^1].Place : null);
        });
    }

    // An instant and a name, not a queue that must still be there: queues run dry between pages.
    private static string PlaceOf(ControlQueue queue) => $"{queue.LastLeaves.UtcDateTime:O}/{queue.Account}/{queue.Sender}";

    private static async Task<ControlAnswer?> RecordsAsync(
        ControlRequest request, string name, IReadOnlyList<string> tables, IReadOnlyList<string> members, string? textOf, bool hasEnds)
    {
        var wanted = members.Select(m => (Member: m, Value: request.Query(m))).Where(w => w.Value is not null).ToList();
        var text = textOf is null ? null : request.Query("text");
        var end = hasEnds ? request.Query("number") : null;
        var list = new RecordList(request, tables)
        {
            Account = request.Query("account"),
            Before = request.Query("before"),
            Filter = wanted.Count == 0 && text is null && end is null ? null : Fits,
        };
        var limit = request.Limit;
        var (rows, next) = await list.TakeAsync(limit);
        return ControlAnswer.Ok(json =>
        {
            json.WriteStartArray(name);
            foreach (var row in rows) row.Write(json);
            json.WriteEndArray();
            json.WriteString("next", next);
        });

        bool Fits(JsonElement record) =>
            wanted.All(w => Text(record, w.Member) == w.Value)
            && (end is null || Text(record, "from") == end || Text(record, "to") == end)
            && (text is null || Text(record, textOf!)?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);
    }

    private static string? Text(JsonElement record, string member) =>
        record.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A phone of the list.</summary>
    private sealed record Phone(string Number, int Received, int Sent, int Calls, bool IsDrivenFromOutside, HandsetText? Last)
    {
        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("number", Number);
            json.WriteNumber("received", Received);
            json.WriteNumber("sent", Sent);
            json.WriteNumber("calls", Calls);
            json.WriteBoolean("driven_from_outside", IsDrivenFromOutside);
            if (Last is not null)
            {
                json.WriteStartObject("last");
                json.WriteString("at", Last.At.UtcDateTime);
                Last.WriteMembers(json);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
    }
}
