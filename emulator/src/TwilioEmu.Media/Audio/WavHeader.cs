using System.Buffers.Binary;

namespace TwilioEmu.Media.Audio;

/// <summary>What a RIFF/WAVE file says of itself.</summary>
/// <param name="FormatTag">1 PCM, 3 float, 6 A-law, 7 mu-law, 49 GSM 06.10 (RFC 2361); of an extensible format (0xFFFE) the one
/// within.</param>
/// <param name="ChannelCount">Channels.</param>
/// <param name="SampleRate">A second.</param>
/// <param name="BytesPerSecond">Average, from the fmt chunk.</param>
/// <param name="BitsPerSample">Of one sample, as it is stored.</param>
/// <param name="DataOffset">Where the sound begins.</param>
/// <param name="DataByteCount">Of the sound itself; a stream's unknown length is what the file holds.</param>
public sealed record WavHeader(int FormatTag, int ChannelCount, int SampleRate, int BytesPerSecond, int BitsPerSample, int DataOffset,
    long DataByteCount)
{
    private const int Extensible = 0xFFFE;

    // Within an extensible format: size16 bits16 mask32, then the GUID, which begins with the tag.
    private const int SubFormatOffset = 24;

    public TimeSpan Duration => TimeSpan.FromMilliseconds(Math.Round(1000.0 * DataByteCount / BytesPerSecond));

    /// <summary>Reads the chunks up to the sound.</summary>
    /// <remarks><c>"RIFF" size32le "WAVE" *( id4 size32le body [pad] )</c>; multimedia programming interface 1.0, 1991.</remarks>
    public static bool TryRead(ReadOnlySpan<byte> file, out WavHeader? header)
    {
        header = null;
        if (file.Length < 12 || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WAVE"u8)) return false;
        WavHeader? format = null;
        for (var at = 12; at + 8 <= file.Length;)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            var body = file[(at + 8)..];
            if (file[at..].StartsWith("fmt "u8) && body.Length >= 16)
            {
                var tag = BinaryPrimitives.ReadUInt16LittleEndian(body);
                if (tag == Extensible && size >= SubFormatOffset + 2 && body.Length >= SubFormatOffset + 2)
                {
                    tag = BinaryPrimitives.ReadUInt16LittleEndian(body[SubFormatOffset..]);
                }
                format = new WavHeader(
                    tag, BinaryPrimitives.ReadUInt16LittleEndian(body[2..]), BinaryPrimitives.ReadInt32LittleEndian(body[4..]),
                    BinaryPrimitives.ReadInt32LittleEndian(body[8..]), BinaryPrimitives.ReadUInt16LittleEndian(body[14..]), 0, 0);
            }
            else if (file[at..].StartsWith("data"u8) && format is { BytesPerSecond: > 0 })
            {
                header = format with { DataOffset = at + 8, DataByteCount = Math.Min(size, body.Length) };
                return true;
            }
            if (size > body.Length) return false;
            at += 8 + (int)size + (int)(size & 1);
        }
        return false;
    }
}
