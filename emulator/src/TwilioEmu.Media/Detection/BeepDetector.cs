using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;

namespace TwilioEmu.Media.Detection;

/// <summary>Finds the beep of a machine: one steady frequency, alone, for a while.</summary>
/// <remarks>Keys and ringback are two frequencies, voices many. One stream, one instance; 0 B. Limits are inferred.</remarks>
public sealed class BeepDetector
{
    private const int LowestHertz = 350;
    private const int HighestHertz = 2200;
    private const int StepHertz = 25;
    private const double MinDbm0 = -35;
    private const double MinShare = 0.8;
    private static readonly TimeSpan MinLength = TimeSpan.FromMilliseconds(120);

    // A beep of a second, and the silence after which it counts as over.
    private const int LookedAtFrameCount = 75;

    // A tenth of a second of anything but one tone: the frame in which a beep begins is none.
    private const int GreetingFrameCount = 5;

    private int _hertz;
    private TimeSpan _length;

    /// <summary>True where the last thing that sounded on a live input was a beep after a greeting: ask when its sound is over.</summary>
    /// <remarks>About a millisecond of work, and none while nobody asks.</remarks>
    /// <param name="input">What was heard.</param>
    /// <param name="isGreeted">True where a greeting was heard before this sound; a tone that nothing came before is no machine's.</param>
    public static bool IsLastOf(LiveInput input, bool isGreeted)
    {
        var newest = input.Newest;
        if (newest == long.MinValue) return false;
        var detector = new BeepDetector();
        var (isBeep, greeting) = (false, isGreeted ? GreetingFrameCount : 0);
        Span<short> pcm = stackalloc short[Grid.FrameSampleCount];
        for (var frame = newest - LookedAtFrameCount; frame <= newest; frame++)
        {
            input.TryRead(frame, pcm);
            if (detector.Process(pcm, out _)) isBeep = true;
            if (Sine.LevelOf(pcm) < MinDbm0) continue;
            isBeep = false;
            if (detector._hertz == 0) greeting++;
        }
        return isBeep && greeting >= GreetingFrameCount;
    }

    /// <summary>Takes the next frame in.</summary>
    /// <param name="pcm">160 samples.</param>
    /// <param name="hertz">Of the beep, to the nearest 25.</param>
    /// <returns>True in the frame after a beep.</returns>
    public bool Process(ReadOnlySpan<short> pcm, out int hertz)
    {
        hertz = _hertz;
        var found = Sine.LevelOf(pcm) >= MinDbm0 ? LoneTone(pcm) : 0;
        if (found != 0 && (_hertz == 0 || Math.Abs(found - _hertz) <= StepHertz))
        {
            if (_hertz == 0) _hertz = found;
            _length += Grid.FrameLength;
            return false;
        }
        var wasBeep = _length >= MinLength;
        (_hertz, _length) = (found, found == 0 ? TimeSpan.Zero : Grid.FrameLength);
        return wasBeep;
    }

    private static int LoneTone(ReadOnlySpan<short> pcm)
    {
        var (best, bestShare) = (0, 0.0);
        for (var hertz = LowestHertz; hertz <= HighestHertz; hertz += StepHertz)
        {
            if (Goertzel.Share(pcm, hertz) is var share && share > bestShare) (best, bestShare) = (hertz, share);
        }
        return bestShare >= MinShare ? best : 0;
    }
}
