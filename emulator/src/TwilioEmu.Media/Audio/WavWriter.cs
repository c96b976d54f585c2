using System.Buffers.Binary;

namespace TwilioEmu.Media.Audio;

/// <summary>Writes WAV files of 16-bit PCM at 8 kHz, as recordings are: mono, or one party in each of two channels.</summary>
public static class WavWriter
{
    public const int HeaderByteCount = 44;
    private const int SampleRate = 8000;

    /// <summary>Bytes of a file of some length.</summary>
    public static long FileByteCount(TimeSpan length, int channels) =>
        HeaderByteCount + ((long)(length.TotalSeconds * SampleRate) * channels * sizeof(short));

    /// <summary>The bytes before the samples: <c>"RIFF" size "WAVE" "fmt " 16 tag channels rate bytes/s align bits "data"
    /// size</c>.</summary>
    public static byte[] Header(int channels, long sampleCount)
    {
        var dataByteCount = (uint)Math.Min(uint.MaxValue - HeaderByteCount, sampleCount * channels * sizeof(short));
        var header = new byte[HeaderByteCount];
        var at = header.AsSpan();
        "RIFF"u8.CopyTo(at);
        BinaryPrimitives.WriteUInt32LittleEndian(at[4..], HeaderByteCount - 8 + dataByteCount);
        "WAVEfmt "u8.CopyTo(at[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(at[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(at[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(at[22..], (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(at[24..], SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(at[28..], SampleRate * channels * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(at[32..], (short)(channels * sizeof(short)));
        BinaryPrimitives.WriteInt16LittleEndian(at[34..], 16);
        "data"u8.CopyTo(at[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(at[40..], dataByteCount);
        return header;
    }

    /// <summary>One channel.</summary>
    public static byte[] Mono(ReadOnlySpan<short> pcm)
    {
        var file = new byte[HeaderByteCount + (pcm.Length * sizeof(short))];
        Header(1, pcm.Length).CopyTo(file, 0);
        Interleave(pcm, file.AsSpan(HeaderByteCount), 0, 1);
        return file;
    }

    /// <summary>Writes one channel's samples among the others'.</summary>
    internal static void Interleave(ReadOnlySpan<short> pcm, Span<byte> data, int channel, int channels)
    {
        for (var i = 0; i < pcm.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(data[(((i * channels) + channel) * sizeof(short))..], pcm[i]);
        }
    }
}
