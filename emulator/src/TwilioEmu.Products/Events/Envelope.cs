using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TwilioEmu.Products.Events;

/// <summary>An event as it goes out: CloudEvents 1.0.</summary>
/// <remarks>twilio.com/docs/events/event-streams-cloudevents. Pure.</remarks>
/// <param name="Type"><c>com.twilio.messaging.message.sent</c>.</param>
/// <param name="Source">What it is about: a resource's path.</param>
/// <param name="Id">Its own: what an app knows copies by.</param>
/// <param name="Schema"><c>Messaging.MessageStatus/8</c>.</param>
internal sealed record Envelope(string Type, string Source, string Id, string Schema)
{
    /// <summary>The whole, as JSON.</summary>
    /// <param name="at">When it happened.</param>
    /// <param name="data">Writes the members of <c>data</c>.</param>
    public string Write(DateTimeOffset at, Action<Utf8JsonWriter> data)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("type", Type);
            json.WriteString("source", Source);
            json.WriteString("id", Id);
            json.WriteString("dataschema", $"https://events-schemas.twilio.com/{Schema}");
            json.WriteString("datacontenttype", "application/json");
            json.WriteString("time", Instant(at));
            json.WriteStartObject("data");
            data(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>
    /// The values of an envelope and of its <c>data</c> by their names, for claims and windows; lists and objects are left out.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> MembersOf(string envelope)
    {
        using var json = JsonDocument.Parse(envelope);
        var root = json.RootElement;
        return [.. Values(root), .. Values(root.GetProperty("data"))];
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(JsonElement of) => of.EnumerateObject()
        .Where(m => m.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
        .Select(m => KeyValuePair.Create(m.Name, m.Value.ToString()));

    /// <summary>ISO 8601 with milliseconds, as events have it.</summary>
    public static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
