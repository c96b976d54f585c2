using System.Numerics;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Store;

/// <summary>The records behind a <see cref="Table{T}"/>, whatever their kind: by key, in order of arrival, in order of settling.</summary>
/// <remarks>
/// Everything but a walk is O(1). Two lists run through the rows: all of them as they came, and the settled ones as they settled,
/// so that trimming finds the next to go at once, however many unsettled records are older. A settled record lies packed
/// in a block and is made anew when it is read, unless it was lately; what something may happen to is kept as it is, but for the
/// last of many that wait.
/// </remarks>
internal sealed class Rows
{
    private const int BitsOfChunk = 10;

    // What was read lately is handed out again: pages that are looked at over and over, a message that is fetched until it is delivered.
    private const int ReadLately = 2048;

    // Waiting records that are kept as they are; the million of a broadcast would be five million objects to the collector.
    private const int MostWaiting = 16_384;

    // A row that is gone keeps its place in the order for as long as somebody may stand on it in the middle of a walk.
    private const int RestingRows = 1_024;

    private readonly PackedBlocks _blocks;
    private readonly Room _room;
    private readonly Chunks<Row> _rows = new(BitsOfChunk);
    private readonly SidIndex _bySid;
    private readonly Queue<int> _resting = new();
    private readonly List<IRecord?> _whole = [null];
    private readonly Stack<int> _freeWhole = new();
    private readonly GoneRows _gone;
    private (int Row, IRecord? Record)[]? _lately;
    private Dictionary<string, int>? _byName;
    private Dictionary<string, int>? _byAlias;
    private RecordForm? _form;
    private int _oldest;
    private int _newest;
    private readonly SettledOrder _settled;

    // Who looks a record up is about to put it again.
    private (string? Key, int Row) _found;
    private int _waiting;

    /// <summary>Makes an empty table.</summary>
    /// <param name="number">The table's own among the blocks'.</param>
    /// <param name="blocks">Where settled records lie.</param>
    /// <param name="room">What the others take.</param>
    public Rows(int number, PackedBlocks blocks, Room room)
    {
        (Number, _blocks, _room) = (number, blocks, room);
        (_bySid, _gone, _settled) = (new SidIndex(_rows), new GoneRows(_rows), new SettledOrder(_rows));
        // Row 0 is none.
        _rows.Add();
    }

    /// <summary>The table's own among the blocks'.</summary>
    public int Number { get; }

    /// <summary>The typed table its store hands out.</summary>
    public object? View { get; set; }

    /// <summary>How its records are packed, once anybody knows.</summary>
    public RecordForm? Form
    {
        get => _form;
        set
        {
            if (_form is not null || value is null) return;
            _form = value;
            for (var row = _settled.First; row != 0; row = _rows[row].SettledAfter) Pack(row);
        }
    }

    public int Count { get; private set; }

    public int SettledCount => _settled.Count;

    /// <summary>Bytes of the rows and their index; what is packed is the blocks'.</summary>
    public long ByteCount => _rows.ByteCount + _bySid.ByteCount;

    /// <summary>When the record settled longest ago did so.</summary>
    public DateTimeOffset? FirstSettledAt => _settled.FirstAt;

    public bool Contains(string key) => RowOf(key) != 0;

    public IRecord? Find(string key) => RowOf(key) is var row && row != 0 ? RecordOf(row) : null;

    public IRecord? Find(Sid sid)
    {
        if (_bySid.Find(sid) is not (not 0 and var row)) return null;
        var record = RecordOf(row);
        _found = (record.Key, row);
        return record;
    }

    public IRecord? FindByAlias(string alias) => _byAlias is not null && _byAlias.TryGetValue(alias, out var row) ? RecordOf(row) : null;

