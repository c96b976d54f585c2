using System.Runtime.InteropServices;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Journal;

/// <summary>Writes runs of entries into blocks, and knows the names that rows have as numbers.</summary>
/// <remarks>Loop-confined; names are read from any thread.</remarks>
internal sealed class RunPacker
{
    // Bytes of a block; a longer run has one of its own.
    private const int BlockSize = 256 * 1024;
    private const int MostSpare = 8;

    // Of a block that is full, what is left is moved when it is no more than this part: an entry that stays long among many that
    // do not keeps no block, what is kept takes four times its size at most, and three bytes that go cost one that moves.
    private const int Sparse = 4;

    // Rows are read as they lie.
    private const int Alignment = 8;

    private readonly PackedWriter _room = new();
    private readonly Dictionary<ByteBlock, List<long>> _residents = new(ReferenceEqualityComparer.Instance);
    private EntryRow[] _rows = new EntryRow[Segment.Length];

    /// <summary>Where packed runs lie: a journal that is full allocates nothing for the entries it packs.</summary>
    public ByteArena Blocks { get; } = new(BlockSize, MostSpare);

    public NumberedNames<string> Kinds { get; } = new(StringComparer.Ordinal);

    public NumberedNames<string> Accounts { get; } = new(StringComparer.Ordinal);

    public NumberedNames<DataForm> Forms { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Packs entries.</summary>
    /// <param name="entries">By seq; null is a gap.</param>
    public PackedRun Pack(Entry?[] entries)
    {
        _room.Clear();
        if (_rows.Length < entries.Length) _rows = new EntryRow[entries.Length];
        IEntryData?[]? asTheyAre = null;
        Renderings? renderings = null;
        var count = 0;
        foreach (var entry in entries)
        {
            if (entry is null) continue;
            renderings = entry.Renderings;
            ref var row = ref _rows[count];
            row = RowOf(entry);
            row.Offset = _room.Written.Length;
            _room.Text("", entry.Subject);
            row.SubjectSize = _room.Written.Length - row.Offset;
            if (entry.Data is { } data)
            {
                if (data.Packing is { } form)
                {
                    form.Write(data, _room);
                    (row.Form, row.Size) = (Forms.NumberOf(form), _room.Written.Length - row.Offset - row.SubjectSize);
                }
                else
                {
                    (asTheyAre ??= new IEntryData?[entries.Length])[count] = data;
                }
            }
            count++;
        }
        return new PackedRun(this, Place(_rows.AsSpan(0, count), _room.Written), asTheyAre, renderings);
    }

    /// <summary>
    /// Puts rows of a segment, one at least, and behind them bytes into a block; the offsets of rows, which are those of the bytes,
    /// become those of the block.
    /// </summary>
    public RunPlace Place(Span<EntryRow> rows, ReadOnlySpan<byte> bytes)
    {
        var heads = MemoryMarshal.AsBytes(rows);
        var size = (heads.Length + bytes.Length + Alignment - 1) & -Alignment;
        var block = Blocks.Take(size, out var start);
        if (!_residents.TryGetValue(block, out var residents)) _residents.Add(block, residents = []);
        residents.Add(rows[0].Seq / Segment.Length);
        foreach (ref var row in rows) row.Offset += start + heads.Length;
        heads.CopyTo(block.Bytes.AsSpan(start));
        bytes.CopyTo(block.Bytes.AsSpan(start + heads.Length));
        return new RunPlace(block, start, size, rows.Length);
    }

    /// <summary>Bytes of a block are nobody's any more.</summary>
    public void GiveBack(ByteBlock block, int size)
    {
        Blocks.GiveBack(block, size);
        if (block.LiveBytes == 0) _residents.Remove(block);
    }

    /// <summary>A block that is full and yet keeps so little that this had better lie elsewhere; null where that is no matter.</summary>
    public ByteBlock? FindSparse() => Blocks.FindSparse(Sparse);

    /// <summary>The numbers of segments whose runs were put into a block; of some they have left it.</summary>
    public IReadOnlyList<long> ResidentsOf(ByteBlock block) => [.. _residents[block]];

    private EntryRow RowOf(Entry entry) => new()
    {
        Seq = entry.Seq,
        Ticks = entry.At.UtcTicks,
        Cause = entry.Cause,
        Subject = TextHash.Of(entry.Subject),
        Kind = Kinds.NumberOf(entry.Kind),
        Account = Accounts.NumberOf(entry.Account.ToString()),
        Load = entry.Load,
        Generation = entry.Generation,
        Depth = entry.Depth,
    };
}

/// <summary>Where a run lies: its rows, so many, and behind them what they tell, all in so many bytes from a place of a block on.</summary>
internal readonly record struct RunPlace(ByteBlock Block, int Start, int Size, int Count);
