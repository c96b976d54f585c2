using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Programs;
using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Rendering;

namespace TwilioEmu.Carrier.Switching;

/// <summary>What turns a world's scores into sound: voices, decoded files, renderers; one for each world.</summary>
/// <remarks>Safe from any thread. espeak-ng speaks where it is installed, else the tone voice; lame makes MP3 where it is installed.</remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "What it owns holds no more than semaphores, and lives as long as its world.")]
public sealed class Studio
{
    // Samples of files and words kept at most; what is dropped is decoded or spoken again.
    private const long ClipBudget = 256 * 1024 * 1024;
    private const long WordBudget = 64 * 1024 * 1024;

    private readonly InstalledProgram _espeak = InstalledProgram.OnPath("espeak-ng");
    private readonly InstalledProgram _lame = InstalledProgram.OnPath("lame");

    public Studio()
    {
        Words = new SpokenWords(_espeak.IsInstalled ? new EspeakVoice(_espeak) : new ToneVoice(), WordBudget);
        Recorder = new Recorder(Words, Clips);
        Mp3 = new Mp3Encoder(_lame);
    }

    /// <summary>Decoded files.</summary>
    public IClipStore Clips { get; } = new ClipStore(ClipBudget);

    public SpokenWords Words { get; }

    /// <summary>Tracks to files.</summary>
    public Recorder Recorder { get; }

    public Mp3Encoder Mp3 { get; }

    /// <summary>A renderer of one's own: for a live leg, a stream.</summary>
    public IRenderer NewRenderer() => new Renderer(Words, Clips);
}
