using System.Buffers.Binary;
using TwilioEmu.Media.Audio;

namespace TwilioEmu.Media.Tests.Audio;

public sealed class SoundFileTests
{
    [Fact]
    public void A_wav_lasts_as_long_as_its_data_chunk()
    {
        SoundFile.TryMeasure("audio/wav", Wav(16000, new byte[24000]), out var duration).Should().BeTrue();
        duration.Should().Be(TimeSpan.FromMilliseconds(1500));
    }

    [Fact]
    public void Chunks_before_the_sound_are_stepped_over()
    {
        var plain = Wav(8000, new byte[8000]);
        var listed = (byte[])[.. plain[..36], .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. plain[36..]];
        SoundFile.TryMeasure("audio/x-wav", listed, out var duration).Should().BeTrue();
        duration.Should().Be(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_stream_of_unknown_length_lasts_as_long_as_what_came()
    {
        var wav = Wav(8000, new byte[4000]);
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(40), uint.MaxValue);
        SoundFile.TryMeasure("audio/wav", wav, out var duration).Should().BeTrue();
        duration.Should().Be(TimeSpan.FromMilliseconds(500));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(30)]
    public void A_wav_cut_short_has_no_length(int byteCount) =>
        SoundFile.TryMeasure("audio/wav", Wav(8000, new byte[100]).AsSpan(0, byteCount), out _).Should().BeFalse();

    [Fact]
    public void An_mp3_lasts_as_long_as_its_frames()
    {
        // MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes and 1152 samples a frame; behind an ID3 tag of 20 bytes.
        var frame = new byte[417];
        ((ReadOnlySpan<byte>)[0xFF, 0xFB, 0x90, 0x00]).CopyTo(frame);
        byte[] file = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 20, .. new byte[20], .. Enumerable.Repeat(frame, 100).SelectMany(f => f)];
        SoundFile.TryMeasure("audio/mpeg", file, out var duration).Should().BeTrue();
        duration.TotalMilliseconds.Should().Be(Math.Round(100 * 1152 / 44.1));
    }

    [Fact]
    public void An_mp3_without_a_frame_has_no_length() => SoundFile.TryMeasure("audio/mpeg", new byte[200_000], out _).Should().BeFalse();

    [Fact]
    public void An_aiff_lasts_as_long_as_its_frames_at_its_rate()
    {
        byte[] file =
        [
            .. "FORM"u8, 0, 0, 0, 0, .. "AIFF"u8, .. "COMM"u8, 0, 0, 0, 18, 0, 1, 0, 0, 0x1F, 0x40, 0, 16,
            0x40, 0x0B, 0xFA, 0, 0, 0, 0, 0, 0, 0,
        ];
        SoundFile.TryMeasure("audio/aiff", file, out var duration).Should().BeTrue();
        duration.Should().Be(TimeSpan.FromSeconds(1), "8000 frames at 8 kHz");
    }

    [Fact]
    public void Mu_law_has_a_byte_for_each_of_8000_samples_a_second()
    {
        SoundFile.TryMeasure("audio/ulaw", new byte[2000], out var duration).Should().BeTrue();
        duration.Should().Be(TimeSpan.FromMilliseconds(250));
    }

    private static byte[] Wav(int bytesPerSecond, byte[] data)
    {
        var file = new byte[44 + data.Length];
        "RIFF"u8.CopyTo(file);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), 8000);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), bytesPerSecond);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), data.Length);
        return file;
    }
}
