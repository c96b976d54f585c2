using System.Buffers.Binary;
using System.Text;

namespace TwilioEmu.Media.Audio;

/// <summary>What an AIFF or AIFF-C file says of itself: its COMM chunk, and where its SSND chunk has the sound.</summary>
/// <remarks><c>"FORM" size32be ("AIFF" / "AIFC") *( id4 size32be body [pad] )</c>; Apple, Audio Interchange File Format 1.3 and
/// AIFF-C.</remarks>
/// <param name="Channels">Channels.</param>
/// <param name="FrameCount">Samples of each channel.</param>
/// <param name="BitsPerSample">Of one sample.</param>
/// <param name="SampleRate">A second.</param>
/// <param name="Compression">Four letters; <c>NONE</c> for AIFF.</param>
/// <param name="DataOffset">Where the samples begin; 0 when there are none.</param>
/// <param name="DataByteCount">As far as the file holds them.</param>
public sealed record AiffHeader(int Channels, long FrameCount, int BitsPerSample, double SampleRate, string Compression, int DataOffset,
    int DataByteCount)
{
    private const int CommonByteCount = 18;
    private const int SoundHeaderByteCount = 8;

    /// <summary>Null: a compression that is not read.</summary>
    public SampleFormat? Format => (Compression.ToUpperInvariant(), BitsPerSample) switch
    {
        ("NONE" or "TWOS" or "SOWT", <= 8) => Of(SampleCoding.Signed8),
        ("NONE" or "TWOS" or "SOWT", <= 16) => Of(SampleCoding.Signed16),
        ("NONE" or "TWOS", <= 24) => Of(SampleCoding.Signed24),
        ("NONE" or "TWOS", <= 32) => Of(SampleCoding.Signed32),
        ("ULAW", _) => Of(SampleCoding.Ulaw),
        ("ALAW", _) => Of(SampleCoding.Alaw),
        ("FL32", _) => Of(SampleCoding.Float32),
        ("FL64", _) => Of(SampleCoding.Float64),
        _ => null,
    };

    public static bool TryMeasure(ReadOnlySpan<byte> file, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (!TryReadChunks(file, out var header, needsSound: false)) return false;
        duration = TimeSpan.FromMilliseconds(Math.Round(1000 * header!.FrameCount / header.SampleRate));
        return true;
    }

    public static bool TryRead(ReadOnlySpan<byte> file, out AiffHeader? header) => TryReadChunks(file, out header, needsSound: true);

    private static bool TryReadChunks(ReadOnlySpan<byte> file, out AiffHeader? header, bool needsSound)
    {
        header = null;
        if (file.Length < 12 || !file.StartsWith("FORM"u8) || !(file[8..].StartsWith("AIFF"u8) || file[8..].StartsWith("AIFC"u8)))
        {
            return false;
        }
        var isCompressed = file[8..].StartsWith("AIFC"u8);
        var (offset, byteCount) = (0, 0);
        for (var at = 12; at + 8 <= file.Length;)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(file[(at + 4)..]);
            var body = file[(at + 8)..];
            if (file[at..].StartsWith("COMM"u8) && body.Length >= CommonByteCount)
            {
                var rate = ReadExtended(body[8..18]);
                if (rate is not (>= 1 and <= int.MaxValue)) return false;
                header = new AiffHeader(
                    BinaryPrimitives.ReadInt16BigEndian(body), BinaryPrimitives.ReadUInt32BigEndian(body[2..]),
                        BinaryPrimitives.ReadInt16BigEndian(body[6..]), rate,
                    isCompressed && body.Length >= CommonByteCount + 4 ? Encoding.Latin1.GetString(body.Slice(CommonByteCount, 4))
                        : "NONE", 0, 0);
                if (!needsSound) return true;
            }
            else if (file[at..].StartsWith("SSND"u8) && body.Length >= SoundHeaderByteCount)
            {
                var within = Math.Min(
                    BinaryPrimitives.ReadUInt32BigEndian(body), body.Length - SoundHeaderByteCount) + SoundHeaderByteCount;
                offset = at + 8 + (int)within;
                byteCount = (int)Math.Max(0, Math.Min(size, body.Length) - within);
            }
            if (header is not null && offset > 0) break;
            if (size > body.Length) break;
            at += 8 + (int)size + (int)(size & 1);
        }
        if (header is null || (needsSound && offset == 0)) return false;
        header = header with { DataOffset = offset, DataByteCount = byteCount };
        return true;
    }

    private SampleFormat Of(SampleCoding coding) =>
        new(
            coding, Channels, (int)Math.Round(SampleRate),
            IsBigEndian: !string.Equals(Compression, "sowt", StringComparison.OrdinalIgnoreCase));

    /// <summary>An 80-bit IEEE 754 number: sign and 15-bit exponent, then 64 bits with the leading one written out.</summary>
    private static double ReadExtended(ReadOnlySpan<byte> ten)
    {
        var exponent = (BinaryPrimitives.ReadUInt16BigEndian(ten) & 0x7FFF) - 16383 - 63;
        return BinaryPrimitives.ReadUInt64BigEndian(ten[2..]) * Math.Pow(2, exponent);
    }
}
