using LiteDB;
using TwilioEmu.Durable.Documents;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Files;

/// <summary>What a start reads of the file: blocks, the batches that came after, as many before them as the journal holds, parts.</summary>
/// <remarks>Blocks, which are most of it, are still being read when the rest is there: the world takes up its journal meanwhile.</remarks>
/// <param name="Saved">The world as it was.</param>
/// <param name="Progress">How far the file was.</param>
/// <param name="FirstNumber">Of the first document of the first batch that was read.</param>
/// <param name="Batches">Those that were read.</param>
/// <param name="Blocks">What blocks have; faulted by <see cref="DataFault"/> where they are damaged.</param>
internal sealed record Loading(
    SavedWorld Saved, Progress Progress, long FirstNumber, IReadOnlyList<LoadedBatch> Batches, Task<LoadedBlocks> Blocks)
{
    /// <summary>What blocks have; waits until they are read.</summary>
    /// <exception cref="DataFault">They are damaged.</exception>
    public LoadedBlocks AwaitBlocks() => Blocks.GetAwaiter().GetResult();

    /// <summary>Reads all but blocks, which are read on.</summary>
    /// <exception cref="DataFault">It is damaged, or of another make.</exception>
    public static Loading Read(DataFolder folder, RecordForms forms)
    {
        folder.Check();
        Engine? engine = null;
        ReadAhead? read = null;
        try
        {
            engine = Engine.OpenToRead(folder.FilePath);
            var progress = Progress.Read(engine, folder.FilePath)
                ?? throw new DataFault($"{folder.FilePath} is a database of another program's; it was left as it is: name another folder");
            CheckForms(progress, forms, folder.FilePath);
            var first = Math.Min(progress.KeptFrom, progress.Blocked + 1);
            var parts = engine.All(Collections.Parts)
                .ToDictionary(d => d["_id"].AsString, d => d["b"].AsBinary, StringComparer.Ordinal);
            read = new ReadAhead(engine.From(Collections.Batches, first), engine.NewestFirst(Collections.Blocks));
            var codec = new BatchCodec(forms);
            var batches = ReadBatches(read.Of(0), codec, progress, first);
            CheckTally(folder, Math.Max(progress.Blocked, batches.Count > 0 ? batches[^1].Number : 0));
            var (at, lastSeq) = (progress.At, progress.LastSeq);
            var newer = new Dictionary<long, Row>();
            foreach (var batch in batches)
            {
                if (batch.Whole is not { } whole) continue;
                (at, lastSeq) = (whole.At, whole.LastSeq);
                foreach (var entry in whole.Entries) Changes.Lay(entry, newer);
                foreach (var (name, part) in whole.Parts)
                {
                    if (part is null) parts.Remove(name);
                    else parts[name] = part;
                }
            }
            DataFault Fault(Exception damage) => Damaged(folder.FilePath, damage);
            var rows = new LoadedRows(new BlockCodec(forms), newer, progress.BlockRows, Fault);
            var blocks = ReadOn(engine, read, progress, rows, Fault);
            (engine, read) = (null, null);
            var entries = new LoadedEntries(batches, codec, Fault);
            var saved = new SavedWorld(progress.Seed, at, lastSeq, new AwaitedRows(blocks), entries, parts);
            return new Loading(saved, progress, first, batches, blocks);
        }
        catch (DataFault)
        {
            throw;
        }
        catch (Exception damage)
        {
            // Whatever a broken file makes of its reader: LiteDB has no one exception for it.
            throw Damaged(folder.FilePath, damage);
        }
        finally
        {
            read?.Dispose();
            engine?.Dispose();
        }
    }

    private static void CheckTally(DataFolder folder, long last)
    {
        var told = folder.Tally.LastOf(FileHeader.Of(folder.FilePath).Creation);
        if (last >= told) return;
        throw new DataFault(
            $"{folder.FilePath} lacks what was accepted last, batches {last + 1} to {told}: its log, "
                + $"{folder.LogPath}, was cut or taken away, or the file is an older copy; it was left as it is: bring "
                + $"back both as they were, or remove {folder.LockPath} to go on without");
    }

    private static DataFault Damaged(string path, Exception damage) => new(
        $"{path} is damaged and was left as it is ({damage.Message}); bring back a copy, or move it away to begin anew", damage);

    // The engine and what reads ahead of it are its own from now on.
    private static Task<LoadedBlocks> ReadOn(
        Engine engine, ReadAhead read, Progress progress, LoadedRows rows, Func<Exception, DataFault> damaged)
    {
        LoadedBlocks Read()
        {
            try
            {
                var last = ReadBlocks(read.Of(1), progress, rows);
                return new LoadedBlocks(rows.End(), last);
            }
            catch (Exception damage)
            {
                throw damaged(damage);
            }
            finally
            {
                read.Dispose();
                engine.Dispose();
            }
        }
        return Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static List<LoadedBatch> ReadBatches(IEnumerable<BsonDocument> read, BatchCodec codec, Progress progress, long first)
    {
        var batches = new List<LoadedBatch>();
        foreach (var (number, bytes) in BatchDocuments.Read(read, first))
        {
            batches.Add(number > progress.Blocked && codec.Read(bytes) is var whole
                ? new LoadedBatch(number, bytes, BatchHead.Of(whole), whole)
                : new LoadedBatch(number, bytes, BatchCodec.ReadHeadOf(bytes), null));
        }
        return (batches.Count > 0 ? batches[^1].Number : first - 1) >= progress.Blocked
            ? batches
            : throw new InvalidDataException($"batch {progress.Blocked} is missing");
    }

    // Of two rows of one record the later one holds, so the latest is read first.
    private static long ReadBlocks(IEnumerable<BsonDocument> read, Progress progress, LoadedRows rows)
    {
        var (newest, later, found) = (progress.LastBlock, 0L, default(BlockCensus));
        foreach (var block in read)
        {
            var number = block["_id"].AsInt64;
            newest = Math.Max(newest, number);
            if (number > progress.LastBlock) later++;
            else found += new BlockCensus(1, number);
            rows.AddOlder(PackedDocuments.BytesOf(block, "block"), number);
        }
        // Those of a round that did not end come one after the other; which of the others there are was written down.
        if (later != newest - progress.LastBlock) throw new InvalidDataException("a block of the last round is missing");
        if (found == progress.Blocks) return newest;
        throw new InvalidDataException(
            $"of {progress.Blocks.Count} blocks {found.Count} are there, the sum of whose numbers is {found.Sum}");
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
