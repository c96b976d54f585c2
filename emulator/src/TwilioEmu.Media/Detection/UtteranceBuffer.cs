using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Detection;

/// <summary>Keeps the frames of what is being said, from a moment before it was known as speech.</summary>
/// <remarks>One stream, one instance; the frame thread's.</remarks>
public sealed class UtteranceBuffer
{
    /// <summary>The longest utterance kept; what comes after is left out (inferred: Gather recognises a minute).</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Kept from before the speech was sure: its onset, and a breath.</summary>
    private static readonly TimeSpan PreRoll = TimeSpan.FromMilliseconds(300);

    private readonly List<short> _pcm = [];
    private bool _wasSpeaking;

    /// <summary>Takes the next frame in.</summary>
    /// <param name="pcm">160 samples.</param>
    /// <param name="isSpeaking">As <see cref="SpeechActivity.IsSpeaking"/> has it with this frame.</param>
    /// <returns>The utterance, with the frame that ends it; else null.</returns>
    public short[]? Process(ReadOnlySpan<short> pcm, bool isSpeaking)
    {
        if (_pcm.Count < Grid.SampleCount(Longest)) _pcm.AddRange(pcm);
        short[]? whole = null;
        if (_wasSpeaking && !isSpeaking)
        {
            whole = [.. _pcm];
            _pcm.Clear();
        }
        else if (!isSpeaking && _pcm.Count > Grid.SampleCount(PreRoll))
        {
            _pcm.RemoveRange(0, _pcm.Count - (int)Grid.SampleCount(PreRoll));
        }
        _wasSpeaking = isSpeaking;
        return whole;
    }
}
