using System.Buffers;
using System.Globalization;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Scenarios.Matching;

/// <summary>A journal entry with its data rendered: what stories look at, whether the world is in this process or another.</summary>
public sealed record JournalLine(long Seq, DateTimeOffset At, string Account, string Kind, string Subject, long Cause, JsonElement Data)
{
    /// <summary>Of an entry of a world in this process; safe on any thread.</summary>
    public static JournalLine Of(Entry entry) =>
        new(entry.Seq, entry.At, entry.Account.Value, entry.Kind, entry.Subject, entry.Cause, entry.Render().Data);

    /// <summary>Of an entry as the control API writes it; null when it is none.</summary>
    public static JournalLine? Of(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("seq", out var seq) || !entry.TryGetProperty("at", out var at)) return null;
        return new JournalLine(
            seq.GetInt64(), at.GetDateTimeOffset(), Text(entry, "account"), Text(entry, "kind"), Text(entry, "subject"),
            entry.TryGetProperty("cause", out var cause) ? cause.GetInt64() : 0,
            entry.TryGetProperty("data", out var data) ? data.Clone() : Parse("{}"u8));
    }

    /// <summary>One line for people: time since an instant, what, about whom, and the particulars.</summary>
    public string Describe(DateTimeOffset since, int maxLength)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"#{Seq,-4} +{(At - since).TotalSeconds,7:0.000}s  {Kind,-20} {Subject}  {Data.GetRawText()}");
        return line.Length <= maxLength ? line : line[..(maxLength - 3)] + "...";
    }

    /// <summary>The whole entry as JSON, so that a story may keep it and use its values.</summary>
    public JsonElement ToElement()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Entry.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("seq", Seq);
            json.WriteString("at", At.UtcDateTime);
            json.WriteString("account", Account);
            json.WriteString("kind", Kind);
            json.WriteString("subject", Subject);
            json.WriteNumber("cause", Cause);
            json.WritePropertyName("data");
            Data.WriteTo(json);
            json.WriteEndObject();
        }
        return Parse(buffer.WrittenSpan);
    }

    internal static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        return JsonElement.ParseValue(ref reader);
    }

    private static string Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
