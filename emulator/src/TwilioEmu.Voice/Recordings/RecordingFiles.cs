using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Programs;
using TwilioEmu.Media.Score;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Voice.Recordings;

/// <summary>The files of recordings: rendered when first fetched, off the loop, and kept up to a budget.</summary>
/// <remarks>Safe from any thread. 16-bit PCM of 8 kHz; MP3 of 32 kbit/s where lame is installed (twilio.com/docs/voice/api/recording).</remarks>
internal sealed class RecordingFiles(Studio studio)
{
    private const long ByteBudget = 64 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Key, byte[] Bytes)> _byUse = new();
    private long _byteCount;

    /// <summary>False: an MP3 cannot be had.</summary>
    public bool MakesMp3 => studio.Mp3.IsAvailable;

    public async Task<FileContent> WavAsync(Recording recording, int channels, CancellationToken cancellation)
    {
        var key = $"{recording.Sid}.{channels}.wav";
        if (Find(key) is { } known) return new FileContent(known);
        IReadOnlyList<Track> sound = channels == recording.Sound.Length ? recording.Sound : [Together(recording)];
        var wav = await studio.Recorder.WavAsync(sound, recording.Stretches, cancellation).ConfigureAwait(false);
        Keep(key, wav);
        return new FileContent(wav);
    }

    public async Task<FileContent> Mp3Async(Recording recording, int channels, CancellationToken cancellation)
    {
        var key = $"{recording.Sid}.{channels}.mp3";
        if (Find(key) is { } known) return new FileContent(known);
        var wav = await WavAsync(recording, channels, cancellation).ConfigureAwait(false);
        var made = await studio.Mp3.EncodeAsync(wav.Bytes, cancellation).ConfigureAwait(false);
        if (made.Outcome != ProgramOutcome.Done) return new FileContent(default, new TwilioError(20500, 500, $"lame could not make the MP3: {made.Detail}"));
        Keep(key, made.Output);
        return new FileContent(made.Output);
    }

    private static Track Together(Recording recording)
    {
        var mono = new Track(new TrackId(recording.Sid));
        for (var lane = 0; lane < recording.Sound.Length; lane++) mono.Put(new Cue(recording.StartTime, lane, new Source.Of(recording.Sound[lane])));
        return mono;
    }

    private byte[]? Find(string key)
    {
        lock (_gate)
        {
            for (var node = _byUse.First; node is not null; node = node.Next)
            {
                if (node.Value.Key != key) continue;
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return node.Value.Bytes;
            }
            return null;
        }
    }

    private void Keep(string key, byte[] bytes)
    {
        lock (_gate)
        {
            _byUse.AddFirst((key, bytes));
            _byteCount += bytes.Length;
            while (_byteCount > ByteBudget && _byUse.Count > 1)
            {
                _byteCount -= _byUse.Last!.Value.Bytes.Length;
                _byUse.RemoveLast();
            }
        }
    }
}
