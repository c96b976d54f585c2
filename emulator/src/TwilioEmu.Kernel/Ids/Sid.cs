using System.Buffers.Binary;

namespace TwilioEmu.Kernel.Ids;

/// <summary>A SID as two letters and a number of 128 bits: 18 bytes in place of 34 characters, and equal at a glance.</summary>
/// <remarks>The number is kept in two halves, so that a row of a table with one in it has no gaps.</remarks>
public readonly record struct Sid
{
    /// <summary>In bytes, as <see cref="Write"/> writes it.</summary>
    public const int Size = 18;

    private const int Digits = 32;

    private Sid(ushort letters, ulong high, ulong low) => (Letters, High, Low) = (letters, high, low);

    /// <summary>The two letters, the first one in the high byte.</summary>
    public ushort Letters { get; }

    /// <summary>The first sixteen digits.</summary>
    public ulong High { get; }

    /// <summary>The last sixteen digits.</summary>
    public ulong Low { get; }

    /// <summary>One of its parts.</summary>
    public static Sid Of(ushort letters, ulong high, ulong low) => new(letters, high, low);

    /// <summary>
    /// Reads two upper-case letters and 32 lower-case hex digits; false for any other text, which no SID of ours is spelt as.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Sid sid)
    {
        sid = default;
        if (text.Length != SidMint.Length || !char.IsAsciiLetterUpper(text[0]) || !char.IsAsciiLetterUpper(text[1])) return false;
        if (!TryHalf(text[2..18], out var high) || !TryHalf(text[18..], out var low)) return false;
        sid = new Sid((ushort)((text[0] << 8) | text[1]), high, low);
        return true;
    }

    /// <summary>Reads <see cref="Size"/> bytes; every such number is one of some SID.</summary>
    public static Sid Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt16BigEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[10..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[2..]));

    /// <summary>Writes <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, Letters);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[2..], Low);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[10..], High);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(SidMint.Length, this, static (span, sid) =>
    {
        (span[0], span[1]) = ((char)(sid.Letters >> 8), (char)(sid.Letters & 0xFF));
        Span<byte> number = stackalloc byte[Digits / 2];
        BinaryPrimitives.WriteUInt64BigEndian(number, sid.High);
        BinaryPrimitives.WriteUInt64BigEndian(number[8..], sid.Low);
        Convert.TryToHexStringLower(number, span[2..], out _);
    });

    // The platform's own reading takes upper-case digits too.
    private static bool TryHalf(ReadOnlySpan<char> digits, out ulong number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            var value = digit is >= '0' and <= '9' ? digit - '0' : digit is >= 'a' and <= 'f' ? digit - 'a' + 10 : -1;
            if (value < 0) return false;
            number = (number << 4) | (uint)value;
        }
        return true;
    }
}
