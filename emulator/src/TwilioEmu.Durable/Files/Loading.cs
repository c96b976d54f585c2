using System.Collections.Concurrent;
using LiteDB;
using TwilioEmu.Durable.Documents;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Files;

/// <summary>What a start reads of the file: blocks, the batches that came after, as many before them as the journal holds, parts.</summary>
/// <param name="Saved">The world as it was.</param>
/// <param name="Progress">How far the file was.</param>
/// <param name="FirstNumber">Of the first document of the first batch that was read.</param>
/// <param name="Batches">Those that were read: number, what is in it, bytes.</param>
/// <param name="LastBlock">The newest block's number.</param>
/// <param name="Index">Which block has which record.</param>
internal sealed record Loading(
    SavedWorld Saved, Progress Progress, long FirstNumber, IReadOnlyList<(long Number, Batch Batch, int Bytes)> Batches, long LastBlock,
    BlockIndex Index)
{
    /// <exception cref="DataFault">It is damaged, or of another make.</exception>
    public static Loading Read(DataFolder folder, RecordForms forms)
    {
        folder.Check();
        try
        {
            using var engine = Engine.OpenToRead(folder.FilePath, File.Exists(folder.LogPath));
            return Read(engine, forms, folder.FilePath);
        }
        catch (DataFault)
        {
            throw;
        }
        catch (Exception damage)
        {
            // Whatever a broken file makes of its reader: LiteDB has no one exception for it.
            var words = damage is AggregateException { InnerException: { } first } ? first.Message : damage.Message;
            throw new DataFault(
                $"{folder.FilePath} is damaged and was left as it is ({words}); bring back a copy, or move it away to begin anew", damage);
        }
    }

    private static Loading Read(Engine engine, RecordForms forms, string path)
    {
        var progress = Progress.Read(engine, path)
            ?? throw new DataFault($"{path} is a database of another program's; it was left as it is: name another folder");
        CheckForms(progress, forms, path);
        var firstNumber = Math.Min(progress.KeptFrom, progress.Blocked + 1);
        var batches = ReadBatches(engine, forms, progress, firstNumber);
        var parts = engine.All(Collections.Parts).ToDictionary(d => d["_id"].AsString, d => d["b"].AsBinary, StringComparer.Ordinal);
        var entries = new List<Entry>(batches.Sum(b => b.Batch.Entries.Count));
        var (at, lastSeq) = (progress.At, progress.LastSeq);
        var newer = new Dictionary<long, Row>();
        foreach (var (number, batch, _) in batches)
        {
            entries.AddRange(batch.Entries);
            if (number <= progress.Blocked) continue;
            (at, lastSeq) = (batch.At, batch.LastSeq);
            foreach (var entry in batch.Entries) Changes.Lay(entry, newer);
            foreach (var (name, part) in batch.Parts)
            {
                if (part is null) parts.Remove(name);
                else parts[name] = part;
            }
        }
        var rows = new LoadedRows(new BlockCodec(forms), newer, progress.BlockRows);
        var lastBlock = ReadBlocks(engine, progress, rows);
        return new Loading(
            new SavedWorld(progress.Seed, at, lastSeq, rows.End(), entries, parts), progress, firstNumber, batches, lastBlock, rows.Index);
    }

    private static (long Number, Batch Batch, int Bytes)[] ReadBatches(Engine engine, RecordForms forms, Progress progress, long first)
    {
        var codec = new BatchCodec(forms);
        List<(long Number, byte[] Bytes)> packed = [.. BatchDocuments.Read(engine.From(Collections.Batches, first), first)];
        if ((packed.Count > 0 ? packed[^1].Number : first - 1) < progress.Blocked)
        {
            throw new InvalidDataException($"batch {progress.Blocked} is missing");
        }
        var batches = new (long, Batch, int)[packed.Count];
        Parallel.For(0, packed.Count, i => batches[i] = (packed[i].Number, codec.Read(packed[i].Bytes), packed[i].Bytes.Length));
        return batches;
    }

    private static long ReadBlocks(Engine engine, Progress progress, LoadedRows rows)
    {
        // LiteDB reads on one thread, rows are told apart on another.
        using var read = new BlockingCollection<BsonDocument>();
        var (newest, next) = (0L, 0L);
        void Read()
        {
            try
            {
                foreach (var block in engine.NewestFirst(Collections.Blocks)) read.Add(block);
            }
            finally
            {
                read.CompleteAdding();
            }
        }
        void Tell()
        {
            // Of two rows of one record the later one holds, so the latest is read first.
            foreach (var block in read.GetConsumingEnumerable())
            {
                var number = block["_id"].AsInt64;
                if (newest == 0) (newest, next) = (number, number);
                if (number != next) throw new InvalidDataException($"block {next} is missing");
                rows.AddOlder(PackedDocuments.BytesOf(block, "block"), number);
                next--;
            }
        }
        Parallel.Invoke(Read, Tell);
        if (newest < progress.LastBlock) throw new InvalidDataException($"block {progress.LastBlock} is missing");
        if (newest > 0 && next != progress.FirstBlock - 1) throw new InvalidDataException($"block {next} is missing");
        return Math.Max(newest, progress.LastBlock);
    }

    /// <summary>Packed records have no names: what wrote them must have known the members this program knows.</summary>
    private static void CheckForms(Progress progress, RecordForms forms, string path)
    {
        var others = forms.All.Where(f => progress.Forms.TryGetValue(f.Name, out var print) && print.AsString != f.Fingerprint)
            .Select(f => f.Name).ToList();
        if (others.Count == 0) return;
        throw new DataFault(
            $"{path} was written by another version of TwilioEmu, whose records have other members ({string.Join(", ", others)}); it was "
                + "left as it is: use that version, or export it there (twilioemu export) and import it here");
    }
}
