using System.Buffers;
using System.Globalization;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Scenarios.Matching;

/// <summary>A journal entry with its data as JSON: what stories look at, whether the world is in this process or another.</summary>
public sealed class JournalLine
{
    private readonly Entry? _entry;
    private readonly JsonElement _data;

    /// <summary>Of an entry's parts, its data parsed.</summary>
    public JournalLine(long seq, DateTimeOffset at, string account, string kind, string subject, long cause, JsonElement data)
        : this(seq, at, account, kind, subject, cause) => _data = data;

    private JournalLine(long seq, DateTimeOffset at, string account, string kind, string subject, long cause) =>
        (Seq, At, Account, Kind, Subject, Cause) = (seq, at, account, kind, subject, cause);

    private JournalLine(Entry entry)
        : this(entry.Seq, entry.At, entry.Account.Value, entry.Kind, entry.Subject, entry.Cause) => _entry = entry;

    /// <summary>Its place in the journal: 1, 2, 3, ...</summary>
    public long Seq { get; }

    /// <summary>The world's instant, UTC.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Whose it is; empty for nobody's.</summary>
    public string Account { get; }

    /// <summary>What happened.</summary>
    public string Kind { get; }

    /// <summary>What it happened to: a SID, a phone number, a path.</summary>
    public string Subject { get; }

    /// <summary>The <see cref="Seq"/> of the entry this one follows from, or 0.</summary>
    public long Cause { get; }

    /// <summary>The particulars, an object; of an entry of this process rendered when they are first asked for.</summary>
    public JsonElement Data => _entry is { } entry ? entry.Render().Data : _data;

    /// <summary>Of an entry of a world in this process; safe on any thread, and cheap until somebody looks at its data.</summary>
    public static JournalLine Of(Entry entry) => new(entry);

    /// <summary>Of an entry as the control API writes it; null when it is none.</summary>
    public static JournalLine? Of(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("seq", out var seq) || !entry.TryGetProperty("at", out var at))
        {
            return null;
        }
        return new JournalLine(
            seq.GetInt64(), at.GetDateTimeOffset(), Text(entry, "account"), Text(entry, "kind"), Text(entry, "subject"),
            entry.TryGetProperty("cause", out var cause) ? cause.GetInt64() : 0,
            entry.TryGetProperty("data", out var data) ? data.Clone() : Parse("{}"u8));
    }

    /// <summary>One line for people: time since an instant, what, about whom, and the particulars.</summary>
    public string Describe(DateTimeOffset since, int maxLength)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture, $"#{Seq,-4} +{(At - since).TotalSeconds,7:0.000}s  {Kind,-20} {Subject}  {Data.GetRawText()}");
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
