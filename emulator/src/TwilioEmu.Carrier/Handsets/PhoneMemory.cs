using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>What all phones remember: texts, sounds and codes as bytes in large arrays, in the order they came (log-structured).</summary>
/// <remarks>
/// Loop-confined. A phone keeps places and no objects, so that a million texts cost the collector nothing. When all is full the oldest
/// goes, a block at a time: who has a place in it finds nothing there any more.
/// </remarks>
/// <param name="maxBytes">Of all that is remembered.</param>
/// <param name="forgot">Told how much went, after it did.</param>
internal sealed class PhoneMemory(long maxBytes, Action<int> forgot)
{
    // Large objects are not moved by a collection.
    private const int BlockSize = 128 * 1024;

    private readonly PackedWriter _writer = new();
    private readonly Dictionary<long, Block> _blocks = [];
    private Block? _newest;
    private long _oldest;

    /// <summary>About what all takes.</summary>
    public long ByteCount { get; private set; }

    /// <summary>Remembers something, which must have a form.</summary>
    public Place Put(IEntryData item)
    {
        var form = item.Packing ?? throw new InvalidOperationException($"a phone remembers no {item.GetType().Name}: it has no form");
        _writer.Clear();
        form.Write(item, _writer);
        var size = _writer.Written.Length;
        var block = Room(size);
        block.Count++;
        _writer.Written.CopyTo(block.Bytes.AsSpan(block.End));
        block.End += size;
        return new Place(block.Number, block.End - size, size);
    }

    /// <summary>True while what was put there is remembered.</summary>
    public bool Has(Place place) => place.Block >= _oldest;

    /// <summary>What was put at a place, equal to it; <see cref="Has"/> must be true.</summary>
    /// <param name="place">Where.</param>
    /// <param name="form">How it was packed.</param>
    public IEntryData Read(Place place, DataForm form) =>
        form.Read(new PackedReader(_blocks[place.Block].Bytes.AsMemory(place.At, place.Size)));

    private Block Room(int size)
    {
        if (_newest is { } newest && newest.Bytes.Length - newest.End >= size) return newest;
        var length = Math.Max(size, BlockSize);
        var spare = default(byte[]);
        while (_blocks.Count > 0 && ByteCount + length > maxBytes)
        {
            _blocks.Remove(_oldest++, out var oldest);
            var gone = oldest!;
            ByteCount -= gone.Bytes.Length;
            if (gone.Bytes.Length == length) spare = gone.Bytes;
            forgot(gone.Count);
        }
        ByteCount += length;
        _newest = new Block((_newest?.Number ?? -1) + 1, spare ?? GC.AllocateUninitializedArray<byte>(length));
        _blocks.Add(_newest.Number, _newest);
        return _newest;
    }

    /// <summary>Where something is remembered.</summary>
    /// <param name="Block">The number of its block; they go in this order.</param>
    /// <param name="At">Where in it.</param>
    /// <param name="Size">Its bytes.</param>
    public readonly record struct Place(long Block, int At, int Size);

    private sealed class Block(long number, byte[] bytes)
    {
        public long Number { get; } = number;

        public byte[] Bytes { get; } = bytes;

        public int End { get; set; }

        public int Count { get; set; }
    }
}
