using System.Runtime.InteropServices;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Store;

/// <summary>What the world remembers: per account, tables of immutable records. The fold of the journal.</summary>
/// <remarks>
/// Loop-confined. Putting a record and writing its entry are one operation, so replaying the journal's
/// <see cref="RecordChange"/>s gives the same store. Each table is bounded by count and age of its settled
/// records, those settled longest go first; what is trimmed is journalled as
/// <c>store.trimmed</c> and is gone from the fold as well. A settled record, or the last of many that wait, is packed away
/// (<see cref="PackedBlocks"/>), and made anew when it is read: equal to the one that was put, and not the same object.
/// </remarks>
public sealed class WorldStore
{
    // A trim takes at most this many records in one turn, so that no turn grows long.
    private const int TrimBatch = 1024;

    private readonly WorldLoop _loop;
    private readonly WorldClock _clock;
    private readonly WorldJournal _journal;
    private readonly int _maxCount;
    private readonly AgeLimit _age;
    private readonly Dictionary<(string Table, AccountSid Account), Rows> _tables = [];
    private readonly List<Rows> _numbered = [];
    private readonly PackedBlocks _blocks;
    private readonly Room _room = new();

    // By its name the table that was asked for last: whoever hears of every message asks for those of one account again and again.
    private readonly Dictionary<string, (string? Account, Rows? Rows)> _asked = new(StringComparer.Ordinal);

    internal WorldStore(WorldLoop loop, WorldClock clock, WorldJournal journal, WorldOptions options)
    {
        _loop = loop;
        _clock = clock;
        _journal = journal;
        (_maxCount, MaxLiveBytes) = (options.MaxRecords, options.MaxLiveBytes);
        _age = new AgeLimit(options.MaxAge);
        _blocks = new PackedBlocks(number => _numbered[number]);
    }

    /// <summary>The table of an account; empty when nothing was ever put there.</summary>
    /// <exception cref="InvalidOperationException">Another kind of record has a table of that name.</exception>
    public Table<T> Table<T>(TableKey<T> key, AccountSid account)
        where T : class, IRecord
    {
        _loop.Assert();
        var rows = RowsOf(key.Name, account, key.Form);
        return (rows.View ??= new Table<T>(key.Name, rows)) as Table<T>
            ?? throw new InvalidOperationException($"the table {key.Name} holds records of another kind than {typeof(T).Name}");
    }

    /// <summary>
    /// Records of a table by its name, newest first, as <see cref="Table{T}.NewestFirst(string)"/>: for windows that show any kind.
    /// </summary>
    public IEnumerable<IRecord> NewestFirst(string table, AccountSid account, string? after = null)
    {
        _loop.Assert();
        return _tables.TryGetValue((table, account), out var rows) ? rows.NewestFirst(after) : [];
    }

    /// <summary>Whose tables of that name hold or held something.</summary>
    public IEnumerable<AccountSid> OwnersOf(string table)
    {
        _loop.Assert();
        return _tables.Keys.Where(k => k.Table == table).Select(k => k.Account);
    }

    /// <summary>A record of a table by its name, or null.</summary>
    public IRecord? Find(string table, AccountSid account, string key)
    {
        _loop.Assert();
        return _tables.TryGetValue((table, account), out var rows) ? rows.Find(key) : null;
    }

    /// <summary>Adds or replaces a record and writes the entry that says so.</summary>
    /// <param name="key">The table.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="record">The record as it is from now on.</param>
    /// <param name="kind">The entry's kind, such as <c>message.sent</c>.</param>
    /// <param name="cause">Seq of the entry it follows from, or 0.</param>
    public Entry Put<T>(TableKey<T> key, AccountSid account, T record, EntryKind kind, long cause)
        where T : class, IRecord
    {
        var rows = Table(key, account).Rows;
        var at = _clock.GetUtcNow();
        var previous = rows.Put(record, at, _journal.LastSeq + 1, out var place);
        var change = new RecordChange(key.Name, record, IsRemoval: false)
        {
            Previous = kind.KeepsPrevious ? previous : null,
            IsNewResource = previous is null,
            Form = key.Form,
            Place = place,
        };
        var entry = _journal.Write(at, account, kind, record.Key, cause, change);
        Trim(rows, key.Name, key.MaxCount ?? _maxCount, account, at);
        return entry;
    }

    /// <summary>Removes a record and writes the entry that says so; null when it was not there.</summary>
    public Entry? Remove<T>(TableKey<T> key, AccountSid account, string recordKey, EntryKind kind, long cause)
        where T : class, IRecord
    {
        var removed = Table(key, account).Rows.RemoveRemembering(recordKey, out var place);
        return removed is null
            ? null
            : _journal.Write(
                account, kind, recordKey, cause, new RecordChange(key.Name, removed, IsRemoval: true) { Form = key.Form, Place = place });
    }

    /// <summary>About how many bytes the records take that something may still happen to: what waits, what is only stored.</summary>
    public long LiveBytes
    {
        get
        {
            _loop.Assert();
            return _room.Bytes;
        }
    }

