using LiteDB;
using TwilioEmu.Durable.Documents;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Files;

/// <summary>How far the file is: its one document about the world.</summary>
internal sealed record Progress
{
    /// <summary>
    /// The format of the file; a later one is another program's. Read as they are: 2, which had no squeezed documents; 3, which dropped no
    /// block but the oldest, and squeezed by zlib.
    /// </summary>
    public const int Format = 4;

    private const int OldestRead = 2;

    private const string Id = "world";

    /// <summary>Names of records and their fingerprints.</summary>
    public required BsonDocument Forms { get; init; }

    /// <summary>Of the world's chances.</summary>
    public required long Seed { get; init; }

    /// <summary>The world's instant at the batch that was laid into blocks last.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Its newest entry.</summary>
    public long LastSeq { get; init; }

    /// <summary>Batches up to this one are in blocks.</summary>
    public long Blocked { get; init; }

    /// <summary>Batches up to this one are seen by tools.</summary>
    public long Followed { get; init; }

    /// <summary>From this batch on entries are brought back by a start.</summary>
    public long KeptFrom { get; init; } = 1;

    /// <summary>The oldest block there is.</summary>
    public long FirstBlock { get; init; } = 1;

    /// <summary>The newest block that belongs to <see cref="Blocked"/>; a later one is of a round that did not end.</summary>
    public long LastBlock { get; init; }

    /// <summary>Of the blocks up to <see cref="LastBlock"/>.</summary>
    public BlockCensus Blocks { get; init; }

    /// <summary>Rows in all blocks, those included that were written again later.</summary>
    public long BlockRows { get; init; }

    /// <summary>Of a new file.</summary>
    public static Progress Begin(long seed, RecordForms forms)
    {
        var prints = new BsonDocument();
        foreach (var form in forms.All) prints[form.Name] = form.Fingerprint;
        return new Progress { Seed = seed, Forms = prints };
    }

    /// <summary>Of a file, or null where it has none.</summary>
    /// <exception cref="DataFault">It is of another format.</exception>
    public static Progress? Read(Engine engine, string path)
    {
        if (engine.All(Collections.World).FirstOrDefault(d => d["_id"] == Id) is not { } document) return null;
        if (document["format"].AsInt32 is var format && format is < OldestRead or > Format)
        {
            throw new DataFault(
                $"{path} is of format {format}, and this program knows {Format}; it was left as it is: use the TwilioEmu that wrote it, or "
                    + "export it there (twilioemu export) and import it here, or name another folder");
        }
        var (first, last) = (document["first_block"].AsInt64, document["last_block"].AsInt64);
        return new Progress
        {
            Forms = document["forms"].AsDocument,
            Seed = document["seed"].AsInt64,
            At = new DateTimeOffset(document["at"].AsInt64, TimeSpan.Zero),
            LastSeq = document["last_seq"].AsInt64,
            Blocked = document["blocked"].AsInt64,
            Followed = document["followed"].AsInt64,
            KeptFrom = document["kept_from"].AsInt64,
            FirstBlock = first,
            LastBlock = last,
            Blocks = format < Format ? BlockCensus.OfRun(first, last)
                : new BlockCensus(document["blocks"].AsInt64, document["block_sum"].AsInt64),
            BlockRows = document["block_rows"].AsInt64,
        };
    }

    /// <summary>Writes it down; within what it tells of.</summary>
    public void WriteTo(Engine engine) => engine.Upsert(Collections.World,
    [
        new BsonDocument
        {
            ["_id"] = Id,
            ["format"] = Format,
            ["forms"] = Forms,
            ["seed"] = Seed,
            ["at"] = At.UtcTicks,
            ["last_seq"] = LastSeq,
            ["blocked"] = Blocked,
            ["followed"] = Followed,
            ["kept_from"] = KeptFrom,
            ["first_block"] = FirstBlock,
            ["last_block"] = LastBlock,
            ["blocks"] = Blocks.Count,
            ["block_sum"] = Blocks.Sum,
            ["block_rows"] = BlockRows,
        },
    ]);
}
