namespace TwilioEmu.Media.Tones;

/// <summary>A second of a wave of one hertz, at 8 kHz: any whole frequency is read from it without drift, and the same
/// everywhere.</summary>
public static class Sine
{
    private const int Length = 8000;

    // 0 dBm0 is 3.17 dB below a full-scale sine of mu-law, whose peak is 32124 of 32767 (ITU-T G.711 table 5).
    private const double ZeroDbm0Peak = 32124;
    private const double FullScaleDbm0 = 3.17;

    private static readonly float[] Wave = [.. Enumerable.Range(0, Length)
        .Select(i => MathF.Round((float)Math.Sin(2 * Math.PI * i / Length) * 32768f) / 32768f)];

    /// <summary>-1 to 1.</summary>
    public static float At(int hertz, long sample) => Wave[(int)(hertz * sample % Length)];

    /// <summary>The peak of a sine of this level.</summary>
    public static float Peak(double dbm0) => (float)(ZeroDbm0Peak * Math.Pow(10, (dbm0 - FullScaleDbm0) / 20));

    /// <summary>The level of sound by its mean square; -infinity for none.</summary>
    public static double LevelOf(ReadOnlySpan<short> pcm)
    {
        var sum = 0L;
        foreach (var sample in pcm) sum += sample * sample;
        return sum == 0 ? double.NegativeInfinity
            : FullScaleDbm0 + (10 * Math.Log10(2.0 * sum / pcm.Length / (ZeroDbm0Peak * ZeroDbm0Peak)));
    }
}
