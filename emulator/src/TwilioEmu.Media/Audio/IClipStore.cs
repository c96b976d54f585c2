using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Audio;

/// <summary>Where decoded files lie, by their content.</summary>
/// <remarks>Safe from any thread.</remarks>
public interface IClipStore
{
    /// <summary>Keeps samples; the same samples are kept once.</summary>
    /// <param name="pcm">16-bit signed, 8 kHz, mono.</param>
    ClipId Put(ReadOnlyMemory<short> pcm);

    /// <summary>The samples; false when they were dropped for the budget's sake.</summary>
    bool TryGet(ClipId id, out ReadOnlyMemory<short> pcm);
}
