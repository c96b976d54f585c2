using System.Runtime.CompilerServices;

namespace TwilioEmu.Kernel.Store;

/// <summary>A growing array in pieces: growth copies one piece at most, so that no turn grows with what is there (chunked list).</summary>
/// <remarks>Of values without references the collector looks at nothing.</remarks>
/// <param name="bits">A piece holds two to this power.</param>
internal sealed class Chunks<T>(int bits)
    where T : struct
{
    private const int FirstLength = 4;

    private readonly int _length = 1 << bits;
    private T[][] _chunks = [];

    /// <summary>The value at a place below <see cref="Count"/>.</summary>
    public ref T this[int place] => ref _chunks[place >> bits][place & (_length - 1)];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>What they take, with room for those to come.</summary>
    public long ByteCount => _chunks.Sum(c => (long)c.Length) * Unsafe.SizeOf<T>();

    /// <summary>One more, at the end, of no value; its place.</summary>
    public int Add()
    {
        var (chunk, place) = (Count >> bits, Count & (_length - 1));
        if (chunk == _chunks.Length)
        {
            // The first piece of a small table is small.
            _chunks = [.. _chunks, new T[chunk == 0 ? Math.Min(FirstLength, _length) : _length]];
        }
        else if (place == _chunks[chunk].Length)
        {
            Array.Resize(ref _chunks[chunk], Math.Min(2 * place, _length));
        }
        return Count++;
    }
}
