using System.Buffers.Binary;
using TwilioEmu.Media.Codecs;

namespace TwilioEmu.Media.Audio;

/// <summary>How one sample is written.</summary>
public enum SampleCoding
{
    /// <summary>8 bits, 128 is zero (WAV).</summary>
    Unsigned8,
    Signed8,
    Signed16,
    Signed24,
    Signed32,
    Float32,
    Float64,
    Ulaw,
    Alaw,
}

/// <summary>How uncompressed sound is laid out: one sample of each channel, then the next.</summary>
public readonly record struct SampleFormat(SampleCoding Coding, int Channels, int SampleRate, bool IsBigEndian)
{
    public int BytesPerSample => Coding switch
    {
        SampleCoding.Unsigned8 or SampleCoding.Signed8 or SampleCoding.Ulaw or SampleCoding.Alaw => 1,
        SampleCoding.Signed16 => 2,
        SampleCoding.Signed24 => 3,
        SampleCoding.Signed32 or SampleCoding.Float32 => 4,
        SampleCoding.Float64 => 8,
        var other => throw new InvalidOperationException($"No such coding: {other}"),
    };

    /// <summary>The channels' mean, in the scale of 16 bits, for as many frames as fit; a part of one at the end is left out.</summary>
    public void ReadMono(ReadOnlySpan<byte> bytes, Span<float> mono)
    {
        var size = BytesPerSample;
        for (var i = 0; i < mono.Length; i++)
        {
            var sum = 0.0;
            for (var channel = 0; channel < Channels; channel++) sum += Read(bytes[(((i * Channels) + channel) * size)..]);
            mono[i] = (float)(sum / Channels);
        }
    }

    private double Read(ReadOnlySpan<byte> at) => Coding switch
    {
        SampleCoding.Unsigned8 => (at[0] - 128) * 256,
        SampleCoding.Signed8 => (sbyte)at[0] * 256,
        SampleCoding.Signed16 => IsBigEndian ? BinaryPrimitives.ReadInt16BigEndian(at) : BinaryPrimitives.ReadInt16LittleEndian(at),
        SampleCoding.Signed24 => (IsBigEndian ? (sbyte)at[0] << 16 | at[1] << 8 | at[2] : (sbyte)at[2] << 16 | at[1] << 8 | at[0]) / 256.0,
        SampleCoding.Signed32 =>
            (IsBigEndian ? BinaryPrimitives.ReadInt32BigEndian(at) : BinaryPrimitives.ReadInt32LittleEndian(at)) / 65536.0,
        SampleCoding.Float32 =>
            Finite(IsBigEndian ? BinaryPrimitives.ReadSingleBigEndian(at) : BinaryPrimitives.ReadSingleLittleEndian(at)),
        SampleCoding.Float64 =>
            Finite(IsBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(at) : BinaryPrimitives.ReadDoubleLittleEndian(at)),
        SampleCoding.Ulaw => G711.FromUlawByte(at[0]),
        SampleCoding.Alaw => G711.FromAlawByte(at[0]),
        var other => throw new InvalidOperationException($"No such coding: {other}"),
    };

    // A file may hold anything, and one NaN would silence all that follows in a filter.
    private static double Finite(double sample) => double.IsFinite(sample) ? Math.Clamp(sample, -1, 1) * 32767 : 0;
}
