using System.Runtime.InteropServices;
using NLayer;

namespace TwilioEmu.Media.Audio;

/// <summary>MP3 to samples, by NLayer.</summary>
internal static class Mp3Decoder
{
    public static Decoded Decode(ReadOnlyMemory<byte> file, SoundLimits limits)
    {
        // The library would search a whole file of anything else for a frame.
        if (!Mp3Frames.TryMeasure(file.Span, out var length)) return Decoded.Failed(SoundFault.Broken, "no MP3 frame found");
        if (length > limits.MaxLength) return Decoded.Failed(SoundFault.TooLong, $"{length}, longer than {limits.MaxLength}");
        try
        {
            return Read(file, length, limits);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What the library throws for a broken frame is not told anywhere; whatever it is, the file is at fault.
            return Decoded.Failed(SoundFault.Broken, $"an MP3 that cannot be decoded: {e.Message}");
        }
    }

    private static Decoded Read(ReadOnlyMemory<byte> file, TimeSpan length, SoundLimits limits)
    {
        using var stream = MemoryMarshal.TryGetArray(file, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(file.ToArray(), writable: false);
        using var mpeg = new MpegFile(stream);
        var (rate, channels) = (mpeg.SampleRate, mpeg.Channels);
        if (channels is < 1 or > 2) return Decoded.Failed(SoundFault.Broken, $"{channels} channels");
        var assembly = new PcmAssembly(rate, (long)(length.TotalSeconds * rate));
        var samples = new float[1152 * 2 * 4];
        var mono = new float[samples.Length / channels];
        var frameCount = 0L;
        while (mpeg.ReadSamples(samples, 0, samples.Length) is var count and > 0)
        {
            frameCount += count / channels;
            if (SoundDecoder.TooLong(frameCount, rate, limits) is { } fault) return fault;
            for (var i = 0; i < count / channels; i++)
            {
                var sum = 0f;
                for (var channel = 0; channel < channels; channel++) sum += samples[(i * channels) + channel];
                mono[i] = float.IsFinite(sum) ? sum / channels * 32767 : 0;
            }
            assembly.Add(mono.AsSpan(0, count / channels));
        }
        return frameCount == 0 ? Decoded.Failed(SoundFault.Broken, "an MP3 without sound")
            : new Decoded(assembly.Finish(), SoundFault.None, "");
    }
}
