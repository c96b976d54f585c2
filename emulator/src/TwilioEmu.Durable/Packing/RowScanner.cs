namespace TwilioEmu.Durable.Packing;

/// <summary>Passes over packed members without making anything of them: where rows begin is all a start wants to know of most.</summary>
/// <remarks>Numbers as <see cref="Kernel.Serialization.PackedWriter"/> writes them.
/// Whatever the bytes, it ends: at their end, or by <see cref="InvalidDataException"/>.</remarks>
internal ref struct RowScanner(ReadOnlySpan<byte> bytes, int at)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Where the next member begins.</summary>
    public int At { get; private set; } = at;

    public readonly bool IsAtEnd => At >= _bytes.Length;

    /// <summary>A whole number.</summary>
    public long Number() => Unsigned() is var raw ? (long)(raw >> 1) ^ -(long)(raw & 1) : 0;

    /// <summary>So many bytes, whatever they are.</summary>
    public void Pass(int count) => MoveTo(At + count);

    /// <summary>To a place, behind the next member as a rule.</summary>
    public void MoveTo(int place) => At = place >= At && place <= _bytes.Length ? place
        : throw new InvalidDataException("more is said to follow than does");

    private ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64 && At < _bytes.Length; shift += 7)
        {
            var next = _bytes[At++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw new InvalidDataException("a number does not end");
    }
}
