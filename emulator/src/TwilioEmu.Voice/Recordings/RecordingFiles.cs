using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Keeping;
using TwilioEmu.Media.Programs;
using TwilioEmu.Media.Score;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Voice.Recordings;

/// <summary>The files of recordings: rendered when first fetched, off the loop, and kept up to a budget.</summary>
/// <remarks>
/// Safe from any thread. 16-bit PCM of 8 kHz; MP3 of 32 kbit/s where lame is installed (twilio.com/docs/voice/api/recording).
/// </remarks>
internal sealed class RecordingFiles(Studio studio)
{
    private readonly RecentlyUsed<string, byte[]> _files = new(studio.RecordingBytes, file => file.Length);

    /// <summary>False: an MP3 cannot be had.</summary>
    public bool MakesMp3 => studio.Mp3.IsAvailable;

    public async Task<FileContent> WavAsync(Recording recording, int channels, CancellationToken cancellation)
    {
        var key = $"{recording.Sid}.{channels}.wav";
        if (_files.TryGet(key, out var known)) return new FileContent(known);
        IReadOnlyList<Track> sound = channels == recording.Sound.Length ? recording.Sound
            : channels == recording.Apart.Length ? recording.Apart
            : [Recording.Together(recording.Sid, recording.StartTime, recording.Sound)];
        var wav = await studio.Recorder.WavAsync(sound, recording.Stretches, cancellation).ConfigureAwait(false);
        _files.Keep(key, wav);
        return new FileContent(wav);
    }

    public async Task<FileContent> Mp3Async(Recording recording, int channels, CancellationToken cancellation)
    {
        var key = $"{recording.Sid}.{channels}.mp3";
        if (_files.TryGet(key, out var known)) return new FileContent(known);
        var wav = await WavAsync(recording, channels, cancellation).ConfigureAwait(false);
        var made = await studio.Mp3.EncodeAsync(wav.Bytes, cancellation).ConfigureAwait(false);
        if (made.Outcome != ProgramOutcome.Done)
        {
            return new FileContent(default, new TwilioError(20500, 500, $"lame could not make the MP3: {made.Detail}"));
        }
        _files.Keep(key, made.Output);
        return new FileContent(made.Output);
    }
}
