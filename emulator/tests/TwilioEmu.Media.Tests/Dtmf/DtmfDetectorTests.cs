using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Tests.Testing;
using TwilioEmu.Media.Tones;

namespace TwilioEmu.Media.Tests.Dtmf;

/// <summary>ITU-T Q.24, annex A: what a receiver takes and what it leaves.</summary>
public sealed class DtmfDetectorTests
{
    [Fact]
    public void Every_key_is_found_as_it_is_sent()
    {
        const string All = "0123456789ABCD*#";
        var sum = new int[All.Length * 1600];
        DtmfTone.AddAll(All, 0, sum, 1);
        Keys([.. sum.Select(s => (short)s)]).Should().Be(All);
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(40, true)]
    [InlineData(70, true)]
    public void A_tone_of_40_ms_is_a_key_and_of_20_is_none(int milliseconds, bool isKey)
    {
        // Wherever the blocks fall.
        for (var shift = 0; shift < 102; shift += 17)
        {
            Keys([.. new short[shift], .. Tone(770, 1336, milliseconds), .. new short[800]]).Should().Be(isKey ? "5" : "");
        }
    }

    [Fact]
    public void A_pause_of_40_ms_makes_two_keys_of_it_and_an_interruption_of_10_does_not()
    {
        Keys([.. Tone(770, 1336, 60), .. new short[320], .. Tone(770, 1336, 60), .. new short[800]]).Should().Be("55");
        Keys([.. Tone(770, 1336, 60), .. new short[80], .. Tone(770, 1336, 60), .. new short[800]]).Should().Be("5");
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, -7.5, true)]
    [InlineData(0, 3.5, true)]
    [InlineData(0, -10, false)]
    [InlineData(0, 6, false)]
    public void Twist_is_taken_within_limits(double lowDb, double highDb, bool isKey) =>
        Keys([.. Tone(852, 1477, 80, lowDb - 10, highDb - 10), .. new short[800]]).Should().Be(isKey ? "9" : "");

    [Theory]
    [InlineData(1.5, true)]
    [InlineData(-1.5, true)]
    [InlineData(4, false)]
    [InlineData(-4, false)]
    public void Frequencies_may_be_a_little_off(double percent, bool isKey) =>
        Keys([.. Tone(852 * (1 + (percent / 100)), 1477 * (1 + (percent / 100)), 100), .. new short[800]]).Should().Be(isKey ? "9" : "");

    [Theory]
    [InlineData(-25, true)]
    [InlineData(-40, false)]
    public void What_is_too_soft_is_none(double dbm0, bool isKey) =>
        Keys([.. Tone(852, 1477, 100, dbm0, dbm0), .. new short[800]]).Should().Be(isKey ? "9" : "");

    [Fact]
    public void Voices_are_left_alone()
    {
        // Talk-off: voiced sounds of every pitch and vowel, with all their harmonics, an hour's worth of syllables in small.
        var random = new Random(24);
        var heard = "";
        for (var i = 0; i < 200; i++) heard += Keys([.. Vowel(random, random.Next(80, 300), 250), .. new short[160]]);
        heard.Should().BeEmpty();
    }

    [Fact]
    public void Noise_and_the_tone_voice_are_left_alone()
    {
        var random = new Random(25);
        Keys([.. Enumerable.Range(0, 80_000).Select(_ => (short)random.Next(-8000, 8000))]).Should().BeEmpty();
        foreach (var voice in (string[])["", "Polly.Joanna", "Polly.Matthew", "alice"])
        {
            var text = "Please hold the line while we are trying to connect you to one of our many friendly agents";
            Keys(ToneVoice.Speak(text, voice, SpeechPace.DurationOf(text))).Should().BeEmpty();
        }
    }

    [Fact]
    public void Keys_are_found_in_noise()
    {
        var random = new Random(26);
        var noisy = Tone(697, 1209, 100, -10, -10).Concat(new short[800]).Select(s => (short)(s + random.Next(-1200, 1200))).ToArray();
        Keys(noisy).Should().Be("1");
    }

    [Fact]
    public void The_length_of_a_key_is_told_at_its_end()
    {
        var told = new List<KeyHeard>();
        new DtmfDetector().Process([.. Tone(697, 1209, 500), .. new short[800]], told.Add);
        told.Select(t => t.IsOver).Should().Equal(false, true);
        told[1].Length.TotalMilliseconds.Should().BeApproximately(500, 26);
    }

    [Fact]
    public void Frames_in_any_size_give_the_same()
    {
        var sum = new int[8 * 1600];
        DtmfTone.AddAll("19*7A3#0", 0, sum, 1);
        var detector = new DtmfDetector();
        var keys = "";
        var random = new Random(2);
        for (var at = 0; at < sum.Length;)
        {
            var count = Math.Min(random.Next(1, 400), sum.Length - at);
            detector.Process([.. sum[at..(at + count)].Select(s => (short)s)], k => keys += k.IsOver ? "" : k.Key);
            at += count;
        }
        keys.Should().Be("19*7A3#0");
    }

    private static string Keys(short[] pcm)
    {
        var keys = "";
        new DtmfDetector().Process(pcm, k => keys += k.IsOver ? "" : k.Key);
        return keys;
    }

    private static short[] Tone(double low, double high, double milliseconds, double lowDbm0 = -9, double highDbm0 = -9) =>
        [.. Sounds.Sine(low, milliseconds, (int)Sine.Peak(lowDbm0))
            .Zip(Sounds.Sine(high, milliseconds, (int)Sine.Peak(highDbm0)), (a, b) => (short)(a + b))];

    /// <summary>Harmonics of a pitch, louder about two formants, wavering as voices do.</summary>
    private static short[] Vowel(Random random, double pitch, int milliseconds)
    {
        var (first, second) = (random.Next(300, 900), random.Next(900, 2400));
        var phases = Enumerable.Range(0, 50).Select(_ => random.NextDouble() * 2 * Math.PI).ToArray();
        var glide = 1 + ((random.NextDouble() - 0.5) * 0.1);
        var pcm = new short[milliseconds * 8];
        for (var i = 0; i < pcm.Length; i++)
        {
            var now = pitch * (1 + ((glide - 1) * i / pcm.Length));
            var sum = 0.0;
            for (var n = 1; n * pitch < 3800; n++)
            {
                var hertz = n * pitch;
                // A source that falls by 6 dB an octave, through two resonances.
                var loud = (Resonance(hertz, first, 90) + (0.7 * Resonance(hertz, second, 120))) / n;
                sum += loud * Math.Sin((2 * Math.PI * now * n * i / 8000) + phases[n % 50]);
            }
            pcm[i] = (short)Math.Clamp(sum * 8000, -32000, 32000);
        }
        return pcm;
    }

    private static double Resonance(double hertz, double centre, double width) =>
        1 / Math.Sqrt(1 + Math.Pow(2 * (hertz - centre) / width, 2));
}
