using LiteDB;
using TwilioEmu.Durable.Documents;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Files;

/// <summary>What a start reads of the file: blocks, the batches that came after, parts.</summary>
/// <param name="Saved">The world as it was.</param>
/// <param name="Unblocked">Batches that no block has yet.</param>
/// <param name="Unfollowed">Batches that tools do not see yet.</param>
/// <param name="Batches">Number, count of entries and of documents of every batch there.</param>
/// <param name="LastBlock">The newest block's number.</param>
internal sealed record Loading(
    SavedWorld Saved, IReadOnlyList<Batch> Unblocked, IReadOnlyList<Batch> Unfollowed, IReadOnlyList<(long Number, int Count, int Chunks)> Batches, long LastBlock)
{
    /// <summary>The format of the file; a later one is another program's.</summary>
    public const int Format = 1;

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
            throw new DataFault($"{folder.FilePath} is damaged and was left as it is ({damage.Message}); bring back a copy, or move it away to begin anew", damage);
        }
    }

    private static Loading Read(Engine engine, RecordForms forms, string path)
    {
        var world = engine.All(Collections.World).FirstOrDefault(d => d["_id"] == "world") ?? throw new DataFault($"{path} is a database of another program's; it was left as it is: name another folder");
        if (world["format"].AsInt32 is var format && format != Format) throw new DataFault($"{path} is of format {format}, and this program knows {Format}: use the TwilioEmu that wrote it, or export it there and import it here");
        CheckForms(world["forms"].AsDocument, forms, path);

        var (blocks, batches) = (new BlockCodec(forms), new BatchCodec(forms));
        var packed = new Dictionary<(string, AccountSid), Dictionary<string, PackedRow>>();
        var (lastBlock, blocked, followed) = (0L, world["blocked"].AsInt64, world["followed"].AsInt64);
        foreach (var block in engine.All(Collections.Blocks))
        {
            lastBlock = block["_id"].AsInt64;
            blocks.Read(block["b"].AsBinary, packed);
        }
        var parts = engine.All(Collections.Parts).ToDictionary(d => d["_id"].AsString, d => d["b"].AsBinary, StringComparer.Ordinal);
        var (unblocked, unfollowed, numbers, entries) = (new List<Batch>(), new List<Batch>(), new List<(long, int, int)>(), new List<Entry>());
        var (at, lastSeq) = (new DateTimeOffset(world["at"].AsInt64, TimeSpan.Zero), world["last_seq"].AsInt64);
        foreach (var (number, chunks, bytes) in BatchDocuments.Read(engine.All(Collections.Batches)))
        {
            var batch = batches.Read(bytes);
            numbers.Add((number, batch.Entries.Count, chunks));
            entries.AddRange(batch.Entries);
            if (number > followed) unfollowed.Add(batch);
            if (number <= blocked) continue;
            unblocked.Add(batch);
            (at, lastSeq) = (batch.At, batch.LastSeq);
            foreach (var (name, part) in batch.Parts)
            {
                if (part is null) parts.Remove(name);
                else parts[name] = part;
            }
        }
        var newer = new Dictionary<RowKey, RowState>();
        foreach (var batch in unblocked) foreach (var entry in batch.Entries) Changes.Lay(entry, (key, state) => newer[key] = state);
        var rows = Unpack(packed, newer);
        return new Loading(
            new SavedWorld(world["seed"].AsInt64, at, lastSeq, rows, entries, parts), unblocked, unfollowed, numbers, lastBlock);
    }

    private static List<SavedRow> Unpack(Dictionary<(string Table, AccountSid Account), Dictionary<string, PackedRow>> packed, Dictionary<RowKey, RowState> newer)
    {
        var all = new List<(string Table, AccountSid Account, string Key, PackedRow Row)>();
        foreach (var (place, rows) in packed) foreach (var (key, row) in rows) if (!newer.ContainsKey(new RowKey(place.Table, place.Account, key))) all.Add((place.Table, place.Account, key, row));
        var saved = new SavedRow[all.Count];
        Parallel.For(0, all.Count, i =>
        {
            var (table, account, _, row) = all[i];
            saved[i] = new SavedRow(table, account, row.Form!.Read(new PackedReader(row.Bytes)), row.Place, row.Form);
        });
        List<SavedRow> list = [.. saved, .. newer.Where(n => n.Value.Record is not null).Select(n => new SavedRow(n.Key.Table, n.Key.Account, n.Value.Record!, n.Value.Place, n.Value.Form))];
        list.Sort(static (one, other) => one.Place.Arrived.CompareTo(other.Place.Arrived));
        return list;
    }

    /// <summary>Packed records have no names: what wrote them must have known the members this program knows.</summary>
    private static void CheckForms(BsonDocument written, RecordForms forms, string path)
    {
        var others = forms.All.Where(f => written.TryGetValue(f.Name, out var print) && print.AsString != f.Fingerprint).Select(f => f.Name).ToList();
        if (others.Count == 0) return;
        throw new DataFault(
            $"{path} was written by another version of TwilioEmu, whose records have other members ({string.Join(", ", others)}); it was left as it is: use that version, or export it there (twilioemu export) and import it here");
    }
}
