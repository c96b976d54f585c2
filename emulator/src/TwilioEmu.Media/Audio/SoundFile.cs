namespace TwilioEmu.Media.Audio;

/// <summary>How long a sound file sounds, by its media type and bytes.</summary>
/// <remarks>Pure. The types are those <c>&lt;Play&gt;</c> takes (twilio.com/docs/voice/twiml/play).</remarks>
public static class SoundFile
{
    // Headerless formats at 8 kHz: one byte a sample; 33 bytes for 20 ms of GSM 06.10.
    private const double UlawBytesPerSecond = 8000;
    private const double GsmBytesPerSecond = 1650;

    /// <summary>True for a media type that <c>&lt;Play&gt;</c> takes.</summary>
    public static bool IsPlayable(string mediaType) => mediaType is
        "audio/mpeg" or "audio/mp3" or "audio/wav" or "audio/wave" or "audio/x-wav" or "audio/aiff" or "audio/x-aifc" or "audio/x-aiff"
        or "audio/x-gsm" or "audio/gsm" or "audio/ulaw" or "audio/basic";

    /// <summary>The type that a file's first bytes tell; null where they tell none (headerless mu-law has none to tell).</summary>
    public static string? TypeOf(ReadOnlySpan<byte> file) => file.Length < 4 ? null : true switch
    {
        _ when file.StartsWith("RIFF"u8) || file.StartsWith("RIFX"u8) => "audio/wav",
        _ when file.StartsWith("FORM"u8) => "audio/aiff",
        _ when file.StartsWith(".snd"u8) => "audio/basic",
        // A tag, or the sync bits of a frame of layer III (ISO 11172-3 2.4.1.3).
        _ when file.StartsWith("ID3"u8) || (file[0] == 0xFF && (file[1] & 0xE6) == 0xE2) => "audio/mpeg",
        _ => null,
    };

    /// <summary>The length; false when the bytes are not what the type says.</summary>
    public static bool TryMeasure(string mediaType, ReadOnlySpan<byte> file, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        switch (mediaType)
        {
            case "audio/wav" or "audio/wave" or "audio/x-wav":
                if (!WavHeader.TryRead(file, out var wav)) return false;
                duration = wav!.Duration;
                return true;
            case "audio/mpeg" or "audio/mp3": return Mp3Frames.TryMeasure(file, out duration);
            case "audio/aiff" or "audio/x-aiff" or "audio/x-aifc": return AiffHeader.TryMeasure(file, out duration);
            case "audio/ulaw" or "audio/basic": duration = Milliseconds(file.Length, UlawBytesPerSecond); return true;
            case "audio/gsm" or "audio/x-gsm": duration = Milliseconds(file.Length, GsmBytesPerSecond); return true;
            default: return false;
        }
    }

    private static TimeSpan Milliseconds(int byteCount, double bytesPerSecond) =>
        TimeSpan.FromMilliseconds(Math.Round(1000 * byteCount / bytesPerSecond));
}
