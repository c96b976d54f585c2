using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Packing;

/// <summary>Many records as one stretch of bytes: what a start reads, since documents one by one take it too long.</summary>
/// <remarks>
/// <code>
/// block version, table, account, form or null, rows; row with a form: place,
/// key, alias or null, record; without, of one that is gone: arrived
/// </code>
/// A record is known by where it arrived in its table; of two rows of one record the later one holds. Rows of settled records, which stay,
/// lie in other blocks than those that are soon of the past.
/// </remarks>
internal sealed class BlockCodec(RecordForms forms)
{
    private const int Version = 2;

    /// <summary>Bytes of a block, about.</summary>
    public const int Size = 512 * 1024;

    private readonly PackedWriter _writer = new();
    private readonly PackedWriter _record = new();

    /// <summary>Packs rows into blocks.</summary>
    public IEnumerable<byte[]> Write(IEnumerable<Row> rows)
    {
        foreach (var group in rows.GroupBy(
            r => (r.Key.Table, r.Key.Account, r.State.Record is null ? null : r.State.Form, r.State.Place.IsSettled)))
        {
            var (table, account, form, _) = group.Key;
            var hasRows = false;
            foreach (var row in group)
            {
                if (!hasRows) Begin(table, account, form);
                Write(row);
                hasRows = _writer.Written.Length < Size;
                if (!hasRows) yield return _writer.Written.ToArray();
            }
            if (hasRows) yield return _writer.Written.ToArray();
        }
    }

    /// <summary>Packs rows into blocks that were packed before.</summary>
    public IEnumerable<byte[]> Write(IEnumerable<PackedRow> rows)
    {
        foreach (var group in rows.GroupBy(r => (r.Table, r.Account, r.Form, r.Place.IsSettled)))
        {
            var (table, account, form, _) = group.Key;
            var hasRows = false;
            foreach (var row in group)
            {
                if (!hasRows) Begin(table, account, form);
                WriteHead(row.Place, row.Key.Sid?.ToString() ?? row.Key.Text, row.Alias);
                _writer.Bytes(row.Bytes.Span);
                hasRows = _writer.Written.Length < Size;
                if (!hasRows) yield return _writer.Written.ToArray();
            }
            if (hasRows) yield return _writer.Written.ToArray();
        }
    }

    /// <summary>Reads a block's rows; those that are gone have neither key nor form.</summary>
    /// <exception cref="InvalidDataException">The bytes are no block of ours.</exception>
    public IEnumerable<PackedRow> Read(byte[] block)
    {
        var reader = new PackedReader(block);
        var (table, account, form) = ReadHead(reader);
        while (!reader.IsAtEnd)
        {
            yield return form is null
                ? new PackedRow(table, account, null, new RowPlace(reader.Long("arrived", null), 0, default), default, null, default)
                : ReadRow(reader, table, account, form);
        }
    }

    /// <summary>What all rows of a block are of, and where the first begins.</summary>
    /// <exception cref="InvalidDataException">The bytes are no block of ours.</exception>
    public (string Table, AccountSid Account, RecordForm? Form, int Length) ReadHead(byte[] block)
    {
        var (table, account, form) = ReadHead(new PackedReader(block));
        var scanner = new RowScanner(block, 0);
        scanner.PassNumber();
        for (var text = 0; text < 3; text++) scanner.PassText();
        return (table, account, form, scanner.At);
    }

    /// <summary>Reads the row, of a record that is there, that begins at a place.</summary>
    public static PackedRow ReadRow(PackedReader reader, byte[] block, int offset, string table, AccountSid account, RecordForm form)
    {
        reader.Begin(block.AsMemory(offset));
        return ReadRow(reader, table, account, form);
    }

    /// <summary>Passes over the rest of a row, of a record that is there, whose place was read as far as where it arrived.</summary>
    public static void PassRest(ref RowScanner row)
    {
        row.PassNumber();
        row.PassNumber();
        row.PassText();
        row.PassText();
        row.PassBytes();
    }

    private (string Table, AccountSid Account, RecordForm? Form) ReadHead(PackedReader reader)
    {
        if (reader.Number("version", null) is var version
            && version != Version) throw new InvalidDataException($"a block is of version {version}; this program knows {Version}");
        var (table, account) = (string.Intern(reader.Text("table", null)), new AccountSid(string.Intern(reader.Text("account", null))));
        return (table, account, reader.TextOrNull("form", null) is { } name ? BatchCodec.FormOf(forms, name) : null);
    }

    private static PackedRow ReadRow(PackedReader reader, string table, AccountSid account, RecordForm form)
    {
        var place = RowPlace.Walk(null, reader);
        return new PackedRow(table, account, form, place, reader.TextOrSid(), reader.TextOrNull("alias", null), reader.Bytes());
    }

    private void Begin(string table, AccountSid account, RecordForm? form)
    {
        _writer.Clear();
        _writer.Number("version", Version);
        _writer.Text("table", table);
        _writer.Account("account", account);
        _writer.TextOrNull("form", form?.Name);
    }

    private void WriteHead(RowPlace place, string key, string? alias)
    {
        RowPlace.Walk(place, _writer);
        _writer.Text("key", key);
        _writer.TextOrNull("alias", alias);
    }

    private void Write(Row row)
    {
        if (row.State.Record is not { } record)
        {
            _writer.Long("arrived", row.State.Place.Arrived);
            return;
        }
        WriteHead(row.State.Place, row.Key.Key, record.Alias);
        _record.Clear();
        row.State.Form!.Write(record, _record);
        _writer.Bytes(_record.Written);
    }
}
