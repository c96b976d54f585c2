using System.Buffers.Binary;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Store;

/// <summary>
/// Packed records of all tables, one after the other in large arrays, which the
/// collector neither looks into nor moves (slab, log-structured heap).
/// </summary>
/// <remarks>
/// Loop-confined.
/// <code>
/// record  table (4 bytes), row (4), count (4), that many bytes
/// </code>
/// A record is never changed in its place. A block that is more than half records that are gone is copied
/// on without them: what is kept takes twice its size at most, and a byte that goes costs one that moves.
/// </remarks>
internal sealed class PackedBlocks(Func<int, Rows> tableOf)
{
    /// <summary>Bytes of a block; a longer record has one of its own.</summary>
    public const int BlockSize = 256 * 1024;

    private const int HeadSize = 12;

    private readonly PackedWriter _writer = new();
    private readonly PackedReader _reader = new(default);

    // Number 0 is none.
    private readonly List<Block?> _blocks = [null];
    private readonly Stack<int> _free = new();
    private int _current;
    private byte[]? _spare;

    /// <summary>Bytes of all blocks, for whoever counts.</summary>
    public long ByteCount { get; private set; }

    /// <summary>Packs a record, and tells its row where.</summary>
    public void Add(int table, int row, RecordForm form, IRecord record)
    {
        _writer.Clear();
        form.Write(record, _writer);
        Add(table, row, _writer.Written);
    }

    /// <summary>Makes the record anew that lies at a place.</summary>
    public IRecord Read(int block, int offset, RecordForm form)
    {
        _reader.Begin(At(block, offset));
        return form.Read(_reader);
    }

    /// <summary>The bytes of the record that lies at a place, for keeps.</summary>
    public byte[] Copy(int block, int offset) => At(block, offset).ToArray();

    /// <summary>A record is no more; its row says so already.</summary>
    public void Drop(int block, int offset)
    {
        var from = _blocks[block]!;
        from.LiveBytes -= HeadSize + BinaryPrimitives.ReadInt32LittleEndian(from.Bytes.AsSpan(offset + 8));
        if (block != _current) Sweep(block);
    }

    /// <summary>Takes a record that is packed already, and tells its row where.</summary>
    public void Add(int table, int row, ReadOnlySpan<byte> packed)
    {
        var size = HeadSize + packed.Length;
        if (_current == 0 || _blocks[_current]!.Bytes.Length - _blocks[_current]!.End < size) Open(size);
        var block = _blocks[_current]!;
        var head = block.Bytes.AsSpan(block.End);
        BinaryPrimitives.WriteInt32LittleEndian(head, table);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], row);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], packed.Length);
        packed.CopyTo(head[HeadSize..]);
        tableOf(table).Stand(row, _current, block.End);
        block.End += size;
        block.LiveBytes += size;
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
        var bytes = _blocks[block]!.Bytes;
        return bytes.AsMemory(offset + HeadSize, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset + 8)));
    }

    private void Sweep(int number)
    {
        var block = _blocks[number]!;
        if (block.LiveBytes > block.End / 2) return;
        if (block.LiveBytes > 0) CopyOn(number, block);
        Close(number);
    }

    private void CopyOn(int number, Block from)
    {
        for (var offset = 0; offset < from.End;)
        {
            var head = from.Bytes.AsSpan(offset);
            var (table, row, count) = (
                BinaryPrimitives.ReadInt32LittleEndian(head), BinaryPrimitives.ReadInt32LittleEndian(head[4..]),
                BinaryPrimitives.ReadInt32LittleEndian(head[8..]));
            if (tableOf(table).StandsAt(row, number, offset)) Add(table, row, head.Slice(HeadSize, count));
            offset += HeadSize + count;
        }
    }

    private void Open(int size)
    {
        var bytes = size <= BlockSize && _spare is { } spare ? spare : GC.AllocateUninitializedArray<byte>(Math.Max(size, BlockSize));
        if (bytes == _spare) _spare = null;
        var full = _current;
        if (_free.TryPop(out _current)) _blocks[_current] = new Block(bytes);
        else
        {
            _current = _blocks.Count;
            _blocks.Add(new Block(bytes));
        }
        ByteCount += bytes.Length;
        // Much of it may have gone while it was the one written to.
        if (full != 0) Sweep(full);
    }

    private void Close(int number)
    {
        var bytes = _blocks[number]!.Bytes;
        ByteCount -= bytes.Length;
        if (bytes.Length == BlockSize) _spare = bytes;
        _blocks[number] = null;
        _free.Push(number);
    }

    private sealed class Block(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public int End { get; set; }

        public int LiveBytes { get; set; }
    }
}
