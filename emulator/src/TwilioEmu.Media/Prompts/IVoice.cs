namespace TwilioEmu.Media.Prompts;

/// <summary>Speaks words in samples.</summary>
/// <remarks>Safe from any thread.</remarks>
public interface IVoice
{
    /// <summary>Names the set of voices: the same name, the same samples for the same words.</summary>
    string Set { get; }

    /// <summary>True when it speaks at once and always; false when it takes time and belongs off the frame thread.</summary>
    bool IsImmediate { get; }

    /// <summary>The words in samples of 8 kHz: as long as the pace, or longer when they do not fit; never cut.</summary>
    /// <returns>Null when it cannot speak them.</returns>
    Task<short[]?> SpeakAsync(string text, string voice, TimeSpan pace, CancellationToken cancellation);
}