    /// <summary>How many they may take. The store takes more, since what was begun goes on: who lets new ones in asks before.</summary>
    public long MaxLiveBytes { get; }

    /// <summary>Bytes of settled records, and of the rows of all, for metrics and tests.</summary>
    public long ByteCount
    {
        get
        {
            _loop.Assert();
            return _blocks.ByteCount + _numbered.Sum(r => r.ByteCount);
        }
    }

    /// <summary>Forgets an empty table for good, what it remembers of removed records included: nobody will ask for it again.</summary>
    public void Forget(string table, AccountSid account)
    {
        _loop.Assert();
        if (!_tables.TryGetValue((table, account), out var rows) || rows.Count > 0) return;
        _tables.Remove((table, account));
        _asked.Remove(table);
        // Blocks may still hold what is gone, by its number.
        _numbered[rows.Number] = new Rows(rows.Number, _blocks, _room);
    }

    /// <summary>How many records each table holds, for metrics and tests.</summary>
    public IEnumerable<(string Table, AccountSid Account, int Count)> Counts()
    {
        _loop.Assert();
        return _tables.Select(t => (t.Key.Table, t.Key.Account, t.Value.Count));
    }

    /// <summary>All records, in table and insertion order: what a fold must reproduce.</summary>
    internal IEnumerable<(string Table, AccountSid Account, IRecord Record)> All()
    {
        _loop.Assert();
        return _tables.SelectMany(t => t.Value.OldestFirst(null).Select(record => (t.Key.Table, t.Key.Account, record)));
    }

    /// <summary>All records and where they stand, those that came first before the others: what is carried elsewhere.</summary>
    internal IReadOnlyList<SavedRow> Carry()
    {
        _loop.Assert();
        var rows = _tables.SelectMany(t => t.Value.Carry(t.Key.Table, t.Key.Account)).ToList();
        rows.Sort(static (one, other) => one.Place.Arrived.CompareTo(other.Place.Arrived));
        return rows;
    }

    /// <summary>Replays one entry, of this journal or another world's, and writes nothing.</summary>
    internal void Apply(Entry entry)
    {
        _loop.Assert();
        switch (entry.Data)
        {
            case RecordChange { IsRemoval: false } put:
                RowsOf(put.Table, entry.Account, put.Form).Put(put.Record, entry.At, entry.Seq, out _);
                break;
            case RecordChange removal:
                RowsOf(removal.Table, entry.Account).Remove(removal.Record.Key, out _);
                break;
            case TableTrim trim:
                foreach (var key in trim.Keys) RowsOf(trim.Table, entry.Account).Remove(key, out _);
                break;
        }
    }

    /// <summary>Brings back what an earlier process left, before the first turn.</summary>
    internal void Restore(IReadOnlyList<SavedRow> saved)
    {
        _blocks.BeginRestore();
        var (touched, name, account, rows) = (new HashSet<Rows>(), "", default(AccountSid), default(Rows));
        foreach (var row in saved)
        {
            // Most are the table's of the one before.
            if (rows is null || !ReferenceEquals(name, row.Table) || account != row.Account)
            {
                (name, account, rows) = (row.Table, row.Account, RowsOf(row.Table, row.Account, row.Form));
                touched.Add(rows);
            }
            rows.Restore(row);
        }
        foreach (var table in touched) table.EndRestore();
        _blocks.EndRestore();
    }

    private Rows RowsOf(string table, AccountSid account, RecordForm? form = null)
    {
        ref var asked = ref CollectionsMarshal.GetValueRefOrAddDefault(_asked, table, out _);
        if (asked.Rows is null || asked.Account != account.Value) asked = (account.Value, FindOrMake(table, account));
        var rows = asked.Rows;
        rows.Form ??= form;
        if (form is not null && rows.Form is { } held && held != form && held.Name != form.Name)
        {
            throw new InvalidOperationException($"the table {table} holds records called {held.Name}, not {form.Name}");
        }
        return rows;
    }

    private Rows FindOrMake(string table, AccountSid account)
    {
        if (_tables.TryGetValue((table, account), out var known)) return known;
        var made = new Rows(_numbered.Count, _blocks, _room);
        _numbered.Add(made);
        _tables.Add((table, account), made);
        return made;
    }

    private void Trim(Rows rows, string table, int maxCount, AccountSid account, DateTimeOffset now)
    {
        // A little slack, so that a full table trims in batches and not at every put.
        var isFull = rows.SettledCount > maxCount + Math.Min(TrimBatch, maxCount / 16);
        if (!isFull && (rows.FirstSettledAt is not { } first || !_age.IsWellOver(now, first))) return;
        var (trimmed, arrived) = (new List<string>(), new List<long>());
        while (trimmed.Count < TrimBatch && rows.FirstSettledAt is { } settled
            && (rows.SettledCount > maxCount || _age.IsOver(now, settled)))
        {
            var (key, place) = rows.RemoveFirstSettled();
            trimmed.Add(key);
            arrived.Add(place);
        }
        _journal.Write(now, account, WorldEntries.StoreTrimmed, table, 0, new TableTrim(table, trimmed, rows.Count) { Arrived = arrived });
    }
}
