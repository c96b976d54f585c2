using System.Buffers.Binary;
using System.Text;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Programs;
using TwilioEmu.Media.Tests.Testing;

namespace TwilioEmu.Media.Tests.Audio;

public sealed class SoundDecoderTests
{
    [Theory]
    [InlineData(1, 8, 8000, 1)]
    [InlineData(1, 16, 8000, 1)]
    [InlineData(1, 16, 44100, 2)]
    [InlineData(1, 24, 48000, 6)]
    [InlineData(1, 32, 16000, 1)]
    [InlineData(3, 32, 22050, 2)]
    [InlineData(3, 64, 96000, 1)]
    [InlineData(6, 8, 8000, 1)]
    [InlineData(7, 8, 8000, 2)]
    public void A_wav_of_any_kind_gives_its_tone_at_its_length(int tag, int bits, int rate, int channels)
    {
        var decoded = Decode("audio/wav", Wav(tag, bits, rate, channels, Sounds.Sine(1000, 500, rate: rate)));
        decoded.Fault.Should().Be(SoundFault.None, decoded.Detail);
        decoded.Pcm.Length.Should().BeInRange(3999, 4001);
        Sounds.Amplitude(decoded.Pcm.AsSpan(400, 3200), 1000).Should().BeApproximately(5000, 300);
    }

    [Fact]
    public void What_8_kHz_cannot_carry_is_filtered_out_and_not_folded_back()
    {
        var decoded = Decode("audio/wav", Wav(1, 16, 16000, 1, Sounds.Sine(5000, 500, rate: 16000)));
        Sounds.Amplitude(decoded.Pcm, 3000).Should().BeLessThan(5, "5 kHz folds to 3 kHz");
    }

