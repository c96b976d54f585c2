namespace TwilioEmu.Kernel.Journal;

/// <summary>
/// Where packed entries lie: large arrays that are used again once nothing of theirs is kept, so that
/// a journal that is full allocates nothing for the entries it packs, and the collector moves none (arena).
/// </summary>
/// <remarks>Loop-confined; what lies in a block is read from any thread (<see cref="PackedRun"/>).</remarks>
internal sealed class RunBlocks
{
    /// <summary>Bytes of a block; a longer run has one of its own.</summary>
    public const int BlockSize = 256 * 1024;

    private const int MostSpare = 8;

    // Rows are read as they lie.
    private const int Alignment = 8;

    private readonly Stack<byte[]> _spare = new();
    private RunBlock? _current;

    /// <summary>Arrays that were made, for whoever counts.</summary>
    public int MadeCount { get; private set; }

    /// <summary>Room for a run.</summary>
    public RunBlock Take(int size, out int start)
    {
        if (_current is null || _current.Bytes.Length - _current.End < size)
        {
            var full = _current;
            _current = new RunBlock(size <= BlockSize && _spare.TryPop(out var spare) ? spare : Make(size));
            if (full is { RunCount: 0 }) Spare(full);
        }
        start = _current.End;
        _current.End = Math.Min(_current.Bytes.Length, (start + size + Alignment - 1) & -Alignment);
        _current.RunCount++;
        return _current;
    }

    /// <summary>A run is no more: nobody who reads it takes what he finds for true.</summary>
    public void GiveBack(RunBlock block)
    {
        if (--block.RunCount > 0) return;
        if (block == _current) block.End = 0;
        else Spare(block);
    }

    private byte[] Make(int size)
    {
        MadeCount++;
        return GC.AllocateUninitializedArray<byte>(Math.Max(size, BlockSize));
    }

    private void Spare(RunBlock block)
    {
        if (block.Bytes.Length == BlockSize && _spare.Count < MostSpare) _spare.Push(block.Bytes);
    }
}

/// <summary>An array in which runs lie one behind the other.</summary>
internal sealed class RunBlock(byte[] bytes)
{
    public byte[] Bytes { get; } = bytes;

    public int End { get; set; }

    public int RunCount { get; set; }
}
