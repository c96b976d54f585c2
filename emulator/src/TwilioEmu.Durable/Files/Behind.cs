using LiteDB;
using TwilioEmu.Durable.Documents;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Files;

/// <summary>What is written behind the batches: records into blocks, records and entries into documents for tools; and what is no longer needed goes.</summary>
/// <remarks>Of the keeping thread. A record that changed often meanwhile is written once. Rounds are cut into steps, so that no batch waits long for one.</remarks>
internal sealed class Behind
{
    // Documents a step: some milliseconds, for which a batch may have to wait.
    private const int StepSize = 64;

    // Packed bytes that come together before blocks are made of them; what a start reads twice at most.
    private const int BlockAfter = 8 * 1024 * 1024;

    private readonly BlockCodec _blocks;
    private readonly RecordForms _forms;
    private readonly Dictionary<RowKey, RowState> _unblocked = [];
    private readonly Dictionary<string, byte[]?> _parts = new(StringComparer.Ordinal);
    private readonly Queue<(long Number, int Count)> _batches = new();
    private readonly Queue<(Entry Entry, long Number)> _journal = new();
    private Dictionary<(string Collection, long Id), (RowKey Key, RowState State)> _unfollowed = [];
    private Queue<KeyValuePair<(string Collection, long Id), (RowKey Key, RowState State)>> _round = new();
    private BsonDocument _world = [];
    private long _blocked;
    private long _followed;
    private long _roundNumber;
    private long _rowsFollowed;
    private long _block;
    private long _batchBytes;
    private long _entryCount;
    private long _firstDocument;
    private long _dropped;
    private DateTimeOffset _at;
    private long _lastSeq;

    public Behind(RecordForms forms, Loading? loading)
    {
        (_forms, _blocks) = (forms, new BlockCodec(forms));
        if (loading is null) return;
        (_at, _lastSeq, _firstDocument) = (loading.Saved.At, loading.Saved.LastSeq, loading.Saved.Entries is [var first, ..] ? first.Seq : 0);
        _block = loading.LastBlock;
        _dropped = loading.Batches is [var oldest, ..] ? oldest.Number - oldest.Chunks : 0;
        foreach (var (number, count, _) in loading.Batches)
        {
            _batches.Enqueue((number, count));
            _entryCount += count;
            LastNumber = number;
        }
        foreach (var batch in loading.Unblocked) Block(batch);
        foreach (var batch in loading.Unfollowed) Follow(batch, LastNumber);
    }

    /// <summary>The newest batch's number.</summary>
    public long LastNumber { get; private set; }

    /// <summary>True while a round is on the way: the thread need not sleep.</summary>
    public bool HasWork => _round.Count > 0;

    /// <summary>Makes the file ours where it is new.</summary>
    public void Begin(Engine engine, long seed)
    {
        _world = engine.All(Collections.World).FirstOrDefault(d => d["_id"] == "world") ?? [];
        if (_world.Count > 0)
        {
            (_blocked, _followed, _rowsFollowed) = (_world["blocked"].AsInt64, _world["followed"].AsInt64, _world["followed"].AsInt64);
            LastNumber = Math.Max(LastNumber, _blocked);
            return;
        }
        var forms = new BsonDocument();
        foreach (var form in _forms.All) forms[form.Name] = form.Fingerprint;
        _world = new BsonDocument
        {
            ["_id"] = "world",
            ["format"] = Loading.Format,
            ["forms"] = forms,
            ["seed"] = seed,
            ["at"] = 0L,
            ["last_seq"] = 0L,
            ["blocked"] = 0L,
            ["followed"] = 0L,
            ["rows_written"] = 0L,
        };
        engine.Insert(Collections.World, _world);
        // So that whoever looks at the file's beginning sees whose it is.
        engine.Checkpoint();
    }

    /// <summary>A batch was committed.</summary>
    public void Add(long number, Batch batch)
    {
        LastNumber = number;
        _batches.Enqueue((number, batch.Entries.Count));
        _entryCount += batch.Entries.Count;
        Block(batch);
        Follow(batch, number);
        (_at, _lastSeq) = (batch.At, batch.LastSeq);
    }

    /// <summary>Does a little.</summary>
    public void Step(Engine engine, World world)
    {
        if (_round.Count == 0) BeginRound();
        if (_round.Count > 0 || _journal.Count > 0) StepRound(engine, world);
        Drop(engine, world);
    }

    /// <summary>Does all that is left.</summary>
    public void Finish(Engine engine, World world)
    {
        MakeBlocks(engine);
        while (_round.Count > 0) StepRound(engine, world);
        BeginRound();
        while (_round.Count > 0 || _journal.Count > 0) StepRound(engine, world);
        Drop(engine, world);
    }

