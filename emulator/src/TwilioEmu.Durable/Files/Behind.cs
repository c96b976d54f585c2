using LiteDB;
using TwilioEmu.Durable.Documents;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Files;

/// <summary>What is written behind the batches: blocks for a quick start, documents for tools; and what is no longer needed goes.</summary>
/// <remarks>Of the keeping thread. In steps, so that no batch waits long for one.</remarks>
internal sealed class Behind
{
    // Ids a step, of batches and documents that go.
    private const int DropSize = 512;

    private readonly Blocks _blocks;
    private readonly Follower _follower;
    private readonly JournalWindow _window;
    private Progress _progress;
    private long _firstBatch;
    private long _firstDocument;

    /// <summary>Makes the file ours where it is new, and goes on where an earlier process was.</summary>
    /// <param name="engine">Of the file.</param>
    /// <param name="loading">What a start read of it; null for a new one.</param>
    /// <param name="forms">Every form of record there is.</param>
    /// <param name="seed">Of the world.</param>
    /// <param name="maxEntries">How many the journal may hold.</param>
    public Behind(Engine engine, Loading? loading, RecordForms forms, long seed, int maxEntries)
    {
        var blocks = loading?.AwaitBlocks();
        (_blocks, _follower) = (
            new Blocks(forms, blocks?.Rows.Index ?? new BlockIndex(), blocks?.Last ?? 0), new Follower(new BatchCodec(forms)));
        _progress = loading?.Progress ?? Progress.Begin(seed, forms);
        _window = new JournalWindow(maxEntries, loading?.FirstNumber ?? 1);
        if (loading is null)
        {
            _progress.WriteTo(engine);
            // So that whoever looks at the file's beginning sees whose it is.
            engine.Checkpoint();
            (_firstBatch, _firstDocument) = (1, 1);
            return;
        }
        LastNumber = Math.Max(_progress.Blocked, _progress.Followed);
        foreach (var batch in loading.Batches)
        {
            if (batch.Whole is { } whole) Add(batch.Number, whole, batch.Bytes.Length);
            else AddKnown(batch.Number, batch.Head);
        }
        _firstBatch = engine.All(Collections.Batches).FirstOrDefault()?["_id"].AsInt64 ?? LastNumber + 1;
        _firstDocument = engine.All(Collections.Journal).FirstOrDefault()?["_id"].AsInt64 ?? _window.FirstSeq;
    }

    /// <summary>The newest batch's number.</summary>
    public long LastNumber { get; private set; }

    /// <summary>True while something is on the way: the thread need not sleep.</summary>
    public bool HasWork => _blocks.HasWork || _blocks.IsStale(_progress) || _follower.HasWork(_progress, LastNumber);

    /// <summary>True while what a start reads grows: it goes before tools.</summary>
    public bool IsPressing => _blocks.HasWork;

    /// <summary>A batch was committed.</summary>
    public void Add(long number, Batch batch, int bytes)
    {
        AddKnown(number, BatchHead.Of(batch));
        _blocks.Add(number, batch, bytes);
    }

    /// <summary>Does a little.</summary>
    public void Step(Engine engine)
    {
        if (_blocks.HasWork) _progress = _blocks.Step(engine, _progress, _window);
        else if (_blocks.IsStale(_progress)) _progress = _blocks.Sweep(engine, _progress);
        else if (_follower.HasWork(_progress, LastNumber)) _progress = _follower.Step(engine, _progress, _window);
        Drop(engine);
    }

    /// <summary>Does what is left: all blocks, and documents as far as they come in a while; the next start completes them.</summary>
    public void Finish(Engine engine, TimeProvider wall, TimeSpan patience)
    {
        var begun = wall.GetTimestamp();
        while (_progress.Blocked < LastNumber) _progress = _blocks.Step(engine, _progress, _window);
        while (_blocks.IsStale(_progress) && wall.GetElapsedTime(begun) < patience) _progress = _blocks.Sweep(engine, _progress);
        while (_follower.HasWork(_progress, LastNumber) && wall.GetElapsedTime(begun) < patience)
        {
            _progress = _follower.Step(engine, _progress, _window);
        }
        Drop(engine);
    }

    /// <summary>Batches that blocks and documents have and the journal does not need; documents of entries it has let go.</summary>
    private void Drop(Engine engine)
    {
        var end = Math.Min(Math.Min(_progress.Blocked, _progress.Followed) + 1, _progress.KeptFrom);
        _firstBatch = Drop(engine, Collections.Batches, _firstBatch, end, 1);
        _firstDocument = Drop(engine, Collections.Journal, _firstDocument, _window.FirstSeq, DropSize);
    }

    // One that blocks have.
    private void AddKnown(long number, BatchHead batch)
    {
        LastNumber = number;
        _window.Add(number, batch);
    }

    private static long Drop(Engine engine, string collection, long from, long end, int least)
    {
        if (end - from < least) return from;
        end = Math.Min(end, from + DropSize);
        var ids = new List<BsonValue>();
        for (var id = from; id < end; id++) ids.Add(id);
        engine.Delete(collection, ids);
        return end;
    }
}