    [Theory]
    [InlineData("AIFF", "NONE", 16)]
    [InlineData("AIFC", "sowt", 16)]
    [InlineData("AIFC", "ulaw", 16)]
    public void An_aiff_gives_its_tone(string form, string compression, int bits)
    {
        var pcm = Sounds.Sine(1000, 500);
        var sound = new byte[compression == "ulaw" ? pcm.Length : pcm.Length * 2];
        if (compression == "ulaw") Media.Codecs.G711.EncodeUlaw(pcm, sound);
        for (var i = 0; i < pcm.Length && compression != "ulaw"; i++)
        {
            if (compression == "sowt") BinaryPrimitives.WriteInt16LittleEndian(sound.AsSpan(i * 2), pcm[i]);
            else BinaryPrimitives.WriteInt16BigEndian(sound.AsSpan(i * 2), pcm[i]);
        }
        byte[] common = [0, 1, 0, 0, 0x0F, 0xA0, 0, (byte)bits, 0x40, 0x0B, 0xFA, 0, 0, 0, 0, 0, 0, 0, .. form == "AIFC"
            ? Encoding.ASCII.GetBytes(compression) : []];
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, sound.Length + 8);
        var decoded = Decode("audio/aiff",
            [.. "FORM"u8, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(form), .. "COMM"u8, 0, 0, 0, (byte)common.Length, .. common, .. "SSND"u8,
            .. size, 0, 0, 0, 0, 0, 0, 0, 0, .. sound]);
        decoded.Fault.Should().Be(SoundFault.None, decoded.Detail);
        Sounds.Amplitude(decoded.Pcm, 1000).Should().BeApproximately(5000, 300);
    }

    [Fact]
    public void Mu_law_comes_with_a_header_or_without()
    {
        var (pcm, sound) = (Sounds.Sine(1000, 100), new byte[800]);
        Media.Codecs.G711.EncodeUlaw(pcm, sound);
        var bare = Decode("audio/basic", sound);
        bare.Pcm.Should().HaveCount(800);
        byte[] au = [.. ".snd"u8, 0, 0, 0, 28, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1, 0, 0, 0x1F, 0x40, 0, 0, 0, 1, 0, 0, 0, 0, .. sound];
        Decode("audio/basic", au).Pcm.Should().Equal(bare.Pcm);
    }

    [Theory]
    [InlineData("audio/wav", "", SoundFault.Broken)]
    [InlineData("audio/wav", "RIFFxxxxWAVE", SoundFault.Broken)]
    [InlineData("audio/mpeg", "not an mp3", SoundFault.Broken)]
    [InlineData("audio/aiff", "FORM....AIFF", SoundFault.Broken)]
    [InlineData("audio/gsm", "x", SoundFault.Unsupported)]
    [InlineData("video/mp4", "x", SoundFault.WrongType)]
    public void What_is_broken_says_why(string type, string file, SoundFault fault)
    {
        var decoded = Decode(type, Encoding.Latin1.GetBytes(file));
        decoded.Fault.Should().Be(fault);
        decoded.Detail.Should().NotBeEmpty();
        decoded.Pcm.Should().BeEmpty();
    }

    [Fact]
    public void Limits_hold_before_anything_is_decoded()
    {
        var wav = Wav(1, 16, 8000, 1, Sounds.Sine(1000, 1000));
        SoundDecoder.Decode("audio/wav", wav, new SoundLimits(1000, TimeSpan.MaxValue)).Fault.Should().Be(SoundFault.TooLarge);
        SoundDecoder.Decode("audio/wav", wav, new SoundLimits(100_000, TimeSpan.FromMilliseconds(999))).Fault
            .Should().Be(SoundFault.TooLong);
    }

    [Fact]
    public void Whatever_the_bytes_it_answers()
    {
        var random = new Random(5);
        var wav = Wav(3, 32, 44100, 2, Sounds.Sine(1000, 20, rate: 44100));
        for (var round = 0; round < 400; round++)
        {
            var broken = wav[..random.Next(wav.Length)];
            for (var i = 0; i < 5 && broken.Length > 0; i++) broken[random.Next(Math.Min(64, broken.Length))] = (byte)random.Next(256);
            foreach (var type in (string[])["audio/wav", "audio/aiff", "audio/basic", "audio/mpeg"])
            {
                Decode(type, broken).Should().NotBeNull();
            }
        }
    }

    [Fact]
    public async Task An_mp3_that_lame_wrote_gives_its_tone_and_length()
    {
        using var lame = InstalledProgram.OnPath("lame");
        Assert.SkipUnless(lame.IsInstalled, "lame is not installed");
        var encoded = await new Mp3Encoder(lame).EncodeAsync(WavWriter.Mono(Sounds.Sine(1000, 2000)), default);
        encoded.Outcome.Should().Be(ProgramOutcome.Done, encoded.Detail);
        encoded.Output.Length.Should().BeInRange(6000, 12_000, "32 kbit a second");
        var decoded = Decode("audio/mpeg", encoded.Output);
        decoded.Fault.Should().Be(SoundFault.None, decoded.Detail);
        Sounds.Amplitude(decoded.Pcm.AsSpan(4000, 8000), 1000).Should().BeApproximately(5000, 500);
        SoundFile.TryMeasure("audio/mpeg", encoded.Output, out var measured).Should().BeTrue();
        Media.Score.Grid.LengthOf(decoded.Pcm.Length).Should().BeCloseTo(measured, TimeSpan.FromMilliseconds(150));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var pcm = Sounds.Sine(300, 250);
        Decode("audio/wav", WavWriter.Mono(pcm)).Pcm.Should().Equal(pcm);
        byte[] dual = [.. WavWriter.Header(2, pcm.Length), .. new byte[2 * sizeof(short) * pcm.Length]];
        WavHeader.TryRead(dual, out var header).Should().BeTrue();
        header!.Duration.Should().Be(TimeSpan.FromMilliseconds(250));
    }

    private static Decoded Decode(string type, byte[] file) => SoundDecoder.Decode(type, file, SoundLimits.Default);

    private static byte[] Wav(int tag, int bits, int rate, int channels, short[] pcm)
    {
        var size = bits / 8;
        var data = new byte[pcm.Length * channels * size];
        for (var i = 0; i < pcm.Length * channels; i++)
        {
            var sample = pcm[i / channels];
            var at = data.AsSpan(i * size);
            switch (tag, bits)
            {
                case (1, 8): at[0] = (byte)((sample / 256) + 128); break;
                case (1, 16): BinaryPrimitives.WriteInt16LittleEndian(at, sample); break;
                case (1, 24): (at[0], at[1], at[2]) = (0, (byte)sample, (byte)(sample >> 8)); break;
                case (1, 32): BinaryPrimitives.WriteInt32LittleEndian(at, sample << 16); break;
                case (3, 32): BinaryPrimitives.WriteSingleLittleEndian(at, sample / 32767f); break;
                case (3, 64): BinaryPrimitives.WriteDoubleLittleEndian(at, sample / 32767d); break;
                case (6, _): Media.Codecs.G711.EncodeAlaw([sample], at[..1]); break;
                case (7, _): Media.Codecs.G711.EncodeUlaw([sample], at[..1]); break;
            }
        }
        var file = new byte[44 + data.Length];
        WavWriter.Header(channels, pcm.Length).CopyTo(file, 0);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), (short)tag);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), rate * channels * size);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), (short)bits);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), data.Length);
        data.CopyTo(file, 44);
        return file;
    }
}
