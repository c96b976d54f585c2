using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Audio;

/// <summary>Why a file gave no sound.</summary>
public enum SoundFault
{
    None,

    /// <summary>A media type that <c>&lt;Play&gt;</c> does not take.</summary>
    WrongType,

    /// <summary>The bytes are not what the type says, or end too soon.</summary>
    Broken,

    /// <summary>A coding within the container that is not read here.</summary>
    Unsupported,

    /// <summary>More bytes than allowed.</summary>
    TooLarge,

    /// <summary>Longer than allowed.</summary>
    TooLong,
}

/// <summary>What may be decoded at most.</summary>
/// <param name="MaxByteCount">Of the file.</param>
/// <param name="MaxLength">Of the sound; an hour of it is 58 MB of samples.</param>
public sealed record SoundLimits(int MaxByteCount, TimeSpan MaxLength)
{
    /// <summary>40 MB, an hour (inferred).</summary>
    public static readonly SoundLimits Default = new(40 * 1024 * 1024, TimeSpan.FromHours(1));
}

/// <summary>Samples, or why there are none.</summary>
/// <param name="Pcm">16-bit signed, 8 kHz, mono; empty with a fault.</param>
/// <param name="Fault">None when there are samples.</param>
/// <param name="Detail">For people: what was seen.</param>
public sealed record Decoded(short[] Pcm, SoundFault Fault, string Detail)
{
    public static Decoded Failed(SoundFault fault, string detail) => new([], fault, detail);
}

/// <summary>Sound files to samples of 8 kHz, mono: WAV, AIFF, AU, mu-law and A-law, raw PCM, MP3.</summary>
/// <remarks>Pure; takes time, so off the loop. Whatever the bytes, it answers within the limits.</remarks>
public static class SoundDecoder
{
    private const int MinRate = 1000;
    private const int MaxRate = 768_000;
    private const int MaxChannels = 64;

    public static Decoded Decode(string mediaType, ReadOnlyMemory<byte> file, SoundLimits limits)
    {
        if (file.Length > limits.MaxByteCount)
        {
            return Decoded.Failed(SoundFault.TooLarge, $"{file.Length} bytes, more than {limits.MaxByteCount}");
        }
        var bytes = file.Span;
        switch (mediaType)
        {
            case "audio/wav" or "audio/wave" or "audio/x-wav": return Wav(bytes, limits);
            case "audio/aiff" or "audio/x-aiff" or "audio/x-aifc": return Aiff(bytes, limits);
            case "audio/basic" or "audio/ulaw" when AuHeader.TryRead(bytes, out var au):
                return au!.Format is { } format ? Uncompressed(format, bytes[au.DataOffset..], limits)
                    : Decoded.Failed(SoundFault.Unsupported, $"AU encoding {au.Encoding}");
            case "audio/basic" or "audio/ulaw":
                return Uncompressed(new SampleFormat(SampleCoding.Ulaw, 1, Grid.SampleRate, false), bytes, limits);
            case "audio/alaw" or "audio/x-alaw":
                return Uncompressed(new SampleFormat(SampleCoding.Alaw, 1, Grid.SampleRate, false), bytes, limits);
            case "audio/l16":
                return Uncompressed(new SampleFormat(SampleCoding.Signed16, 1, Grid.SampleRate, IsBigEndian: true), bytes, limits);
            case "audio/mpeg" or "audio/mp3": return Mp3Decoder.Decode(file, limits);
            case "audio/gsm" or "audio/x-gsm": return Decoded.Failed(SoundFault.Unsupported, "GSM 06.10 is measured, not decoded");
            default: return Decoded.Failed(SoundFault.WrongType, $"not a sound that can be played: {mediaType}");
        }
    }

    /// <summary>Samples as they are laid out, resampled to 8 kHz.</summary>
    public static Decoded Uncompressed(SampleFormat format, ReadOnlySpan<byte> bytes, SoundLimits limits)
    {
        if (format.SampleRate is < MinRate or > MaxRate) return Decoded.Failed(SoundFault.Broken, $"{format.SampleRate} samples a second");
        if (format.Channels is < 1 or > MaxChannels) return Decoded.Failed(SoundFault.Broken, $"{format.Channels} channels");
        var frameSize = format.BytesPerSample * format.Channels;
        var frameCount = bytes.Length / frameSize;
        if (TooLong(frameCount, format.SampleRate, limits) is { } fault) return fault;
        var assembly = new PcmAssembly(format.SampleRate, frameCount);
        var chunk = new float[4096];
        for (var at = 0; at < frameCount; at += chunk.Length)
        {
            var mono = chunk.AsSpan(0, Math.Min(chunk.Length, frameCount - at));
            format.ReadMono(bytes[(at * frameSize)..], mono);
            assembly.Add(mono);
        }
        return new Decoded(assembly.Finish(), SoundFault.None, "");
    }

    internal static Decoded? TooLong(long frameCount, int rate, SoundLimits limits)
    {
        var length = TimeSpan.FromSeconds((double)frameCount / rate);
        return length > limits.MaxLength ? Decoded.Failed(SoundFault.TooLong, $"{length}, longer than {limits.MaxLength}") : null;
    }

    private static Decoded Wav(ReadOnlySpan<byte> file, SoundLimits limits)
    {
        if (!WavHeader.TryRead(file, out var wav))
        {
            return Decoded.Failed(SoundFault.Broken, "not a RIFF/WAVE file, or it ends before its sound");
        }
        SampleCoding? coding = (wav!.FormatTag, wav.BitsPerSample) switch
        {
            (1, <= 8) => SampleCoding.Unsigned8,
            (1, <= 16) => SampleCoding.Signed16,
            (1, <= 24) => SampleCoding.Signed24,
            (1, <= 32) => SampleCoding.Signed32,
            (3, 32) => SampleCoding.Float32,
            (3, 64) => SampleCoding.Float64,
            (6, 8) => SampleCoding.Alaw,
            (7, 8) => SampleCoding.Ulaw,
            _ => null,
        };
        return coding is { } known
            ? Uncompressed(new SampleFormat(known, wav.ChannelCount, wav.SampleRate, false),
                file.Slice(wav.DataOffset, (int)wav.DataByteCount), limits)
            : Decoded.Failed(SoundFault.Unsupported, $"WAV format {wav.FormatTag} of {wav.BitsPerSample} bits");
    }

    private static Decoded Aiff(ReadOnlySpan<byte> file, SoundLimits limits)
    {
        if (!AiffHeader.TryRead(file, out var aiff))
        {
            return Decoded.Failed(SoundFault.Broken, "not an AIFF file, or it ends before its sound");
        }
        return aiff!.Format is { } format
            ? Uncompressed(format, file.Slice(aiff.DataOffset, aiff.DataByteCount), limits)
            : Decoded.Failed(SoundFault.Unsupported, $"AIFF compression {aiff.Compression} of {aiff.BitsPerSample} bits");
    }
}
