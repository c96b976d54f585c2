using TwilioEmu.Media.Detection;
using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Tests.Testing;

namespace TwilioEmu.Media.Tests.Detection;

public sealed class SpeechActivityTests
{
    private readonly SpeechActivity _activity = new(ActivityOptions.Default);

    [Fact]
    public void Speech_begins_after_its_onset_and_ends_after_its_hangover() =>
        Changes(new short[800], Sounds.Sine(300, 500), new short[8000])
            .Should().Equal((100 + 60, ActivityChange.Began), (600 + 400, ActivityChange.Ended));

    [Fact]
    public void A_click_is_no_speech() => Changes(new short[800], Sounds.Sine(300, 20), new short[4000]).Should().BeEmpty();

    [Fact]
    public void The_gap_between_two_words_ends_nothing() =>
        Changes(Sounds.Sine(300, 300), new short[2400], Sounds.Sine(300, 300)).Select(c => c.Change).Should().Equal(ActivityChange.Began);

    [Fact]
    public void Steady_noise_is_no_speech_for_long()
    {
        var random = new Random(1);
        var noise = Enumerable.Range(0, 8000 * 20).Select(_ => (short)random.Next(-200, 200)).ToArray();
        Changes(noise);
        _activity.IsSpeaking.Should().BeFalse();
        Changes(Sounds.Sine(300, 300)).Should().ContainSingle("speech stands above the noise");
    }

    [Fact]
    public void The_tone_voice_is_speech()
    {
        var text = "I would like to talk to somebody";
        Changes(ToneVoice.Speak(text, "", SpeechPace.DurationOf(text)), new short[8000]).Select(c => c.Change)
            .Should().Equal(ActivityChange.Began, ActivityChange.Ended);
    }

    [Theory]
    [InlineData(1000, 400, true)]
    [InlineData(1400, 200, true)]
    [InlineData(1000, 80, false)]
    public void A_beep_is_a_lone_steady_tone(int hertz, int milliseconds, bool isBeep) =>
        Beeps([.. Sounds.Sine(hertz, milliseconds), .. new short[1600]]).Should().HaveCount(isBeep ? 1 : 0);

    [Fact]
    public void Words_keys_and_ringback_are_no_beeps()
    {
        var text = "You have reached the voice mail of somebody who is not at home";
        Beeps([.. ToneVoice.Speak(text, "", SpeechPace.DurationOf(text)), .. new short[1600]]).Should().BeEmpty();
        var ring = new int[16000];
        Media.Tones.ToneGenerator.Add(new Media.Tones.ToneName(Media.Tones.ToneKind.Ringback), 0, ring, 1);
        Beeps([.. ring.Select(s => (short)s), .. new short[1600]]).Should().BeEmpty();
        var keys = new int[8000];
        Media.Dtmf.DtmfTone.AddAll("159", 0, keys, 1);
        Beeps([.. keys.Select(s => (short)s), .. new short[1600]]).Should().BeEmpty();
    }

    private static List<int> Beeps(short[] pcm)
    {
        var detector = new BeepDetector();
        var found = new List<int>();
        foreach (var frame in pcm.Chunk(160).Where(f => f.Length == 160))
        {
            if (detector.Process(frame, out var hertz)) found.Add(hertz);
        }
        return found;
    }

    private IEnumerable<(int At, ActivityChange Change)> Changes(params short[][] sounds)
    {
        var changes = new List<(int, ActivityChange)>();
        var at = 0;
        foreach (var frame in sounds.SelectMany(s => s).Chunk(160).Where(f => f.Length == 160))
        {
            at += 20;
            if (_activity.Process(frame) is var change and not ActivityChange.None) changes.Add((at, change));
        }
        return changes;
    }
}