    private void Block(Batch batch)
    {
        foreach (var entry in batch.Entries)
        {
            _batchBytes += 400;
            Changes.Lay(entry, (key, state) => _unblocked[key] = state);
        }
        foreach (var (name, part) in batch.Parts) _parts[name] = part;
    }

    private void Follow(Batch batch, long number)
    {
        foreach (var entry in batch.Entries)
        {
            _journal.Enqueue((entry, number));
            Changes.Lay(entry, (key, state) => _unfollowed[(Collections.Of(key.Table), state.Place.Arrived)] = (key, state));
        }
    }

    private void MakeBlocks(Engine engine)
    {
        var (last, rows) = (LastNumber, (long)_unblocked.Count);
        engine.Together(file =>
        {
            foreach (var block in _blocks.Write(_unblocked)) file.Insert(Collections.Blocks, new BsonDocument { ["_id"] = ++_block, ["b"] = block });
            file.Upsert(Collections.Parts, [.. _parts.Where(p => p.Value is not null).Select(p => new BsonDocument { ["_id"] = p.Key, ["b"] = p.Value })]);
            file.Delete(Collections.Parts, [.. _parts.Where(p => p.Value is null).Select(p => new BsonValue(p.Key))]);
            if (_at != default) (_world["at"], _world["last_seq"]) = (_at.UtcTicks, _lastSeq);
            _world["blocked"] = last;
            _world["rows_written"] = _world["rows_written"].AsInt64 + rows;
            file.Upsert(Collections.World, [_world]);
        });
        _blocked = last;
        _batchBytes = 0;
        _unblocked.Clear();
        _parts.Clear();
    }

    private void BeginRound()
    {
        _round = new(_unfollowed);
        _unfollowed = [];
        _roundNumber = LastNumber;
    }

    private void StepRound(Engine engine, World world)
    {
        var (puts, gone) = (new Dictionary<string, List<BsonDocument>>(StringComparer.Ordinal), new Dictionary<string, List<BsonValue>>(StringComparer.Ordinal));
        var entries = new List<BsonDocument>();
        for (var i = 0; i < StepSize && _round.TryDequeue(out var row); i++)
        {
            var ((collection, id), (key, state)) = row;
            if (state.Record is null) Of(gone, collection).Add(id);
            else Of(puts, collection).Add(DocumentOf(key, state));
        }
        // What the journal has let go already is not written down first.
        for (var i = 0; i < StepSize && _journal.TryDequeue(out var next);)
        {
            if (next.Entry.Seq < world.Journal.FirstSeq) continue;
            entries.Add(JournalDocuments.Of(next.Entry));
            i++;
        }
        if (_round.Count == 0) _rowsFollowed = _roundNumber;
        var followed = Math.Min(_rowsFollowed, _journal.TryPeek(out var first) ? first.Number - 1 : LastNumber);
        engine.Together(file =>
        {
            foreach (var (collection, documents) in puts) file.Upsert(collection, documents);
            foreach (var (collection, ids) in gone) file.Delete(collection, ids);
            file.Upsert(Collections.Journal, entries);
            if (followed <= _followed) return;
            _world["followed"] = followed;
            file.Upsert(Collections.World, [_world]);
        });
        _followed = Math.Max(_followed, followed);
    }

    private static BsonDocument DocumentOf(RowKey key, RowState state)
    {
        var document = DocumentWriter.Of(state.Form!, state.Record!);
        document["_id"] = state.Place.Arrived;
        document["_table"] = key.Table;
        document["_account"] = key.Account.ToString();
        document["_key"] = key.Key;
        return document;
    }

    /// <summary>Batches that blocks and documents have, and whose entries are more than the journal holds; documents of entries it let go.</summary>
    private void Drop(Engine engine, World world)
    {
        var ids = new List<BsonValue>();
        while (_batches.TryPeek(out var oldest) && oldest.Number <= Math.Min(_blocked, _followed) && _entryCount - oldest.Count >= world.Options.MaxJournalEntries)
        {
            for (var number = _dropped + 1; number <= oldest.Number; number++) ids.Add(number);
            _dropped = oldest.Number;
            _entryCount -= oldest.Count;
            _batches.Dequeue();
        }
        engine.Delete(Collections.Batches, ids);
        var first = world.Journal.FirstSeq;
        if (first < _firstDocument + 1_000) return;
        var old = new List<BsonValue>();
        for (var seq = _firstDocument; seq < first; seq++) old.Add(seq);
        _firstDocument = first;
        engine.Delete(Collections.Journal, old);
    }

    private static List<T> Of<T>(Dictionary<string, List<T>> lists, string collection)
    {
        if (!lists.TryGetValue(collection, out var list)) lists.Add(collection, list = []);
        return list;
    }

}
