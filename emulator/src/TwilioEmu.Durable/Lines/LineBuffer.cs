using System.Buffers;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Durable.Lines;

/// <summary>Lines until they are handed on, each an object with one member that says what it is.</summary>
internal sealed class LineBuffer
{
    private readonly ArrayBufferWriter<byte> _bytes = new(128 * 1024);

    /// <summary>Bytes that wait.</summary>
    public int Count => _bytes.WrittenCount;

    /// <summary>All lines so far.</summary>
    public long LineCount { get; private set; }

    /// <summary>Adds a line.</summary>
    public void Add(string kind, Action<Utf8JsonWriter> members)
    {
        using (var json = new Utf8JsonWriter(_bytes, Entry.Options))
        {
            json.WriteStartObject();
            json.WriteStartObject(kind);
            members(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        End();
    }

    /// <summary>Adds an entry, as it is shown.</summary>
    public void Add(string kind, Entry entry)
    {
        using (var json = new Utf8JsonWriter(_bytes, Entry.Options))
        {
            json.WriteStartObject();
            json.WritePropertyName(kind);
            entry.WriteTo(json);
            json.WriteEndObject();
        }
        End();
    }

    /// <summary>Hands them on.</summary>
    public async Task FlushAsync(Stream to, CancellationToken cancellation)
    {
        await to.WriteAsync(_bytes.WrittenMemory, cancellation).ConfigureAwait(false);
        _bytes.ResetWrittenCount();
    }

    private void End()
    {
        _bytes.Write("\n"u8);
        LineCount++;
    }
}
