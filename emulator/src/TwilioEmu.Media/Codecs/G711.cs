namespace TwilioEmu.Media.Codecs;

/// <summary>G.711: a byte a sample, logarithmic, mu-law (America, Japan) and A-law (the rest).</summary>
/// <remarks>ITU-T G.711 tables 1a to 2b, by their segments; both directions by table. Pure.</remarks>
public static class G711
{
    // Of G.711's 14-bit mu-law scale, in 16 bits: 33 shifted left by two, and the largest value before it.
    private const int UlawBias = 0x84;
    private const int UlawClip = 32635;

    private static readonly short[] FromUlaw = Table(DecodeUlaw);
    private static readonly short[] FromAlaw = Table(DecodeAlaw);

    // By the upper 14 (13) bits of the sample: what lies below is less than a step of the finest segment.
    private static readonly byte[] ToUlaw = InverseTable(2, 2, EncodeUlaw);
    private static readonly byte[] ToAlaw = InverseTable(3, 0, EncodeAlaw);

    public static void EncodeUlaw(ReadOnlySpan<short> pcm, Span<byte> coded)
    {
        for (var i = 0; i < pcm.Length; i++) coded[i] = ToUlaw[(ushort)pcm[i] >> 2];
    }

    public static void DecodeUlaw(ReadOnlySpan<byte> coded, Span<short> pcm)
    {
        for (var i = 0; i < coded.Length; i++) pcm[i] = FromUlaw[coded[i]];
    }

    public static void EncodeAlaw(ReadOnlySpan<short> pcm, Span<byte> coded)
    {
        for (var i = 0; i < pcm.Length; i++) coded[i] = ToAlaw[(ushort)pcm[i] >> 3];
    }

    public static short FromUlawByte(byte coded) => FromUlaw[coded];

    public static short FromAlawByte(byte coded) => FromAlaw[coded];

    public static void DecodeAlaw(ReadOnlySpan<byte> coded, Span<short> pcm)
    {
        for (var i = 0; i < coded.Length; i++) pcm[i] = FromAlaw[coded[i]];
    }

    /// <summary><c>S EEE MMMM</c>, all bits inverted: sign, segment, step within it.</summary>
    private static short DecodeUlaw(byte coded)
    {
        var bits = ~coded;
        var magnitude = ((((bits & 0x0F) << 3) + UlawBias) << ((bits >> 4) & 7)) - UlawBias;
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static byte EncodeUlaw(int sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs(sample), UlawClip) + UlawBias;
        var segment = Math.Max(0, 24 - int.LeadingZeroCount(magnitude));
        return (byte)~(sign | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0F));
    }

    /// <summary><c>S EEE MMMM</c>, even bits inverted; a set sign bit is positive.</summary>
    private static short DecodeAlaw(byte coded)
    {
        var bits = coded ^ 0x55;
        var segment = (bits >> 4) & 7;
        var step = (bits & 0x0F) << 4;
        var magnitude = segment == 0 ? step + 8 : (step + 0x108) << (segment - 1);
        return (short)((bits & 0x80) != 0 ? magnitude : -magnitude);
    }

    private static byte EncodeAlaw(int sample)
    {
        var sign = sample >= 0 ? 0x80 : 0;
        var magnitude = sample >= 0 ? sample : -sample - 1;
        var segment = Math.Max(0, 24 - int.LeadingZeroCount(Math.Max(magnitude, 1)));
        var step = (magnitude >> (segment == 0 ? 4 : segment + 3)) & 0x0F;
        return (byte)((sign | (segment << 4) | step) ^ 0x55);
    }

    private static short[] Table(Func<byte, short> decode) => [.. Enumerable.Range(0, 256).Select(i => decode((byte)i))];

    // Mu-law is symmetric about zero, so the middle of each group of samples stands for it; A-law is not, and has its lower end.
    private static byte[] InverseTable(int shift, int middle, Func<int, byte> encode) =>
        [.. Enumerable.Range(0, 65536 >> shift).Select(i => encode((short)(ushort)(i << shift) + middle))];
}
