using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;

namespace TwilioEmu.Media.Detection;

/// <summary>What speech activity depends on.</summary>
/// <param name="MinDbm0">Nothing below is speech.</param>
/// <param name="AboveNoise">Decibels by which speech stands above the noise of the line.</param>
/// <param name="Onset">So long it must sound before it counts.</param>
/// <param name="Hangover">So long it must be silent before it is over: words have gaps.</param>
public sealed record ActivityOptions(double MinDbm0, double AboveNoise, TimeSpan Onset, TimeSpan Hangover)
{
    /// <summary>-45 dBm0, 9 dB, 60 ms, 400 ms (inferred).</summary>
    public static readonly ActivityOptions Default = new(-45, 9, TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(400));
}

/// <summary>What a frame changed.</summary>
public enum ActivityChange
{
    None,
    Began,
    Ended,
}

/// <summary>Level and silence on live frames: when somebody speaks.</summary>
/// <remarks>The noise of the line is followed downwards at once and upwards slowly. One stream, one instance; 0 B.</remarks>
public sealed class SpeechActivity(ActivityOptions options)
{
    // A second of steady noise raises the floor by 3 dB: a sentence does not.
    private const double NoiseRisePerFrame = 0.06;
    private const double HighestNoise = -30;

    private double _noise = -60;
    private TimeSpan _sounding;
    private TimeSpan _silent;

    /// <summary>True while somebody speaks, the hangover included.</summary>
    public bool IsSpeaking { get; private set; }

    /// <summary>Of the last frame, in dBm0.</summary>
    public double Level { get; private set; } = double.NegativeInfinity;

    /// <summary>For how long speech has lasted when it began to count.</summary>
    public TimeSpan SoundingFor => _sounding;

    /// <summary>Takes the next frame in.</summary>
    /// <param name="pcm">160 samples; silence for a frame that never came.</param>
    public ActivityChange Process(ReadOnlySpan<short> pcm)
    {
        Level = Sine.LevelOf(pcm);
        var isLoud = Level >= Math.Max(options.MinDbm0, _noise + options.AboveNoise);
        _noise = Level < _noise ? Math.Max(Level, -70) : Math.Min(HighestNoise, _noise + NoiseRisePerFrame);
        if (isLoud)
        {
            _sounding += Grid.FrameLength;
            _silent = TimeSpan.Zero;
            if (IsSpeaking || _sounding < options.Onset) return ActivityChange.None;
            IsSpeaking = true;
            return ActivityChange.Began;
        }
        _silent += Grid.FrameLength;
        if (!IsSpeaking) _sounding = TimeSpan.Zero;
        if (!IsSpeaking || _silent < options.Hangover) return ActivityChange.None;
        (IsSpeaking, _sounding) = (false, TimeSpan.Zero);
        return ActivityChange.Ended;
    }
}
