using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Packing;

/// <summary>Many records as one stretch of bytes: what a start reads, since documents one by one take it too long.</summary>
/// <remarks>
/// <code>
/// block version, table, account, form or null, rows
/// row   with a form: 8 bytes for the store, count, extent (4 bytes each), record, place, key, alias or null, 0 or
///       one more than what it weighs where it waits; without, of one that is gone: arrived
/// </code>
/// As a store's own blocks lie (<see cref="PackedBlock"/>), so that it takes them over as they are. A record is known by where it arrived
/// in its table; of two rows of one record the later one holds. Rows of settled records, which stay, lie in other blocks than those that
/// are soon of the past.
/// </remarks>
internal sealed class BlockCodec(RecordForms forms)
{
    private const int Version = 3;

    // Had place, key and alias before a record, whose count alone followed: written anew when it is read.
    private const int VersionBefore = 2;

    /// <summary>Bytes of a block, about.</summary>
    public const int Size = 512 * 1024;

    private readonly PackedWriter _writer = new();
    private readonly PackedWriter _record = new();
    private readonly PackedWriter _about = new();

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
                Write(row);
                hasRows = _writer.Written.Length < Size;
                if (!hasRows) yield return _writer.Written.ToArray();
            }
            if (hasRows) yield return _writer.Written.ToArray();
        }
    }

    /// <summary>A block as this program writes it; of the version before, the same rows in one of now.</summary>
    /// <exception cref="InvalidDataException">The bytes are no block of ours.</exception>
    public byte[] Renew(byte[] block)
    {
        var reader = new PackedReader(block);
        if (reader.Number("version", null) != VersionBefore) return block;
        var (table, account, form) = ReadNames(reader);
        Begin(table, account, form);
        while (!reader.IsAtEnd)
        {
            if (form is null) _writer.Long("arrived", reader.Long("arrived", null));
            else Write(ReadKey(reader, table, account, form) with { Bytes = reader.Bytes() });
        }
        return _writer.Written.ToArray();
    }

    /// <summary>Reads a block's rows; those that are gone have neither key nor form.</summary>
    /// <exception cref="InvalidDataException">The bytes are no block of ours.</exception>
    public IEnumerable<PackedRow> Read(byte[] block)
    {
        var (reader, names) = (new PackedReader(block), ReadHead(block));
        for (var at = names.Length; at < block.Length;)
        {
            if (names.Form is { } form)
            {
                yield return ReadRow(reader, block, at, names.Table, names.Account, form);
                at += PackedBlock.HeadSize + PackedBlock.ReadHead(block, at).Extent;
                continue;
            }
            reader.Begin(block.AsMemory(at));
            yield return new PackedRow(
                names.Table, names.Account, null, new RowPlace(reader.Long("arrived", null), 0, default), default, null, default);
            at = block.Length - reader.Left;
        }
    }

    /// <summary>What all rows of a block are of, and where the first begins.</summary>
    /// <exception cref="InvalidDataException">The bytes are no block of ours.</exception>
    public (string Table, AccountSid Account, RecordForm? Form, int Length) ReadHead(byte[] block)
    {
        var reader = new PackedReader(block);
        if (reader.Number("version", null) is var version
            && version != Version) throw new InvalidDataException($"a block is of version {version}; this program knows {Version}");
        var (table, account, form) = ReadNames(reader);
        return (table, account, form, block.Length - reader.Left);
    }

    /// <summary>Reads the row, of a record that is there, that begins at a place.</summary>
    public static PackedRow ReadRow(PackedReader reader, byte[] block, int offset, string table, AccountSid account, RecordForm form)
    {
        var (count, extent) = PackedBlock.ReadHead(block, offset);
        var record = block.AsMemory(offset + PackedBlock.HeadSize, extent);
        reader.Begin(record[count..]);
        var row = ReadKey(reader, table, account, form) with { Bytes = record[..count] };
        return reader.Number("waiting_weight", null) is > 0 and var weight ? row with { WaitingWeight = weight - 1 } : row;
    }

    private (string Table, AccountSid Account, RecordForm? Form) ReadNames(PackedReader reader)
    {
        var (table, account) = (string.Intern(reader.Text("table", null)), new AccountSid(string.Intern(reader.Text("account", null))));
        return (table, account, reader.TextOrNull("form", null) is { } name ? BatchCodec.FormOf(forms, name) : null);
    }

    private static PackedRow ReadKey(PackedReader reader, string table, AccountSid account, RecordForm form)
    {
        var place = RowPlace.Walk(null, reader);
        return new PackedRow(table, account, form, place, reader.TextOrSid(), reader.TextOrNull("alias", null), default);
    }

    private void Begin(string table, AccountSid account, RecordForm? form)
    {
        _writer.Clear();
        _writer.Number("version", Version);
        _writer.Text("table", table);
        _writer.Account("account", account);
        _writer.TextOrNull("form", form?.Name);
    }

    private void Write(PackedRow row) => Write(
        row.Place, row.Key.Sid?.ToString() ?? row.Key.Text, row.Alias, row.WaitingWeight, row.Bytes.Span);

    private void Write(Row row)
    {
        if (row.State.Record is not { } record)
        {
            _writer.Long("arrived", row.State.Place.Arrived);
            return;
        }
        _record.Clear();
        row.State.Form!.Write(record, _record);
        Write(row.State.Place, row.Key.Key, record.Alias, record.IsWaiting ? record.Weight : null, _record.Written);
    }

    private void Write(RowPlace place, string key, string? alias, int? waitingWeight, ReadOnlySpan<byte> record)
    {
        _about.Clear();
        RowPlace.Walk(place, _about);
        _about.Text("key", key);
        _about.TextOrNull("alias", alias);
        _about.Number("waiting_weight", waitingWeight is { } weight ? weight + 1 : 0);
        Span<byte> head = stackalloc byte[PackedBlock.HeadSize];
        PackedBlock.WriteHead(head, record.Length, record.Length + _about.Written.Length);
        _writer.Raw(head);
        _writer.Raw(record);
        _writer.Raw(_about.Written);
    }
}
