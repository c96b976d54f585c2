namespace TwilioEmu.Kernel.Serialization;

/// <summary>
/// Room for packed bytes in large arrays, one piece behind the other: the collector neither looks into them nor moves them (arena).
/// </summary>
/// <remarks>
/// Loop-confined; what lies in a block may be read from any thread by who holds the block. A block of which nothing is kept is used again
/// from its beginning, or lends its array to the next, so that what comes and goes for ever makes no arrays.
/// </remarks>
/// <param name="blockSize">
/// Bytes of a block; a longer piece has one of its own. From 85,000 on arrays are large objects, which a collection does not move.
/// </param>
/// <param name="mostSpare">Arrays that wait to be used again.</param>
public sealed class ByteArena(int blockSize, int mostSpare)
{
    // What goes in the order it came leaves nothing behind: moving what is left of blocks pays only beyond so many times what is kept.
    private const int Wasteful = 2;

    // Number 0 is none.
    private readonly List<ByteBlock?> _blocks = [null];
    private readonly Stack<int> _free = new();
    private readonly Stack<byte[]> _spare = new();

    /// <summary>The block that pieces are put into; null before the first.</summary>
    public ByteBlock? Current { get; private set; }

    /// <summary>Bytes of all blocks, for whoever counts.</summary>
    public long ByteCount { get; private set; }

    /// <summary>Bytes of pieces that are kept.</summary>
    public long LiveBytes { get; private set; }

    /// <summary>Arrays that were made so far, for whoever counts.</summary>
    public int MadeCount { get; private set; }

    /// <summary>The block of a number, for who keeps numbers where a reference would cost the collector.</summary>
    public ByteBlock this[int number] => _blocks[number]!;

    /// <summary>Room for a piece, filled by the caller.</summary>
    /// <param name="size">Its bytes; one at least.</param>
    /// <param name="start">Where in the block it begins.</param>
    public ByteBlock Take(int size, out int start)
    {
        var block = Current is { } current && current.Bytes.Length - current.End >= size ? current : Open(size);
        start = block.End;
        block.End += size;
        Keep(block, size);
        return block;
    }

    /// <summary>An array of another's, full of pieces of which none is kept until <see cref="Keep"/> says so.</summary>
    /// <param name="bytes">The array, which is not used again for others.</param>
    /// <param name="begin">Where its first piece begins.</param>
    public ByteBlock Adopt(byte[] bytes, int begin)
    {
        var block = new ByteBlock(NextNumber(), bytes) { Begin = begin, End = bytes.Length, IsAdopted = true };
        _blocks[block.Number] = block;
        ByteCount += bytes.Length;
        return block;
    }

    /// <summary>A piece of an adopted block is kept.</summary>
    public void Keep(ByteBlock block, int size)
    {
        block.LiveBytes += size;
        LiveBytes += size;
    }

    /// <summary>A piece is no more: of its bytes nobody takes what he finds for true.</summary>
    /// <param name="block">Where it lay.</param>
    /// <param name="size">What it took; of all that a block still has, the block's <see cref="ByteBlock.LiveBytes"/>.</param>
    public void GiveBack(ByteBlock block, int size)
    {
        block.LiveBytes -= size;
        LiveBytes -= size;
        if (block.LiveBytes > 0) return;
        if (block == Current) block.End = 0;
        else Close(block);
    }

    /// <summary>True where blocks take so much more than what is kept in them that what is left in some had better lie elsewhere.</summary>
    public bool IsWasteful => ByteCount > (Wasteful * LiveBytes) + blockSize;

    /// <summary>Of a wasteful arena a block that is full and keeps no more than a part; null for none.</summary>
    /// <param name="part">One in so many bytes.</param>
    public ByteBlock? FindSparse(int part)
    {
        if (!IsWasteful) return null;
        foreach (var block in _blocks) if (block is not null && block != Current && block.LiveBytes <= block.End / part) return block;
        return null;
    }

    private ByteBlock Open(int size)
    {
        var (full, number) = (Current, NextNumber());
        Current = _blocks[number] = new ByteBlock(number, size <= blockSize && _spare.TryPop(out var spare) ? spare : Make(size));
        ByteCount += Current.Bytes.Length;
        // It emptied while it was the one written to, and is too small for what comes.
        if (full is { LiveBytes: 0 }) Close(full);
        return Current;
    }

    private int NextNumber()
    {
        if (_free.TryPop(out var number)) return number;
        _blocks.Add(null);
        return _blocks.Count - 1;
    }

    private byte[] Make(int size)
    {
        MadeCount++;
        return GC.AllocateUninitializedArray<byte>(Math.Max(size, blockSize));
    }

    private void Close(ByteBlock block)
    {
        ByteCount -= block.Bytes.Length;
        if (!block.IsAdopted && block.Bytes.Length == blockSize && _spare.Count < mostSpare) _spare.Push(block.Bytes);
        _blocks[block.Number] = null;
        _free.Push(block.Number);
    }
}

/// <summary>An array of an arena, in which pieces lie one behind the other.</summary>
public sealed class ByteBlock
{
    internal ByteBlock(int number, byte[] bytes) => (Number, Bytes) = (number, bytes);

    /// <summary>By which its arena finds it, from 1 on; another's once it is closed.</summary>
    public int Number { get; }

    /// <summary>The array.</summary>
    public byte[] Bytes { get; }

    /// <summary>Where the first piece begins.</summary>
    public int Begin { get; internal init; }

    /// <summary>True for one whose array was another's, who may still read it.</summary>
    internal bool IsAdopted { get; init; }

    /// <summary>Where the next piece begins.</summary>
    public int End { get; internal set; }

    /// <summary>Bytes of pieces that are kept.</summary>
    public int LiveBytes { get; internal set; }
}
