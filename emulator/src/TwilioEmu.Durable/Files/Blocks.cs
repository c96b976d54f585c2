using LiteDB;
using TwilioEmu.Durable.Documents;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Files;

/// <summary>Lays records of batches into blocks, which a start reads instead: one block a step, so that no batch waits long.</summary>
/// <remarks>
/// Of the keeping thread. A step that the disk refuses is taken again. A record that changed often within a round is written once.
/// </remarks>
internal sealed class Blocks(RecordForms forms, BlockIndex index, long last)
{
    // Rows of the past that are borne before blocks are written anew without them: as many as there are records, and so many more.
    private const int PastBorne = 20_000;

    // Blocks of the past that are dropped in one step.
    private const int DroppedAtOnce = 16;

    // Oldest blocks that are looked at in one step.
    private const int SweptAtOnce = 4;

    // Packed bytes of batches that come together before blocks are made of them; what a start reads beside blocks.
    private const int RoundBytes = 8 * 1024 * 1024;

    private readonly BlockCodec _codec = new(forms);
    private Dictionary<long, Row> _rows = [];
    private Dictionary<string, byte[]?> _parts = new(StringComparer.Ordinal);
    private (long Number, DateTimeOffset At, long LastSeq) _newest;
    private long _bytes;
    private Round? _round;
    private long _last = last;

    /// <summary>True where half of what blocks have is of the past.</summary>
    public bool IsStale(Progress progress) => _round is null && progress.BlockRows > (2L * index.LiveCount) + PastBorne;

    /// <summary>True while blocks are to be made, however busy it is.</summary>
    public bool HasWork => _round is not null || _bytes >= RoundBytes;

    /// <summary>A batch that no block has.</summary>
    public void Add(long number, Batch batch, int bytes)
    {
        foreach (var entry in batch.Entries) Changes.Lay(entry, _rows);
        foreach (var (name, part) in batch.Parts) _parts[name] = part;
        _newest = (number, batch.At, batch.LastSeq);
        _bytes += bytes;
    }

    /// <summary>Makes the next block, or says that all are there.</summary>
    public Progress Step(Engine engine, Progress progress, JournalWindow window)
    {
        if (_round is null && _newest.Number > progress.Blocked) BeginRound();
        if (_round is not { } round) return progress;
        round.Block ??= round.Next();
        if (round.Block is { } block)
        {
            engine.Upsert(Collections.Blocks, [PackedDocuments.Of(_last + 1, block)]);
            Note(block);
            round.Block = null;
            return progress;
        }
        var past = index.OfThePast(DroppedAtOnce);
        var done = Count(progress, past, added: 0, addedRows: 0) with
        {
            At = round.At,
            LastSeq = round.LastSeq,
            Blocked = round.Number,
            KeptFrom = window.From,
        };
        engine.Together(file =>
        {
            file.Upsert(
                Collections.Parts,
                [.. round.Parts.Where(p => p.Value is not null).Select(p => new BsonDocument { ["_id"] = p.Key, ["b"] = p.Value })]);
            file.Delete(Collections.Parts, [.. round.Parts.Where(p => p.Value is null).Select(p => new BsonValue(p.Key))]);
            file.Delete(Collections.Blocks, [.. past.Select(b => new BsonValue(b))]);
            done.WriteTo(file);
        });
        index.Drop(past);
        _round = null;
        return done;
    }

    /// <summary>Writes what the oldest blocks have of the present as a new one, and drops them (compaction).</summary>
    public Progress Sweep(Engine engine, Progress progress)
    {
        var (rows, swept) = (new List<PackedRow>(), new List<long>());
        foreach (var document in engine.From(Collections.Blocks, progress.FirstBlock).Take(SweptAtOnce))
        {
            swept.Add(document["_id"].AsInt64);
            var block = _codec.Renew(PackedDocuments.BytesOf(document, "block"));
            foreach (var row in _codec.Read(block)) if (index.TakeOldest(row, swept[^1])) rows.Add(row);
        }
        var blocks = _codec.Write(rows).ToList();
        var done = Count(progress, swept, blocks.Count, rows.Count) with { FirstBlock = swept[^1] + 1 };
        engine.Together(file =>
        {
            file.Upsert(Collections.Blocks, [.. blocks.Select((b, i) => PackedDocuments.Of(_last + 1 + i, b))]);
            file.Delete(Collections.Blocks, [.. swept.Select(b => new BsonValue(b))]);
            done.WriteTo(file);
        });
        index.Drop(swept);
        foreach (var block in blocks) Note(block);
        return done;
    }

    // What the file has once these are dropped, and so many came behind the newest.
    private Progress Count(Progress progress, IReadOnlyList<long> dropped, int added, int addedRows) => progress with
    {
        LastBlock = _last + added,
        BlockRows = index.RowCount - index.RowsOf(dropped) + addedRows,
        Blocks = index.Census - BlockCensus.Of(dropped) + BlockCensus.OfRun(_last + 1, _last + added),
    };

    // A block is in the file.
    private void Note(byte[] block)
    {
        _last++;
        foreach (var row in _codec.Read(block)) index.AddNewest(row, _last);
    }

    private void BeginRound()
    {
        _round = new Round(_newest.Number, _newest.At, _newest.LastSeq, _rows, _parts, _codec.Write(_rows.Values).GetEnumerator());
        (_rows, _parts, _bytes) = ([], new(StringComparer.Ordinal), 0);
    }

    private sealed record Round(
        long Number, DateTimeOffset At, long LastSeq, Dictionary<long, Row> Rows, Dictionary<string, byte[]?> Parts,
        IEnumerator<byte[]> Writing)
    {
        /// <summary>Packed and not yet in the file.</summary>
        public byte[]? Block { get; set; }

        public byte[]? Next() => Writing.MoveNext() ? Writing.Current : null;
    }
}
