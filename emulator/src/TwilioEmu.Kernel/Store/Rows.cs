namespace TwilioEmu.Kernel.Store;

/// <summary>The records behind a <see cref="Table{T}"/>, whatever their kind: by key, in order of arrival, in order of settling.</summary>
/// <remarks>
/// Everything but a walk is O(1). Two lists run through the rows: all of them as they came, and the settled ones as they settled,
/// so that trimming finds the next to go at once, however many unsettled records are older.
/// </remarks>
internal sealed class Rows
{
    // Enough for every client that deletes as it pages; rows that were trimmed are not remembered.
    private const int RememberedGone = 1_024;

    private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Row> _gone = new(StringComparer.Ordinal);
    private readonly Queue<string> _goneKeys = new();
    private Dictionary<string, Row>? _byAlias;
    private Row? _oldest;
    private Row? _newest;
    private Row? _firstSettled;
    private Row? _lastSettled;

    /// <summary>The typed table its store hands out.</summary>
    public object? View { get; set; }

    public int Count => _rows.Count;

    public int SettledCount { get; private set; }

    /// <summary>When the record settled longest ago did so.</summary>
    public DateTimeOffset? FirstSettledAt => _firstSettled is null ? null : new DateTimeOffset(_firstSettled.SettledTicks, TimeSpan.Zero);

    public IRecord? Find(string key) => _rows.TryGetValue(key, out var row) ? row.Record : null;

    public IRecord? FindByAlias(string alias) => _byAlias is not null && _byAlias.TryGetValue(alias, out var row) ? row.Record : null;

    /// <summary>From the newest, or from the one just older than a key, even when that one was removed a while ago.</summary>
    public IEnumerable<IRecord> NewestFirst(string? after)
    {
        var row = after is null ? _newest : (_rows.GetValueOrDefault(after) ?? _gone.GetValueOrDefault(after))?.Older;
        // A removed row still knows the one that was older; that one may be gone as well.
        for (; row is not null; row = row.Older) if (row.Record is { } record) yield return record;
    }

    /// <summary>From the oldest, or from the one just newer than a key, even when that one was removed a while ago.</summary>
    public IEnumerable<IRecord> OldestFirst(string? after)
    {
        var row = after is null ? _oldest : (_rows.GetValueOrDefault(after) ?? _gone.GetValueOrDefault(after))?.Newer;
        for (; row is not null; row = row.Newer) if (row.Record is { } record) yield return record;
    }

    /// <summary>Adds or replaces a record; the one that was there before, or null.</summary>
    /// <param name="record">As it is from now on.</param>
    /// <param name="at">When.</param>
    /// <param name="seq">Of the entry that says so.</param>
    /// <param name="place">Where it stands then.</param>
    public IRecord? Put(IRecord record, DateTimeOffset at, long seq, out RowPlace place)
    {
        IRecord? previous = null;
        if (_rows.TryGetValue(record.Key, out var row))
        {
            previous = row.Record!;
            if (previous.Alias != record.Alias) Forget(row);
            row.Record = record;
        }
        else
        {
            row = new Row(record) { Older = _newest, Arrived = seq };
            if (_newest is null) _oldest = row;
            else _newest.Newer = row;
            _newest = row;
            _rows.Add(record.Key, row);
        }
        if (record.Alias is { } alias) (_byAlias ??= new Dictionary<string, Row>(StringComparer.Ordinal))[alias] = row;
        if (record.IsSettled && !row.IsSettled) Settle(row, at, seq);
        else if (!record.IsSettled && row.IsSettled) Unsettle(row);
        place = row.Place;
        return previous;
    }

    public IRecord? Remove(string key, out RowPlace place)
    {
        place = default;
        if (!_rows.Remove(key, out var row)) return null;
        place = row.Place;
        Forget(row);
        var record = row.Record;
        row.Record = null;
        if (row.IsSettled) Unsettle(row);
        if (row.Older is null) _oldest = row.Newer;
        else row.Older.Newer = row.Newer;
        if (row.Newer is null) _newest = row.Older;
        else row.Newer.Older = row.Older;
        return record;
    }

    /// <summary>Removes a record whose place in the order is remembered for a while: pages that began at it go on.</summary>
    public IRecord? RemoveRemembering(string key, out RowPlace place)
    {
        place = default;
        if (!_rows.TryGetValue(key, out var row)) return null;
        if (_goneKeys.Count == RememberedGone) _gone.Remove(_goneKeys.Dequeue());
        if (_gone.TryAdd(key, row)) _goneKeys.Enqueue(key);
        else _gone[key] = row;
        return Remove(key, out place);
    }

    /// <summary>Removes the record settled longest ago; there must be one.</summary>
    public (string Key, long Arrived) RemoveFirstSettled()
    {
        var key = _firstSettled!.Record!.Key;
        Remove(key, out var place);
        return (key, place.Arrived);
    }

    private void Forget(Row row)
    {
        if (row.Record?.Alias is { } alias && _byAlias is not null && _byAlias.GetValueOrDefault(alias) == row) _byAlias.Remove(alias);
    }

    /// <summary>Brings back the records that stood here, those that came first before the others.</summary>
    public void Restore(IReadOnlyList<(IRecord Record, RowPlace Place)> records)
    {
        var settled = new List<(Row Row, RowPlace Place)>();
        foreach (var (record, place) in records)
        {
            var row = new Row(record) { Older = _newest, Arrived = place.Arrived };
            if (_newest is null) _oldest = row;
            else _newest.Newer = row;
            _newest = row;
            _rows.Add(record.Key, row);
            if (record.Alias is { } alias) (_byAlias ??= new Dictionary<string, Row>(StringComparer.Ordinal))[alias] = row;
            if (place.SettledSeq != 0) settled.Add((row, place));
        }
        settled.Sort(static (one, other) => one.Place.SettledSeq.CompareTo(other.Place.SettledSeq));
        foreach (var (row, place) in settled) Settle(row, place.SettledAt, place.SettledSeq);
    }

    private void Settle(Row row, DateTimeOffset at, long seq)
    {
        row.SettledTicks = at.UtcTicks;
        row.SettledSeq = seq;
        row.SettledBefore = _lastSettled;
        if (_lastSettled is null) _firstSettled = row;
        else _lastSettled.SettledAfter = row;
        _lastSettled = row;
        SettledCount++;
    }

    private void Unsettle(Row row)
    {
        if (row.SettledBefore is null) _firstSettled = row.SettledAfter;
        else row.SettledBefore.SettledAfter = row.SettledAfter;
        if (row.SettledAfter is null) _lastSettled = row.SettledBefore;
        else row.SettledAfter.SettledBefore = row.SettledBefore;
        (row.SettledBefore, row.SettledAfter, row.SettledTicks, row.SettledSeq) = (null, null, 0, 0);
        SettledCount--;
    }

    private sealed class Row(IRecord record)
    {
        /// <summary>Null once the row is gone: what still remembers its place must not keep the record alive.</summary>
        public IRecord? Record { get; set; } = record;

        public Row? Older { get; set; }

        public Row? Newer { get; set; }

        public Row? SettledBefore { get; set; }

        public Row? SettledAfter { get; set; }

        /// <summary>Ticks (100 ns, UTC), 0 while unsettled.</summary>
        public long SettledTicks { get; set; }

        public long SettledSeq { get; set; }

        public long Arrived { get; init; }

        public bool IsSettled => SettledTicks != 0;

        public RowPlace Place => new(Arrived, SettledSeq, new DateTimeOffset(SettledTicks, TimeSpan.Zero));
    }
}
