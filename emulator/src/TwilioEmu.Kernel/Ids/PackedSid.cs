using System.Buffers.Binary;

namespace TwilioEmu.Kernel.Ids;

/// <summary>A SID as two letters and a number of 128 bits: 18 bytes in place of 34 characters.</summary>
public readonly record struct PackedSid(char First, char Second, UInt128 Number)
{
    /// <summary>In bytes.</summary>
    public const int Size = 18;

    /// <summary>Packs two upper-case letters and 32 lower-case hex digits; false for any other text.</summary>
    public static bool TryPack(ReadOnlySpan<char> text, out PackedSid sid)
    {
        sid = default;
        if (text.Length != SidMint.Length || !char.IsAsciiLetterUpper(text[0]) || !char.IsAsciiLetterUpper(text[1])) return false;
        var (high, low) = (0UL, 0UL);
        for (var i = 2; i < 18; i++) if (!Shift(text[i], ref high)) return false;
        for (var i = 18; i < SidMint.Length; i++) if (!Shift(text[i], ref low)) return false;
        sid = new PackedSid(text[0], text[1], new UInt128(high, low));
        return true;
    }

    /// <summary>Reads <see cref="Size"/> bytes; every such number is one of some SID.</summary>
    public static PackedSid Read(ReadOnlySpan<byte> bytes) => new((char)bytes[0], (char)bytes[1], BinaryPrimitives.ReadUInt128LittleEndian(bytes[2..]));

    /// <summary>Writes <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        (bytes[0], bytes[1]) = ((byte)First, (byte)Second);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[2..], Number);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(SidMint.Length, this, static (span, sid) =>
    {
        (span[0], span[1]) = (sid.First, sid.Second);
        var rest = sid.Number;
        for (var i = span.Length - 1; i >= 2; i--, rest >>= 4) span[i] = "0123456789abcdef"[(int)(rest & 0xF)];
    });

    private static bool Shift(char digit, ref ulong number)
    {
        var value = digit switch
        {
            >= '0' and <= '9' => digit - '0',
            >= 'a' and <= 'f' => digit - 'a' + 10,
            _ => -1,
        };
        number = (number << 4) | (uint)(value & 0xF);
        return value >= 0;
    }
}
