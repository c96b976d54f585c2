using System.Buffers;
using System.Text.Json;

namespace TwilioEmu.Kernel.Journal;

/// <summary>An entry as JSON; its particulars are parsed when first asked for. Safe from any thread.</summary>
public sealed class Rendering
{
    private readonly int _dataAt;
    private object? _data;

    internal Rendering(Entry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer, Entry.Options);
        json.WriteStartObject();
        json.WriteNumber("seq", entry.Seq);
        json.WriteString("at", entry.At.UtcDateTime);
        json.WriteString("account", entry.Account.Value);
        json.WriteString("kind", entry.Kind);
        json.WriteString("subject", entry.Subject);
        json.WriteNumber("cause", entry.Cause);
        json.WritePropertyName("data");
        json.Flush();
        _dataAt = buffer.WrittenCount;
        json.WriteStartObject();
        entry.Data?.WriteMembers(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        Utf8 = buffer.WrittenMemory;
    }

    /// <summary>The entry: <c>{"seq":1,"at":"...","account":"AC...","kind":"...","subject":"...","cause":0,"data":{...}}</c>.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Its <c>data</c>, an object.</summary>
    public JsonElement Data
    {
        get
        {
            if (Volatile.Read(ref _data) is JsonElement parsed) return parsed;
            var data = JsonElement.Parse(Utf8.Span[_dataAt..^1]);
            Volatile.Write(ref _data, data);
            return data;
        }
    }
}
