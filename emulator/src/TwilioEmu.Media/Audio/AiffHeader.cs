using System.Buffers.Binary;

namespace TwilioEmu.Media.Audio;

/// <summary>How long an AIFF or AIFF-C file sounds, by its COMM chunk.</summary>
/// <remarks><c>"FORM" size32be ("AIFF" / "AIFC") *( id4 size32be body [pad] )</c>; Apple, Audio Interchange File Format 1.3.</remarks>
public static class AiffHeader
{
    public static bool TryMeasure(ReadOnlySpan<byte> file, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (file.Length < 12 || !file.StartsWith("FORM"u8) || !(file[8..].StartsWith("AIFF"u8) || file[8..].StartsWith("AIFC"u8))) return false;
        for (var at = 12; at + 8 <= file.Length;)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(file[(at + 4)..]);
            var body = file[(at + 8)..];
            if (file[at..].StartsWith("COMM"u8) && body.Length >= 18)
            {
                var frameCount = BinaryPrimitives.ReadUInt32BigEndian(body[2..]);
                var rate = ReadExtended(body[8..18]);
                if (rate < 1) return false;
                duration = TimeSpan.FromMilliseconds(Math.Round(1000 * frameCount / rate));
                return true;
            }
            if (size > body.Length) return false;
            at += 8 + (int)size + (int)(size & 1);
        }
        return false;
    }

    /// <summary>An 80-bit IEEE 754 number: sign and 15-bit exponent, then 64 bits with the leading one written out.</summary>
    private static double ReadExtended(ReadOnlySpan<byte> ten)
    {
        var exponent = (BinaryPrimitives.ReadUInt16BigEndian(ten) & 0x7FFF) - 16383 - 63;
        return BinaryPrimitives.ReadUInt64BigEndian(ten[2..]) * Math.Pow(2, exponent);
    }
}
