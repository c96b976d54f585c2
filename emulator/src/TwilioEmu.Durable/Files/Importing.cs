using LiteDB;
using TwilioEmu.Durable.Documents;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Files;

/// <summary>Writes a world that was carried here as a file that a start reads.</summary>
internal static class Importing
{
    // Documents a transaction.
    private const int Together = 1_000;

    /// <summary>Writes it, whole or not at all.</summary>
    /// <exception cref="DataFault">It cannot be written.</exception>
    public static void Write(string path, SavedWorld world, RecordForms forms)
    {
        try
        {
            File.Delete(path);
            using (var engine = Engine.OpenAt(path)) Write(engine, world, forms);
            // LiteDB names the log of a file after its name without the ending.
            File.Delete(Engine.LogPathOf(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or LiteException)
        {
            File.Delete(path);
            throw new DataFault($"{path} cannot be written: {fault.Message}", fault);
        }
    }

    private static void Write(Engine engine, SavedWorld world, RecordForms forms)
    {
        var progress = Progress.Begin(world.Seed, forms) with { At = world.At, LastSeq = world.LastSeq, BlockRows = world.Rows.Count };
        progress.WriteTo(engine);
        engine.Checkpoint();
        var rows = world.Rows.Select(r => new Row(new RowKey(r.Table, r.Account, r.Key), new RowState(r.Form, r.Record, r.Place)));
        var block = 0L;
        foreach (var packed in new BlockCodec(forms).Write(rows)) engine.Upsert(Collections.Blocks, [PackedDocuments.Of(++block, packed)]);
        var (number, codec) = (0L, new BatchCodec(forms));
        foreach (var entries in world.Entries.Chunk(Together))
        {
            engine.Upsert(
                Collections.Batches, BatchDocuments.Of(codec.Write(new Batch(world.At, entries[^1].Seq, entries, [])), ref number));
            engine.Upsert(Collections.Journal, [.. entries.Select(JournalDocuments.Of)]);
        }
        engine.Upsert(Collections.Parts, [.. world.Parts.Select(p => new BsonDocument { ["_id"] = p.Key, ["b"] = p.Value })]);
        foreach (var some in rows.Chunk(Together))
        {
            foreach (var table in some.GroupBy(r => Collections.Of(r.Key.Table)))
            {
                engine.Upsert(table.Key, [.. table.Select(r => RowDocuments.Of(r.Key, r.State))]);
            }
        }
        var whole = progress with { LastBlock = block, Blocks = BlockCensus.OfRun(1, block), Blocked = number, Followed = number };
        whole.WriteTo(engine);
        engine.Checkpoint();
    }
}