    /// <summary>From the newest, or from the one just older than a key, even when that one was removed a while ago.</summary>
    /// <param name="after">The key; null begins at the end.</param>
    /// <param name="naming">Packed records that have not all of these texts are passed over unread; none passes over nothing.</param>
    public IEnumerable<IRecord> NewestFirst(string? after, params IReadOnlyList<string> naming)
    {
        var texts = naming.Count == 0 ? null : naming.Select(PackedBlocks.TextOf).ToArray();
        var row = after is null ? _newest : RowOf(after) is var here && here != 0 ? _rows[here].Older : _gone.OlderThan(after);
        // A row that goes meanwhile still knows the one that was older; that one may be gone as well.
        for (; row != 0; row = _rows[row].Older) if (_rows[row].IsThere && (texts is null || Names(row, texts))) yield return RecordOf(row);
    }

    /// <summary>From the oldest, or from the one just newer than a key, even when that one was removed a while ago.</summary>
    public IEnumerable<IRecord> OldestFirst(string? after)
    {
        var row = after is null ? _oldest : RowOf(after) is var here && here != 0 ? _rows[here].Newer : _gone.NewerThan(after);
        for (; row != 0; row = _rows[row].Newer) if (_rows[row].IsThere) yield return RecordOf(row);
    }

    /// <summary>All, from the oldest, as they are carried elsewhere: packed ones by a copy of their bytes.</summary>
    public IEnumerable<SavedRow> Carry(string table, AccountSid account)
    {
        if (_form is null) yield break;
        for (var row = _oldest; row != 0; row = _rows[row].Newer)
        {
            if (!_rows[row].IsThere) continue;
            yield return _rows[row] is { Block: not 0, Letters: not 0 } at
                ? new SavedRow(table, account, _form, at.Sid.ToString(), null, _blocks.Copy(at.Block, at.Offset), at.Place)
                : new SavedRow(table, account, _form, RecordOf(row), _rows[row].Place);
        }
    }

    /// <summary>Those that something may still happen to, from the oldest.</summary>
    public IEnumerable<IRecord> Unsettled() => new UnsettledRows(_rows, _blocks, _form, RecordOf).From(_oldest);

    /// <summary>Adds or replaces a record; the one that was there before, or null.</summary>
    /// <param name="record">As it is from now on.</param>
    /// <param name="at">When.</param>
    /// <param name="seq">Of the entry that says so.</param>
    /// <param name="place">Where it stands then.</param>
    public IRecord? Put(IRecord record, DateTimeOffset at, long seq, out RowPlace place)
    {
        IRecord? previous = null;
        var row = RowOf(record.Key);
        if (row != 0)
        {
            previous = RecordOf(row);
            if (previous.Alias is { } old && old != record.Alias) Forget(old, row);
            Release(row);
        }
        else
        {
            row = Append(record.Key, seq);
        }
        if (record.Alias is { } alias) (_byAlias ??= new Dictionary<string, int>(StringComparer.Ordinal))[alias] = row;
        if (record.IsSettled && !_rows[row].IsSettled) _settled.Add(row, at, seq);
        else if (!record.IsSettled && _rows[row].IsSettled) _settled.Remove(row);
        Keep(row, record);
        place = _rows[row].Place;
        return previous;
    }

    public IRecord? Remove(string key, out RowPlace place)
    {
        var row = RowOf(key);
        place = row == 0 ? default : _rows[row].Place;
        if (row == 0) return null;
        var record = RecordOf(row);
        Remove(row, key);
        return record;
    }

    /// <summary>Removes a record whose place in the order is remembered for a while: pages that began at it go on.</summary>
    public IRecord? RemoveRemembering(string key, out RowPlace place)
    {
        place = default;
        var row = RowOf(key);
        if (row == 0) return null;
        _gone.Remember(key, row);
        var record = Remove(key, out place);
        _gone.NoteNeighbours(row);
        return record;
    }

