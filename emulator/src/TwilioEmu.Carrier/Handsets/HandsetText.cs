using System.Text.Json;
using TwilioEmu.Carrier.Codes;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>A text as a phone keeps it.</summary>
/// <param name="MessageSid">The emulator's name for it, empty between two phones.</param>
public sealed record HandsetText(
    DateTimeOffset At, string MessageSid, string From, string To, string Body, IReadOnlyList<string> MediaUrls) : IEntryData
{
    internal static readonly DataForm<HandsetText> Form = new(static (t, m) =>
    {
        var (at, sid, from) = (m.Instant("at", t?.At), m.Text("message_sid", t?.MessageSid), m.Text("from", t?.From));
        var (to, body, media) = (m.Text("to", t?.To), m.Text("body", t?.Body), m.Texts("media_urls", t?.MediaUrls));
        var content = m.PartOrNull("content", t?.Content, RichContent.Walk);
        return t ?? new HandsetText(at, sid, from, to, body, media) { Content = content };
    });

    /// <summary>A text that is there, as the phone keeps it.</summary>
    internal static HandsetText Of(TextMessage message, DateTimeOffset at) =>
        new(at, message.Subject, message.From, message.To, message.Body, message.MediaUrls) { Content = message.Content };

    /// <summary>The one-time code it has; null for none.</summary>
    internal CodeKept? CodeIn(TextMessage message) =>
        CodeKept.Of(At, ChannelAddress.ChannelOf(From) ?? "sms", From, MessageSid, Body, message.Code);

    /// <inheritdoc/>
    public DataForm? Packing => Form;

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
