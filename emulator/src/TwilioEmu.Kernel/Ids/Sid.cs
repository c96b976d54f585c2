using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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

    /// <summary>The same of a text that is known to be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Sid Parse(ReadOnlySpan<char> text) => TryParse(text, out var sid) ? sid : throw new FormatException($"{text} is no SID");

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

    // The platform's own reading takes upper-case digits too. All sixteen at a time: a message is looked up by its SID, and written
    // down with it, some twenty times in its life.
    private static bool TryHalf(ReadOnlySpan<char> digits, out ulong number)
    {
        var wide = MemoryMarshal.Cast<char, ushort>(digits);
        var (first, last) = (Vector128.Create(wide[..8]), Vector128.Create(wide[8..16]));
        var spelt = Vector128.Narrow(first, last);
        var isLetter = Vector128.LessThanOrEqual(spelt - Vector128.Create((byte)'a'), Vector128.Create((byte)5));
        var isNumeral = Vector128.LessThanOrEqual(spelt - Vector128.Create((byte)'0'), Vector128.Create((byte)9));
        number = 0;
        // Narrowed, a letter of another script may look like a digit.
        var isAscii = ((first | last) & Vector128.Create((ushort)0xFF00)) == Vector128<ushort>.Zero;
        if (!isAscii || (isLetter | isNumeral) != Vector128<byte>.AllBitsSet) return false;
        var values = (spelt & Vector128.Create((byte)0xF)) + (isLetter & Vector128.Create((byte)9));
        var upper = Vector128.Shuffle(values, Vector128.Create((byte)0, 2, 4, 6, 8, 10, 12, 14, 0, 0, 0, 0, 0, 0, 0, 0));
        var lower = Vector128.Shuffle(values, Vector128.Create((byte)1, 3, 5, 7, 9, 11, 13, 15, 0, 0, 0, 0, 0, 0, 0, 0));
        // Each is below sixteen: shifted two by two, none runs over into the next.
        var bytes = (upper.AsUInt16() << 4).AsByte() | lower;
        Span<byte> spelled = stackalloc byte[Vector128<byte>.Count];
        bytes.CopyTo(spelled);
        number = BinaryPrimitives.ReadUInt64BigEndian(spelled);
        return true;
    }
}