    /// <summary>Removes the record settled longest ago; there must be one.</summary>
    public (string Key, long Arrived) RemoveFirstSettled()
    {
        ref var first = ref _rows[_settled.First];
        var (key, arrived) = (first.Letters != 0 ? first.Sid.ToString() : RecordOf(_settled.First).Key, first.Arrived);
        Remove(_settled.First, key);
        return (key, arrived);
    }

    /// <summary>
    /// Brings back a record that stood here; those that came first before the others, then <see cref="EndRestore"/>, before which none is
    /// found by its SID.
    /// </summary>
    public void Restore(SavedRow saved)
    {
        var place = saved.Place;
        var row = saved.Sid is { } known ? Stand(known, place.Arrived)
            : Sid.TryParse(saved.Key, out var sid) ? Stand(sid, place.Arrived)
            : Append(saved.Key, place.Arrived);
        if (saved.Alias is { } alias) (_byAlias ??= new Dictionary<string, int>(StringComparer.Ordinal))[alias] = row;
        // What is settled is packed now; where it stands among those that are follows.
        _rows[row].SettledTicks = place.SettledAt.UtcTicks;
        _rows[row].SettledSeq = place.SettledSeq;
        if (saved.Packed.IsEmpty || _form is not { IsWhole: true } form) Keep(row, saved.Record);
        else if (_rows[row].IsSettled) _blocks.Restore(Number, row, saved);
        else if (saved.WaitingWeight is { } weight && _waiting >= MostWaiting)
        {
            _room.Add(weight);
            _blocks.Restore(Number, row, saved);
        }
        else Keep(row, _blocks.Read(saved.Packed, form), saved);
    }

    /// <summary>All are back: those that are settled are told in their order.</summary>
    public void EndRestore()
    {
        var (keys, order, count, sids) = (new long[Count], new int[Count], 0, 0);
        for (var row = _oldest; row != 0; row = _rows[row].Newer)
        {
            if (_rows[row].Letters != 0) sids++;
            if (!_rows[row].IsSettled) continue;
            (keys[count], order[count++]) = (_rows[row].SettledSeq, row);
        }
        _bySid.Fill(Named(), sids);
        Array.Sort(keys, order, 0, count);
        for (var i = 0; i < count; i++) _settled.Add(order[i], new DateTimeOffset(_rows[order[i]].SettledTicks, TimeSpan.Zero), keys[i]);
    }

    private IEnumerable<int> Named()
    {
        for (var row = _oldest; row != 0; row = _rows[row].Newer) if (_rows[row].Letters != 0) yield return row;
    }

    /// <summary>True when a row's record lies there: what else a block has of it is of the past.</summary>
    public bool StandsAt(int row, int block, int offset) => row < _rows.Count && _rows[row].Block == block && _rows[row].Offset == offset;

    /// <summary>A row's record lies there from now on.</summary>
    public void Stand(int row, int block, int offset) => (_rows[row].Block, _rows[row].Offset) = (block, offset);

    private int RowOf(string key)
    {
        if (Count == 0) return 0;
        if (key == _found.Key) return _found.Row;
        var row = Sid.TryParse(key, out var sid) ? _bySid.Find(sid) : _byName?.GetValueOrDefault(key) ?? 0;
        if (row != 0) _found = (key, row);
        return row;
    }

    private IRecord RecordOf(int row)
    {
        ref var at = ref _rows[row];
        if (at.Block == 0) return _whole[at.Offset]!;
        if (_lately is null || (_lately.Length < ReadLately && _lately.Length < _rows.Count))
        {
            _lately = new (int, IRecord?)[Math.Min(ReadLately, (int)BitOperations.RoundUpToPowerOf2((uint)_rows.Count))];
        }
        ref var lately = ref _lately[row % _lately.Length];
        if (lately.Row != row) lately = (row, _blocks.Read(at.Block, at.Offset, _form!));
        return lately.Record!;
    }

