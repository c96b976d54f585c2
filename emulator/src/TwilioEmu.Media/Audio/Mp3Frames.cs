namespace TwilioEmu.Media.Audio;

/// <summary>How long an MP3 sounds, by walking its frames.</summary>
/// <remarks>
/// ISO/IEC 11172-3 §2.4.1.3 and 13818-3, layer III only. Frame header, 32 bits:
/// <c>AAAAAAAA AAABBCCD EEEEFFGH IIJJKLMM</c>: A sync, B version, C layer, E bit rate, F sample rate, G padding.
/// </remarks>
public static class Mp3Frames
{
    private const int HeaderByteCount = 4;
    private const int MaxGarbage = 64 * 1024;

    private static readonly int[] KilobitsVersion1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] KilobitsVersion2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] SampleRates = [44100, 48000, 32000];

    /// <summary>The sum of the frames' lengths; false when no frame was found.</summary>
    public static bool TryMeasure(ReadOnlySpan<byte> file, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var at = SkipId3(file);
        var seconds = 0.0;
        var garbage = 0;
        while (at + HeaderByteCount <= file.Length)
        {
            if (!TryReadFrame(file[at..], out var byteCount, out var sampleCount, out var rate))
            {
                if (++garbage > MaxGarbage) break;
                at++;
                continue;
            }
            seconds += (double)sampleCount / rate;
            at += byteCount;
        }
        duration = TimeSpan.FromMilliseconds(Math.Round(seconds * 1000));
        return seconds > 0;
    }

    private static int SkipId3(ReadOnlySpan<byte> file)
    {
        if (file.Length < 10 || !file.StartsWith("ID3"u8)) return 0;
        // The size is "synchsafe": four bytes of seven bits (id3.org, ID3v2.4 §6.2).
        return 10 + ((file[6] & 0x7F) << 21 | (file[7] & 0x7F) << 14 | (file[8] & 0x7F) << 7 | (file[9] & 0x7F));
    }

    private static bool TryReadFrame(ReadOnlySpan<byte> at, out int byteCount, out int sampleCount, out int rate)
    {
        (byteCount, sampleCount, rate) = (0, 0, 0);
        if (at[0] != 0xFF || (at[1] & 0xE0) != 0xE0) return false;
        var version = (at[1] >> 3) & 3;
        var isLayer3 = ((at[1] >> 1) & 3) == 1;
        var bitRate = at[2] >> 4;
        var rateIndex = (at[2] >> 2) & 3;
        if (version == 1 || !isLayer3 || bitRate is 0 or 15 || rateIndex == 3) return false;
        var isVersion1 = version == 3;
        // MPEG 2 halves the sample rate, MPEG 2.5 quarters it.
        rate = SampleRates[rateIndex] >> (isVersion1 ? 0 : version == 2 ? 1 : 2);
        sampleCount = isVersion1 ? 1152 : 576;
        var kilobits = (isVersion1 ? KilobitsVersion1 : KilobitsVersion2)[bitRate];
        byteCount = (sampleCount / 8 * kilobits * 1000 / rate) + ((at[2] >> 1) & 1);
        return byteCount >= HeaderByteCount;
    }
}
