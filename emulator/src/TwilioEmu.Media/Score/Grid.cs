namespace TwilioEmu.Media.Score;

/// <summary>Where instants fall among samples and frames: 8,000 samples a second and frames of 160, counted from the Unix epoch of the
/// world.</summary>
public static class Grid
{
    public const int SampleRate = 8000;

    /// <summary>20 ms.</summary>
    public const int FrameSampleCount = 160;

    public static readonly TimeSpan FrameLength = TimeSpan.FromMilliseconds(20);

    // A sample is 125 us: a whole number of ticks, so nothing is ever rounded twice.
    private const long TicksPerSample = TimeSpan.TicksPerSecond / SampleRate;
    private static readonly long EpochTicks = DateTimeOffset.UnixEpoch.UtcTicks;

    /// <summary>The sample within which the instant falls.</summary>
    public static long SampleAt(DateTimeOffset instant) => Math.DivRem(instant.UtcTicks - EpochTicks, TicksPerSample) switch
    {
        (var quotient, < 0) => quotient - 1,
        var (quotient, _) => quotient,
    };

    /// <summary>How many samples a stretch of time has.</summary>
    public static long SampleCount(TimeSpan length) => length.Ticks / TicksPerSample;

    /// <summary>How long so many samples sound.</summary>
    public static TimeSpan LengthOf(long sampleCount) => new(sampleCount * TicksPerSample);

    /// <summary>When a sample begins.</summary>
    public static DateTimeOffset InstantOf(long sample) => new(EpochTicks + (sample * TicksPerSample), TimeSpan.Zero);

    /// <summary>The frame within which the instant falls.</summary>
    public static long FrameAt(DateTimeOffset instant)
    {
        var sample = SampleAt(instant);
        return sample >= 0 ? sample / FrameSampleCount : ((sample + 1) / FrameSampleCount) - 1;
    }

    /// <summary>When a frame begins.</summary>
    public static DateTimeOffset StartOf(long frame) => InstantOf(frame * FrameSampleCount);
}