    private bool Names(int row, byte[][] texts)
    {
        ref var at = ref _rows[row];
        if (at.Block == 0) return true;
        foreach (var text in texts) if (!_blocks.Holds(at.Block, at.Offset, text)) return false;
        return true;
    }

    private int Append(string key, long arrived)
    {
        if (Sid.TryParse(key, out var sid)) return Append(sid, arrived);
        var row = Append(arrived);
        (_byName ??= new Dictionary<string, int>(StringComparer.Ordinal)).Add(key, row);
        return row;
    }

    private int Append(Sid sid, long arrived)
    {
        var row = Stand(sid, arrived);
        _bySid.Add(row);
        return row;
    }

    // At the end of the order, and not found yet.
    private int Stand(Sid sid, long arrived)
    {
        var row = Append(arrived);
        ref var at = ref _rows[row];
        (at.Letters, at.High, at.Low) = (sid.Letters, sid.High, sid.Low);
        return row;
    }

    private int Append(long arrived)
    {
        var row = _resting.Count > RestingRows ? _resting.Dequeue() : _rows.Add();
        _rows[row] = new Row { Older = _newest, Arrived = arrived };
        if (_newest == 0) _oldest = row;
        else _rows[_newest].Newer = row;
        _newest = row;
        Count++;
        return row;
    }

    private void Remove(int row, string key)
    {
        if (_byAlias is not null && RecordOf(row).Alias is { } alias) Forget(alias, row);
        if (_found.Row == row) _found = default;
        Release(row);
        if (_rows[row].IsSettled) _settled.Remove(row);
        if (_rows[row].Letters != 0) _bySid.Remove(row);
        else _byName!.Remove(key);
        ref var at = ref _rows[row];
        if (at.Older == 0) _oldest = at.Newer;
        else _rows[at.Older].Newer = at.Newer;
        if (at.Newer == 0) _newest = at.Older;
        else _rows[at.Newer].Older = at.Older;
        if (at.IsBesideGone) _gone.PassOn(row);
        _resting.Enqueue(row);
        Count--;
    }

    // What is settled lies in a block, and what waits behind many; everything else is kept as it is.
    private void Keep(int row, IRecord record, SavedRow? saved = null)
    {
        var (isSettled, isWaiting) = (_rows[row].IsSettled, record.IsWaiting);
        var form = _form is { IsWhole: true } && (isSettled || (isWaiting && _waiting >= MostWaiting)) ? _form : null;
        if (!isSettled || form is null) _room.Add(record);
        if (form is not null)
        {
            if (saved is null) _blocks.Add(Number, row, form, record);
            else _blocks.Restore(Number, row, saved);
            return;
        }
        if (isWaiting) _waiting++;
        if (!_freeWhole.TryPop(out var place))
        {
            place = _whole.Count;
            _whole.Add(null);
        }
        _whole[place] = record;
        Stand(row, 0, place);
    }

    // Before its row says anything else of it.
    private void Release(int row)
    {
        var (block, offset) = (_rows[row].Block, _rows[row].Offset);
        if (block != 0)
        {
            if (!_rows[row].IsSettled) _room.Remove(RecordOf(row));
            Stand(row, 0, 0);
            _blocks.Drop(block, offset);
            if (_lately is not null && _lately[row % _lately.Length].Row == row) _lately[row % _lately.Length] = default;
            return;
        }
        var record = _whole[offset]!;
        Stand(row, 0, 0);
        _room.Remove(record);
        if (record.IsWaiting) _waiting--;
        _whole[offset] = null;
        _freeWhole.Push(offset);
    }

    private void Pack(int row)
    {
        if (_form is not { IsWhole: true } || _rows[row].Block != 0) return;
        var record = RecordOf(row);
        Release(row);
        Keep(row, record);
    }

    private void Forget(string alias, int row)
    {
        if (_byAlias is not null && _byAlias.GetValueOrDefault(alias) == row) _byAlias.Remove(alias);
    }
}
