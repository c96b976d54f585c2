using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Store;

/// <summary>
/// Packed records of all tables, one after the other in large arrays, which the
/// collector neither looks into nor moves (slab, log-structured heap).
/// </summary>
/// <remarks>
/// Loop-confined.
/// <code>
/// record  table (4 bytes), row (4), count (4), extent (4), so many bytes, others up to the extent (<see cref="PackedBlock"/>)
/// </code>
/// A record is never changed in its place. Where all blocks take more than twice what is kept, those that are more than half records that
/// are gone are copied on without them: a byte that goes costs one that moves at most, and none where records go in the order they came.
/// </remarks>
internal sealed class PackedBlocks(Func<int, Rows> tableOf)
{
    /// <summary>Bytes of a block; a longer record has one of its own.</summary>
    public const int BlockSize = 256 * 1024;

    private const int HeadSize = PackedBlock.HeadSize;

    // A block is copied on that keeps no more than this part.
    private const int Sparse = 2;

    private readonly ByteArena _arena = new(BlockSize, mostSpare: 1);
    private readonly PackedWriter _writer = new();
    private readonly PackedReader _reader = new(default);
    private bool _isRestoring;

    /// <summary>Bytes of all blocks, for whoever counts.</summary>
    public long ByteCount => _arena.ByteCount;

    /// <summary>Packs a record, and tells its row where.</summary>
    public void Add(int table, int row, RecordForm form, IRecord record)
    {
        _writer.Clear();
        form.Write(record, _writer);
        Add(table, row, _writer.Written);
    }

    /// <summary>Makes the record anew that lies at a place.</summary>
    public IRecord Read(int block, int offset, RecordForm form) => Read(At(block, offset), form);

    /// <summary>The same by a reader of one's own: from any thread, while nothing is put or removed.</summary>
    public IRecord Read(int block, int offset, RecordForm form, PackedReader reader)
    {
        reader.Begin(At(block, offset));
        return form.Read(reader);
    }

    /// <summary>The same of bytes that no block has.</summary>
    public IRecord Read(ReadOnlyMemory<byte> packed, RecordForm form)
    {
        _reader.Begin(packed);
        return form.Read(_reader);
    }

    /// <summary>The bytes of the record that lies at a place, for keeps.</summary>
    public byte[] Copy(int block, int offset) => At(block, offset).ToArray();

    /// <summary>A record is no more; its row says so already.</summary>
    public void Drop(int block, int offset)
    {
        var from = _arena[block];
        _arena.GiveBack(from, HeadSize + PackedBlock.LengthsOf(from.Bytes.AsSpan(offset)).Extent);
        if (_isRestoring || !_arena.IsWasteful || from == _arena.Current) return;
        if (from.LiveBytes == 0 || from.LiveBytes > from.End / Sparse) return;
        CopyOn(from);
        // One more that was sparse before it was wasteful to leave it so; no turn copies many.
        if (_arena.FindSparse(Sparse) is { } other) CopyOn(other);
    }

    /// <summary>Takes a record that is packed already, and tells its row where.</summary>
    public void Add(int table, int row, ReadOnlySpan<byte> packed)
    {
        var before = _arena.Current;
        Place(table, row, packed);
        if (_arena.Current != before) Thin();
    }

    /// <summary>Many records are brought back, with the blocks they lie in, until <see cref="EndRestore"/>.</summary>
    public void BeginRestore() => _isRestoring = true;

    /// <summary>A packed record that is brought back, where it lies in a block that nobody else took over; its row is told where.</summary>
    public void Restore(int table, int row, SavedRow saved)
    {
        if (saved.Block is not { } block || (block.Owner is { } owner && owner != this))
        {
            Add(table, row, saved.Packed.Span);
            return;
        }
        if (block.Taken is not { } taken)
        {
            taken = block.Taken = _arena.Adopt(block.Bytes, block.Begin);
            block.Owner = this;
        }
        var head = taken.Bytes.AsSpan(saved.Offset);
        PackedBlock.WriteOwner(head, table, row);
        _arena.Keep(taken, HeadSize + PackedBlock.LengthsOf(head).Extent);
        tableOf(table).Stand(row, taken.Number, saved.Offset);
    }

    /// <summary>All are back.</summary>
    public void EndRestore()
    {
        _isRestoring = false;
        Thin();
    }

    /// <summary>A text as a record has it that has it.</summary>
    public static byte[] TextOf(string text)
    {
        var writer = new PackedWriter();
        writer.Text("", text);
        return writer.Written.ToArray();
    }

    /// <summary>False where no member of a record is the text; true where one is, or by chance looks so.</summary>
    public bool Holds(int block, int offset, ReadOnlySpan<byte> text) => At(block, offset).Span.IndexOf(text) >= 0;

    private ReadOnlyMemory<byte> At(int block, int offset)
    {
        var bytes = _arena[block].Bytes;
        return bytes.AsMemory(offset + HeadSize, PackedBlock.LengthsOf(bytes.AsSpan(offset)).Count);
    }

    private void Place(int table, int row, ReadOnlySpan<byte> packed)
    {
        var block = _arena.Take(HeadSize + packed.Length, out var offset);
        var head = block.Bytes.AsSpan(offset);
        PackedBlock.WriteHead(head, packed.Length, packed.Length);
        PackedBlock.WriteOwner(head, table, row);
        packed.CopyTo(head[HeadSize..]);
        tableOf(table).Stand(row, block.Number, offset);
    }

    // A block that is being brought back has no more yet than what came so far.
    private void Thin()
    {
        if (_isRestoring) return;
        while (_arena.FindSparse(Sparse) is { } sparse) CopyOn(sparse);
    }

    private void CopyOn(ByteBlock from)
    {
        for (var offset = from.Begin; offset < from.End;)
        {
            var head = from.Bytes.AsSpan(offset);
            var ((table, row), (count, extent)) = (PackedBlock.OwnerOf(head), PackedBlock.LengthsOf(head));
            if (tableOf(table).StandsAt(row, from.Number, offset)) Place(table, row, head.Slice(HeadSize, count));
            offset += HeadSize + extent;
        }
        _arena.GiveBack(from, from.LiveBytes);
    }
}
