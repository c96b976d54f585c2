using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Rendering;

/// <summary>Turns scores into samples, when somebody needs them: a recording, a live leg, a stream.</summary>
/// <remarks>On any thread, one at a time for each instance. A mixed frame of 3: &lt; 5 us, 0 B.</remarks>
public interface IRenderer
{
    /// <summary>One frame of a track.</summary>
    /// <param name="track">What is heard.</param>
    /// <param name="frame">Its number in the world's grid: [frame * 20 ms, + 20 ms) since the Unix epoch.</param>
    /// <param name="pcm">160 samples, 16-bit signed, 8 kHz, mono.</param>
    void Render(Track track, long frame, Span<short> pcm);
}
