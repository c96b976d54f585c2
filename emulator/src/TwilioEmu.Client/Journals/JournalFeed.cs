using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using TwilioEmu.Client.Wire;

namespace TwilioEmu.Client.Journals;

/// <summary>The journal as it is written, by Server-Sent Events (html.spec.whatwg.org, 9.2).</summary>
internal static class JournalFeed
{
    /// <summary>Entries until the caller stops, the emulator goes away, or its world is reset.</summary>
    /// <remarks>
    /// Entries that came faster than they were read may be lost on the way; that is told by an exception, not passed over.
    /// </remarks>
    public static async IAsyncEnumerable<JournalEntry> ReadAsync(
        ControlWire wire, JournalQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await wire.OpenAsync(query.AddTo(new QueryText("/journal/stream")).ToString(), cancellation);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        await foreach (var item in SseParser.Create(stream, static (_, data) => Encoding.UTF8.GetString(data)).EnumerateAsync(cancellation))
        {
            switch (item.EventType)
            {
                case "reset": yield break;
                case "gap":
                    throw new EmulatorException(response.StatusCode, $"entries were lost on the way: {item.Data}", "GET /journal/stream");
                default:
                    var entry = JsonSerializer.Deserialize(item.Data, ClientJson.Default.JournalEntry);
                    if (entry is not null) yield return entry;
                    break;
            }
        }
    }
}
