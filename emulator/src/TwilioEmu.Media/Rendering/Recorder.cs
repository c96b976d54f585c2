using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Rendering;

/// <summary>A stretch of a recording; paused time lies between two of them, or is a stretch that is silent.</summary>
public readonly record struct Stretch(DateTimeOffset From, DateTimeOffset Until, bool IsSilent = false);

/// <summary>Renders tracks, from an instant to an instant, to samples and files.</summary>
/// <remarks>Off the loop. The same score, voices and clips give the same bytes, whenever and wherever it is asked.</remarks>
public sealed class Recorder(SpokenWords words, IClipStore clips)
{
    // Words that were dropped again before they were used once are left silent rather than waited for without end.
    private const int MaxAttempts = 3;

    /// <summary>A WAV file of 8 kHz, 16 bits: one channel for each of one or two tracks.</summary>
    public async Task<byte[]> WavAsync(IReadOnlyList<Track> channels, IReadOnlyList<Stretch> stretches, CancellationToken cancellation)
    {
        if (channels.Count is < 1 or > 2) throw new ArgumentException("A recording has one channel or two.", nameof(channels));
        var sampleCount = stretches.Sum(SampleCount);
        var file = new byte[WavWriter.HeaderByteCount + (sampleCount * channels.Count * sizeof(short))];
        WavWriter.Header(channels.Count, sampleCount).CopyTo(file, 0);
        var frame = new short[Grid.FrameSampleCount];
        for (var channel = 0; channel < channels.Count; channel++)
        {
            var renderer = new Renderer(words, clips);
            var place = 0L;
            foreach (var stretch in stretches)
            {
                var (from, until) = (Grid.SampleAt(stretch.From), Grid.SampleAt(stretch.Until));
                for (var at = from; at < until && !stretch.IsSilent;)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var number = Grid.FrameAt(Grid.InstantOf(at));
                    await RenderAsync(renderer, channels[channel], number, frame, cancellation).ConfigureAwait(false);
                    var skipped = (int)(at - (number * Grid.FrameSampleCount));
                    var count = (int)Math.Min(Grid.FrameSampleCount - skipped, until - at);
                    var offset = (place + at - from) * channels.Count * sizeof(short);
                    WavWriter.Interleave(
                        frame.AsSpan(skipped, count), file.AsSpan(WavWriter.HeaderByteCount + (int)offset), channel, channels.Count);
                    at += count;
                }
                place += SampleCount(stretch);
            }
        }
        return file;
    }

    /// <summary>The samples of one track.</summary>
    public async Task<short[]> PcmAsync(Track track, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation)
    {
        var wav = await WavAsync([track], [new Stretch(from, until)], cancellation).ConfigureAwait(false);
        var pcm = new short[(wav.Length - WavWriter.HeaderByteCount) / sizeof(short)];
        Buffer.BlockCopy(wav, WavWriter.HeaderByteCount, pcm, 0, wav.Length - WavWriter.HeaderByteCount);
        return pcm;
    }

    private async Task RenderAsync(Renderer renderer, Track track, long number, short[] frame, CancellationToken cancellation)
    {
        renderer.Render(track, number, frame);
        for (var attempt = 0; renderer.Missing.Count > 0 && attempt < MaxAttempts; attempt++)
        {
            foreach (var missing in renderer.Missing.ToArray()) await words.PrepareAsync(missing, cancellation).ConfigureAwait(false);
            renderer.Render(track, number, frame);
        }
    }

    private static long SampleCount(Stretch stretch) => Math.Max(0, Grid.SampleAt(stretch.Until) - Grid.SampleAt(stretch.From));
}
