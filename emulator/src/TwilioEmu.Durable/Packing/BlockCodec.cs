using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Packing;

/// <summary>Many records as one stretch of bytes: what a start reads, since documents one by one take it too long.</summary>
/// <remarks>
/// <code>
/// block  version, groups; group: table, account, rows; row: key, 0 for one that is gone | 1, form, place, record
/// </code>
/// Of two rows of one key the later one holds.
/// </remarks>
internal sealed class BlockCodec(RecordForms forms)
{
    private const int Version = 1;

    /// <summary>Bytes of a block, about.</summary>
    public const int Size = 512 * 1024;

    private readonly PackedWriter _writer = new();
    private readonly PackedWriter _record = new();

    /// <summary>Packs rows into blocks.</summary>
    public IEnumerable<byte[]> Write(IEnumerable<KeyValuePair<RowKey, RowState>> rows)
    {
        foreach (var group in rows.GroupBy(r => (r.Key.Table, r.Key.Account)))
        {
            Begin(group.Key.Table, group.Key.Account);
            var hasRows = false;
            foreach (var (key, state) in group)
            {
                Write(key.Key, state);
                hasRows = true;
                if (_writer.Written.Length < Size) continue;
                yield return _writer.Written.ToArray();
                Begin(group.Key.Table, group.Key.Account);
                hasRows = false;
            }
            if (hasRows) yield return _writer.Written.ToArray();
        }
    }

    /// <summary>Lays a block over what came before.</summary>
    /// <exception cref="InvalidDataException">The bytes are no block of ours.</exception>
    public void Read(byte[] block, Dictionary<(string Table, AccountSid Account), Dictionary<string, PackedRow>> into)
    {
        var reader = new PackedReader(block);
        if (reader.Number("version", null) is var version && version != Version) throw new InvalidDataException($"a block is of version {version}; this program knows {Version}");
        var place = (string.Intern(reader.Text("table", null)), new AccountSid(string.Intern(reader.Text("account", null))));
        if (!into.TryGetValue(place, out var rows)) into.Add(place, rows = new Dictionary<string, PackedRow>(StringComparer.Ordinal));
        while (!reader.IsAtEnd)
        {
            var key = reader.Text("key", null);
            if (!reader.Flag("there", null)) rows.Remove(key);
            else rows[key] = new PackedRow(BatchCodec.FormOf(forms, string.Intern(reader.Text("form", null))), BatchCodec.ReadPlace(reader), reader.Bytes());
        }
    }

    private void Begin(string table, AccountSid account)
    {
        _writer.Clear();
        _writer.Number("version", Version);
        _writer.Text("table", table);
        _writer.Account("account", account);
    }

    private void Write(string key, RowState state)
    {
        _writer.Text("key", key);
        _writer.Flag("there", state.Record is not null);
        if (state.Record is null) return;
        _writer.Text("form", state.Form!.Name);
        BatchCodec.WritePlace(_writer, state.Place);
        _record.Clear();
        state.Form.Write(state.Record, _record);
        _writer.Bytes(_record.Written);
    }
}
