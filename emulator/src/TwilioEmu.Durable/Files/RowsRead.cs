using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Files;

/// <summary>Gathers the records of a file, told of the newest rows first: the first row of a record is how it stands.</summary>
internal sealed class RowsRead
{
    private readonly BlockCodec _codec;
    private readonly Dictionary<long, Row> _newer;
    private readonly List<SavedRow> _rows;

    /// <param name="codec">Reads blocks.</param>
    /// <param name="newer">What batches say that no block has, by place.</param>
    public RowsRead(BlockCodec codec, Dictionary<long, Row> newer)
    {
        (_codec, _newer) = (codec, newer);
        _rows = [.. newer.Values.Where(r => r.State.Record is not null).Select(r => new SavedRow(r.Key.Table, r.Key.Account, r.State.Form!, r.State.Record!, r.State.Place))];
    }

    /// <summary>Which block has which record.</summary>
    public BlockIndex Index { get; } = new();

    /// <summary>A block; later ones were told before.</summary>
    public void AddOlder(byte[] block, long number)
    {
        foreach (var row in _codec.Read(block))
        {
            if (Index.AddOlder(row, number) && row.Form is not null && !_newer.ContainsKey(row.Place.Arrived)) _rows.Add(row.ToSaved());
        }
    }

    /// <summary>All that are there, those that came first before the others.</summary>
    public SavedRow[] ToArray()
    {
        var rows = _rows.ToArray();
        Array.Sort(Array.ConvertAll(rows, static r => r.Place.Arrived), rows);
        return rows;
    }
}
