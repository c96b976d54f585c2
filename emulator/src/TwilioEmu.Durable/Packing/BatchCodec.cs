using System.Buffers;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Packing;

/// <summary>Batches as bytes.</summary>
/// <remarks>
/// <code>
/// batch  version, instant, last seq, entries, parts
/// entry  seq, instant, account, kind, subject, cause, what: 0 nothing | 1 put: table, form, place, record | 2 removal: the same | 3 trim:
/// table, keys, places, kept | 4 JSON
/// part   name, 1 and its bytes, or 0 for one that is no more
/// </code>
/// A record is packed by its form, everything else an entry tells is kept as the JSON it shows.
/// </remarks>
internal sealed class BatchCodec(RecordForms forms)
{
    private const int Version = 1;

    private readonly PackedWriter _writer = new();
    private readonly PackedWriter _record = new();

    /// <summary>Packs a batch; what is returned is good until the next.</summary>
    public ReadOnlySpan<byte> Write(Batch batch)
    {
        _writer.Clear();
        _writer.Number("version", Version);
        _writer.Instant("at", batch.At);
        _writer.Long("last_seq", batch.LastSeq);
        _writer.Number("entries", batch.Entries.Count);
        foreach (var entry in batch.Entries) Write(entry);
        _writer.Number("parts", batch.Parts.Count);
        foreach (var (name, part) in batch.Parts)
        {
            _writer.Text("name", name);
            _writer.Flag("there", part is not null);
            if (part is not null) _writer.Bytes(part);
        }
        return _writer.Written;
    }

    /// <summary>Reads one back. Records of entries are those of then.</summary>
    /// <exception cref="InvalidDataException">The bytes are no batch of ours.</exception>
    public Batch Read(byte[] bytes)
    {
        var reader = new PackedReader(bytes);
        var (at, lastSeq, count) = ReadHead(reader);
        var entries = new Entry[count];
        for (var i = 0; i < entries.Length; i++) entries[i] = ReadEntry(reader);
        var parts = new (string, byte[]?)[reader.Number("parts", null)];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = (reader.Text("name", null), reader.Flag("there", null) ? reader.Bytes().ToArray() : null);
        }
        return new Batch(at, lastSeq, entries, parts);
    }

    /// <summary>Reads what one is about.</summary>
    /// <exception cref="InvalidDataException">The bytes are no batch of ours.</exception>
    public static BatchHead ReadHeadOf(byte[] bytes)
    {
        var reader = new PackedReader(bytes);
        var (at, lastSeq, count) = ReadHead(reader);
        return new BatchHead(at, lastSeq, count > 0 ? reader.Long("seq", null) : lastSeq + 1, count);
    }

    private static (DateTimeOffset At, long LastSeq, int Count) ReadHead(PackedReader reader)
    {
        if (reader.Number("version", null) is var version && version != Version)
        {
            throw new InvalidDataException($"a batch is of version {version}; this program knows {Version}");
        }
        var (at, lastSeq, count) = (reader.Instant("at", null), reader.Long("last_seq", null), reader.Number("entries", null));
        // An entry takes some bytes.
        return count >= 0 && count <= reader.Left
            ? (at, lastSeq, count)
            : throw new InvalidDataException("more entries are said to follow than do");
    }

    private void Write(Entry entry)
    {
        _writer.Long("seq", entry.Seq);
        _writer.Instant("at", entry.At);
        _writer.Account("account", entry.Account);
        _writer.Text("kind", entry.Kind);
        _writer.Text("subject", entry.Subject);
        _writer.Long("cause", entry.Cause);
        switch (entry.Data)
        {
            case null:
                _writer.Number("what", 0);
                break;
            case RecordChange { Form: { } form } change:
                _writer.Number("what", change.IsRemoval ? 2 : 1);
                _writer.Text("table", change.Table);
                _writer.Text("form", form.Name);
                RowPlace.Walk(change.Place, _writer);
                _record.Clear();
                form.Write(change.Record, _record);
                _writer.Bytes(_record.Written);
                break;
            case TableTrim trim:
                _writer.Number("what", 3);
                _writer.Text("table", trim.Table);
                _writer.Texts("keys", trim.Keys);
                foreach (var arrived in trim.Arrived) _writer.Long("arrived", arrived);
                _writer.Number("kept", trim.Kept);
                break;
            default:
                _writer.Number("what", 4);
                _writer.Bytes(JsonOf(entry.Data));
                break;
        }
    }

    private Entry ReadEntry(PackedReader reader)
    {
        var (seq, at, account) = (reader.Long("seq", null), reader.Instant("at", null), reader.Account("account", null));
        var (kind, subject, cause) = (reader.Text("kind", null), reader.Text("subject", null), reader.Long("cause", null));
        return new Entry(seq, at, account, string.Intern(kind), subject, cause, ReadData(reader));
    }

    private IEntryData? ReadData(PackedReader reader)
    {
        switch (reader.Number("what", null))
        {
            case 0:
                return null;
            case 1:
                return ReadChange(reader, isRemoval: false);
            case 2:
                return ReadChange(reader, isRemoval: true);
            case 3:
                var (table, keys) = (reader.Text("table", null), reader.Texts("keys", null));
                var arrived = new long[keys.Count];
                for (var i = 0; i < arrived.Length; i++) arrived[i] = reader.Long("arrived", null);
                return new TableTrim(table, keys, reader.Number("kept", null)) { Arrived = arrived };
            case 4:
                return new ToldData(reader.Bytes().ToArray());
            case var other:
                throw new InvalidDataException($"an entry tells of {other}, which is nothing");
        }
    }

    private RecordChange ReadChange(PackedReader reader, bool isRemoval)
    {
        var (table, form) = (string.Intern(reader.Text("table", null)), FormOf(forms, reader.Text("form", null)));
        var place = RowPlace.Walk(null, reader);
        return new RecordChange(table, form.Read(new PackedReader(reader.Bytes())), isRemoval) { Form = form, Place = place };
    }

    internal static RecordForm FormOf(RecordForms forms, string name) =>
        forms.Find(name) ?? throw new InvalidDataException($"there is no record called {name}");

    /// <summary>What an entry tells, as one JSON object.</summary>
    internal static byte[] JsonOf(IEntryData data)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Entry.Options))
        {
            json.WriteStartObject();
            data.WriteMembers(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
