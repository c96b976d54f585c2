using LiteDB;
using TwilioEmu.Durable.Documents;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Durable.Files;

/// <summary>Writes what batches tell as documents for tools: reads batches from the file, in rounds, and writes in steps.</summary>
/// <remarks>
/// Of the keeping thread. It holds nothing but its round, however far it is behind. A record that changed
/// often within a round is written once; a round that did not end is done again, and comes to the same.
/// </remarks>
internal sealed class Follower(BatchCodec codec)
{
    // Documents a step: a millisecond or two, for which a batch may have to wait.
    private const int StepSize = 64;

    // Entries a round.
    private const int RoundSize = 4_096;

    private Round? _round;

    // Entries of a round that an earlier process, or a disk that refused it, left half done may be there.
    private bool _mayBeThere = true;

    /// <summary>True where there is something to write.</summary>
    public bool HasWork(Progress progress, long lastNumber) => progress.Followed < lastNumber;

    /// <summary>Writes a few documents.</summary>
    public Progress Step(Engine engine, Progress progress, JournalWindow window)
    {
        if ((_round ??= Begin(engine, progress, window)) is not { } round) return progress;
        var (puts, gone) = (
            new Dictionary<string, List<BsonDocument>>(StringComparer.Ordinal),
            new Dictionary<string, List<BsonValue>>(StringComparer.Ordinal));
        var to = Math.Min(round.Done + StepSize, round.Rows.Count + round.Entries.Count);
        var entries = new List<BsonDocument>();
        for (var i = round.Done; i < to; i++)
        {
            if (i >= round.Rows.Count)
            {
                entries.Add(JournalDocuments.Of(round.Entries[i - round.Rows.Count]));
                continue;
            }
            var (key, state) = round.Rows[i];
            var collection = Collections.Of(key.Table);
            if (state.Record is null) Of(gone, collection).Add(state.Place.Arrived);
            else Of(puts, collection).Add(RowDocuments.Of(key, state));
        }
        var isDone = to == round.Rows.Count + round.Entries.Count;
        var next = isDone ? progress with { Followed = round.Number } : progress;
        var mayBeThere = _mayBeThere;
        _mayBeThere = true;
        engine.Together(file =>
        {
            foreach (var (collection, documents) in puts) file.Upsert(collection, documents);
            foreach (var (collection, ids) in gone) file.Delete(collection, ids);
            // LiteDB looks for what it may have to lay over, and then for the place of what was not there: twice the time.
            if (mayBeThere) file.Upsert(Collections.Journal, entries);
            else if (entries.Count > 0) file.Insert(Collections.Journal, entries);
            if (isDone) next.WriteTo(file);
        });
        round.Done = to;
        _mayBeThere = mayBeThere && !isDone;
        if (isDone) _round = null;
        return next;
    }

    private Round? Begin(Engine engine, Progress progress, JournalWindow window)
    {
        var rows = new Dictionary<long, Row>();
        var entries = new List<Entry>();
        var (last, count) = (0L, 0);
        foreach (var (number, bytes) in BatchDocuments.Read(engine.From(Collections.Batches, progress.Followed + 1), progress.Followed + 1))
        {
            var batch = codec.Read(bytes);
            foreach (var entry in batch.Entries)
            {
                // What the journal has let go already is not written down first.
                if (entry.Seq >= window.FirstSeq) entries.Add(entry);
                Changes.Lay(entry, rows);
            }
            last = number;
            if ((count += batch.Entries.Count) >= RoundSize) break;
        }
        return last == 0 ? null : new Round(last, [.. rows.Values], entries);
    }

    private static List<T> Of<T>(Dictionary<string, List<T>> lists, string collection)
    {
        if (!lists.TryGetValue(collection, out var list)) lists.Add(collection, list = []);
        return list;
    }

    private sealed record Round(long Number, IReadOnlyList<Row> Rows, IReadOnlyList<Entry> Entries)
    {
        public int Done { get; set; }
    }
}
