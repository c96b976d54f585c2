using TwilioEmu.Media.Programs;

namespace TwilioEmu.Media.Audio;

/// <summary>MP3 files, where <c>lame</c> is installed.</summary>
/// <remarks>32 kbit/s, as recordings of the live service are; the bit reservoir and padding are lame's own, so bytes are those of its
/// version.</remarks>
public sealed class Mp3Encoder(IProgram lame)
{
    private static readonly string[] Arguments = ["--silent", "-b", "32", "--cbr", "-", "-"];

    /// <summary>False: MP3 is not available, and a request for it should say so.</summary>
    public bool IsAvailable => lame.IsInstalled;

    /// <summary>A WAV file as MP3.</summary>
    /// <returns>What became of it; <see cref="ProgramOutcome.NotInstalled"/> where there is no lame.</returns>
    public Task<ProgramResult> EncodeAsync(ReadOnlyMemory<byte> wav, CancellationToken cancellation) =>
        lame.RunAsync(Arguments, wav, cancellation);
}
