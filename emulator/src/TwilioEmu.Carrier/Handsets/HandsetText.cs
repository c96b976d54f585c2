using System.Text.Json;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>A text as a phone keeps it.</summary>
/// <param name="MessageSid">The emulator's name for it, empty between two phones.</param>
public sealed record HandsetText(
    DateTimeOffset At, string MessageSid, string From, string To, string Body, IReadOnlyList<string> MediaUrls) : IEntryData
{
    private static readonly DataForm<HandsetText> Form = new((t, m) => new HandsetText(
        m.Instant("at", t?.At), m.Text("message_sid", t?.MessageSid), m.Text("from", t?.From), m.Text("to", t?.To), m.Text("body", t?.Body),
        m.Texts("media_urls", t?.MediaUrls)));

    /// <inheritdoc/>
    public DataForm? Packing => Content is null ? Form : null;

    /// <summary>What the channel shows around its words; null for plain text.</summary>
    public RichContent? Content { get; init; }

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("message_sid", MessageSid);
        json.WriteString("from", From);
        json.WriteString("to", To);
        json.WriteString("body", Body);
        json.WriteStartArray("media_urls");
        foreach (var url in MediaUrls) json.WriteStringValue(url);
        json.WriteEndArray();
        if (Content is null) return;
        json.WritePropertyName("content");
        Content.Write(json);
    }
}
