using System.Diagnostics.CodeAnalysis;

namespace TwilioEmu.Kernel.Store;

/// <summary>What a store needs of a table without knowing its records' type.</summary>
internal interface ITable
{
    string Name { get; }

    int Count { get; }

    IEnumerable<IRecord> Records { get; }

    void Apply(RecordChange change, DateTimeOffset at);
}

/// <summary>One account's records of one kind, by key and in the order they first came.</summary>
/// <remarks>Find, put and remove are O(1); walking from a key costs only what is walked. Read it from a turn; write through <see cref="WorldStore"/>.</remarks>
[SuppressMessage("Naming", "CA1710", Justification = "A table is the field's word.")]
public sealed class Table<T> : ITable
    where T : class, IRecord
{
    private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private Row? _oldest;
    private Row? _newest;

    internal Table(TableKey<T> key)
    {
        Name = key.Name;
    }

    /// <summary>The name from its key.</summary>
    public string Name { get; }

    /// <summary>How many records it holds.</summary>
    public int Count => _rows.Count;

    IEnumerable<IRecord> ITable.Records => OldestFirst();

    /// <summary>The record of a key, or null.</summary>
    public T? Find(string key) => _rows.TryGetValue(key, out var row) ? row.Record : null;

    /// <summary>Records from the newest, or from the one just older than <paramref name="after"/>, to the oldest.</summary>
    /// <remarks>An unknown key yields nothing. Records put meanwhile do not shift the walk: page tokens stay stable.</remarks>
    public IEnumerable<T> NewestFirst(string? after = null)
    {
        for (var row = after is null ? _newest : _rows.GetValueOrDefault(after)?.Older; row is not null; row = row.Older) yield return row.Record;
    }

    /// <summary>Records from the oldest to the newest.</summary>
    public IEnumerable<T> OldestFirst()
    {
        for (var row = _oldest; row is not null; row = row.Newer) yield return row.Record;
    }

    /// <summary>True when the key is here.</summary>
    public bool Contains(string key) => _rows.ContainsKey(key);

    void ITable.Apply(RecordChange change, DateTimeOffset at)
    {
        if (change.IsRemoval) Remove(change.Record.Key);
        else Put((T)change.Record, at);
    }

    internal void Put(T record, DateTimeOffset at)
    {
        if (_rows.TryGetValue(record.Key, out var row))
        {
            row.Record = record;
            return;
        }
        row = new Row(record, at) { Older = _newest };
        if (_newest is null) _oldest = row;
        else _newest.Newer = row;
        _newest = row;
        _rows.Add(record.Key, row);
    }

    internal T? Remove(string key)
    {
        if (!_rows.Remove(key, out var row)) return null;
        if (row.Older is null) _oldest = row.Newer;
        else row.Older.Newer = row.Newer;
        if (row.Newer is null) _newest = row.Older;
        else row.Newer.Older = row.Older;
        return row.Record;
    }

    /// <summary>Up to <paramref name="limit"/> settled records that are surplus or older than <paramref name="oldest"/>, oldest first.</summary>
    internal List<string> Surplus(int maxCount, DateTimeOffset oldest, int limit)
    {
        var surplus = new List<string>();
        var over = Count - maxCount;
        var looked = 0;
        for (var row = _oldest; row is not null && surplus.Count < limit && looked < 2 * limit; row = row.Newer, looked++)
        {
            if (surplus.Count >= over && row.At >= oldest) break;
            if (row.Record.IsSettled) surplus.Add(row.Record.Key);
        }
        return surplus;
    }

    /// <summary>True when the oldest record is older than the instant.</summary>
    internal bool HasOlderThan(DateTimeOffset instant) => _oldest is not null && _oldest.At < instant;

    private sealed class Row(T record, DateTimeOffset at)
    {
        public T Record { get; set; } = record;

        public DateTimeOffset At { get; } = at;

        public Row? Older { get; set; }

        public Row? Newer { get; set; }
    }
}
