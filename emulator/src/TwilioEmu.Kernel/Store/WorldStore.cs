using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Store;

/// <summary>What the world remembers: per account, tables of immutable records. The fold of the journal.</summary>
/// <remarks>
/// Loop-confined. Putting a record and writing its entry are one operation, so replaying the journal's
/// <see cref="RecordChange"/>s gives the same store. Each table is bounded by count and age; what is trimmed is journalled as
/// <c>store.trimmed</c> and is gone from the fold as well.
/// </remarks>
public sealed class WorldStore
{
    // A trim takes at most this many records in one turn, so that no turn grows long.
    private const int TrimBatch = 1024;

    private readonly WorldLoop _loop;
    private readonly WorldClock _clock;
    private readonly WorldJournal _journal;
    private readonly int _maxCount;
    private readonly TimeSpan _maxAge;
    private readonly Dictionary<(string Name, AccountSid Account), ITable> _tables = [];

    internal WorldStore(WorldLoop loop, WorldClock clock, WorldJournal journal, int maxCount, TimeSpan maxAge)
    {
        _loop = loop;
        _clock = clock;
        _journal = journal;
        _maxCount = maxCount;
        _maxAge = maxAge;
    }

    /// <summary>The table of an account; empty when nothing was ever put there.</summary>
    public Table<T> Table<T>(TableKey<T> key, AccountSid account)
        where T : class, IRecord
    {
        _loop.Assert();
        if (_tables.TryGetValue((key.Name, account), out var table)) return (Table<T>)table;
        var made = new Table<T>(key);
        _tables.Add((key.Name, account), made);
        return made;
    }

    /// <summary>Adds or replaces a record and writes the entry that says so.</summary>
    /// <param name="key">The table.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="record">The record as it is from now on.</param>
    /// <param name="kind">The entry's kind, such as <c>message.sent</c>.</param>
    /// <param name="cause">Seq of the entry it follows from, or 0.</param>
    public Entry Put<T>(TableKey<T> key, AccountSid account, T record, string kind, long cause)
        where T : class, IRecord
    {
        var table = Table(key, account);
        table.Put(record, _clock.GetUtcNow());
        var entry = _journal.Write(account, kind, record.Key, cause, new RecordChange(key.Name, record, IsRemoval: false));
        Trim(table, key, account);
        return entry;
    }

    /// <summary>Removes a record and writes the entry that says so; null when it was not there.</summary>
    public Entry? Remove<T>(TableKey<T> key, AccountSid account, string recordKey, string kind, long cause)
        where T : class, IRecord
    {
        var removed = Table(key, account).Remove(recordKey);
        return removed is null ? null : _journal.Write(account, kind, recordKey, cause, new RecordChange(key.Name, removed, IsRemoval: true));
    }

    /// <summary>How many records each table holds, for metrics and tests.</summary>
    public IEnumerable<(string Table, AccountSid Account, int Count)> Counts()
    {
        _loop.Assert();
        return _tables.Select(t => (t.Key.Name, t.Key.Account, t.Value.Count));
    }

    /// <summary>All records, in table and insertion order: what a fold must reproduce.</summary>
    internal IEnumerable<(string Table, AccountSid Account, IRecord Record)> All() =>
        _tables.SelectMany(t => t.Value.Records.Select(r => (t.Key.Name, t.Key.Account, r)));

    /// <summary>Replays one entry of another world's journal.</summary>
    internal void Apply(Entry entry, Func<string, AccountSid, WorldStore, object> tableOf)
    {
        if (entry.Data is RecordChange change) ((ITable)tableOf(change.Table, entry.Account, this)).Apply(change, entry.At);
    }

    private void Trim<T>(Table<T> table, TableKey<T> key, AccountSid account)
        where T : class, IRecord
    {
        var maxCount = key.MaxCount ?? _maxCount;
        var oldest = _clock.GetUtcNow() - _maxAge;
        // A little slack, so that a full table trims in batches and not at every put.
        if (table.Count <= maxCount + Math.Min(TrimBatch, maxCount / 16) && !table.HasOlderThan(oldest)) return;
        var surplus = table.Surplus(maxCount, oldest, TrimBatch);
        if (surplus.Count == 0) return;
        foreach (var recordKey in surplus) table.Remove(recordKey);
        _journal.Write(account, "store.trimmed", key.Name, 0, ("count", surplus.Count), ("kept", table.Count), ("keys", surplus));
    }
}
