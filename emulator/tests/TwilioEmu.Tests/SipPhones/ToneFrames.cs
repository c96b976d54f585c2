using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>Which frames of a sound are one tone: gaps, wherever a busy machine makes them, do not count.</summary>
/// <param name="Heard">Frames that are mostly the tone.</param>
/// <param name="Sounding">Frames that are not silent.</param>
internal readonly record struct ToneFrames(int Heard, int Sounding)
{
    /// <summary>Root mean square of a frame that counts as silent; phones in these tests speak at 5,600.</summary>
    private const int QuietLevel = 300;

    /// <summary>Half a second of a tone is no accident.</summary>
    public const int Enough = 25;

    /// <summary>Of 8 kHz sound; frames at a gap's edges are mostly the tone, too.</summary>
    public static ToneFrames Of(ReadOnlySpan<short> pcm, int hertz)
    {
        var (heard, sounding) = (0, 0);
        for (var at = 0; at + Grid.FrameSampleCount <= pcm.Length; at += Grid.FrameSampleCount)
        {
            var frame = pcm.Slice(at, Grid.FrameSampleCount);
            if (Goertzel.Energy(frame) / frame.Length < QuietLevel * QuietLevel) continue;
            sounding++;
            if (Goertzel.Share(frame, hertz) > 0.4) heard++;
        }
        return new ToneFrames(heard, sounding);
    }
}
