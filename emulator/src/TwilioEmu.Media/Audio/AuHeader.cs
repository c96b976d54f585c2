using System.Buffers.Binary;

namespace TwilioEmu.Media.Audio;

/// <summary>What a Sun/NeXT AU file says of itself.</summary>
/// <remarks><c>".snd" offset32be size32be encoding32be rate32be channels32be [text]</c>. Without the header the bytes are mu-law (RFC 2046,
/// audio/basic).</remarks>
internal sealed record AuHeader(int Encoding, int SampleRate, int Channels, int DataOffset)
{
    private const int HeaderByteCount = 24;

    /// <summary>Null: an encoding that is not read.</summary>
    public SampleFormat? Format => Encoding switch
    {
        1 => Of(SampleCoding.Ulaw),
        2 => Of(SampleCoding.Signed8),
        3 => Of(SampleCoding.Signed16),
        4 => Of(SampleCoding.Signed24),
        5 => Of(SampleCoding.Signed32),
        6 => Of(SampleCoding.Float32),
        7 => Of(SampleCoding.Float64),
        27 => Of(SampleCoding.Alaw),
        _ => null,
    };

    public static bool TryRead(ReadOnlySpan<byte> file, out AuHeader? header)
    {
        header = null;
        if (file.Length < HeaderByteCount || !file.StartsWith(".snd"u8)) return false;
        var offset = BinaryPrimitives.ReadUInt32BigEndian(file[4..]);
        if (offset < HeaderByteCount || offset > file.Length) return false;
        header = new AuHeader(
            BinaryPrimitives.ReadInt32BigEndian(file[12..]), BinaryPrimitives.ReadInt32BigEndian(file[16..]),
            BinaryPrimitives.ReadInt32BigEndian(file[20..]), (int)offset);
        return true;
    }

    private SampleFormat Of(SampleCoding coding) => new(coding, Channels, SampleRate, IsBigEndian: true);
}
