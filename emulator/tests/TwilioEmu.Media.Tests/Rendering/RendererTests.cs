using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Rendering;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tests.Testing;
using TwilioEmu.Media.Tones;
using static TwilioEmu.Media.Tests.Testing.Scores;

namespace TwilioEmu.Media.Tests.Rendering;

public sealed class RendererTests : IDisposable
{
    private readonly Sounds _sounds = new();

    public void Dispose() => _sounds.Dispose();

    [Fact]
    public async Task A_cue_is_cut_at_the_sample()
    {
        var track = Track();
        track.Put(new Cue(At(10.125), 0, _sounds.ClipOf([.. Enumerable.Repeat((short)1000, 8000)])));
        track.Put(new Cue(At(33.5), 0, new Source.Silence()));
        var pcm = await _sounds.Render(track, 0, 60);
        Array.IndexOf(pcm, (short)1000).Should().Be(81);
        Array.LastIndexOf(pcm, (short)1000).Should().Be(267);
    }

    [Fact]
    public async Task A_source_may_begin_in_its_midst()
    {
        var track = Track();
        track.Put(new Cue(At(0), 0, _sounds.ClipOf([.. Enumerable.Range(0, 800).Select(i => (short)i)]), TimeSpan.FromMilliseconds(50), 0));
        (await _sounds.Render(track, 0, 20))[0].Should().Be(400);
    }

    [Theory]
    [InlineData(0, 5000)]
    [InlineData(-6, 2506)]
    [InlineData(6, 9976)]
    public async Task Gain_is_in_decibels(int decibels, double peak)
    {
        var track = Track();
        track.Put(new Cue(At(0), 0, _sounds.ClipOf(Sounds.Sine(1000, 1000)), TimeSpan.Zero, decibels));
        Sounds.Amplitude(await _sounds.Render(track, 0, 1000), 1000).Should().BeApproximately(peak, peak / 50);
    }

    [Fact]
    public async Task Lanes_sound_together_and_are_clipped_once_after_the_sum()
    {
        var track = Track();
        foreach (var (lane, value) in (ReadOnlySpan<(int, short)>)[(0, 30000), (1, 30001), (2, -30002)])
        {
            track.Put(new Cue(At(0), lane, _sounds.ClipOf([.. Enumerable.Repeat(value, 160)])));
        }
        (await _sounds.Render(track, 0, 20)).Should().OnlyContain(s => s == 29999);
    }

    [Fact]
    public async Task Words_sound_as_long_as_their_pace_and_voices_differ()
    {
        const string Text = "Thank you for calling";
        var (anna, ben, pace) = (Track("a"), Track("b"), SpeechPace.DurationOf(Text));
        anna.Put(new Cue(At(0), 0, new Source.Words(Text, "Polly.Joanna", pace)));
        ben.Put(new Cue(At(0), 0, new Source.Words(Text, "Polly.Matthew", pace)));
        var pcm = await _sounds.Render(anna, 0, 5000);
        Grid.LengthOf(Array.FindLastIndex(pcm, s => s != 0)).Should().BeCloseTo(pace, TimeSpan.FromMilliseconds(80));
        Sine.LevelOf(pcm.AsSpan(0, 4000)).Should().BeInRange(-35, -10);
        pcm.Should().NotEqual(await _sounds.Render(ben, 0, 5000));
    }

    [Fact]
    public async Task Words_that_do_not_fit_play_whole_over_the_silence_that_follows()
    {
        using var sounds = new Sounds(new SlowVoice());
        var overran = new List<TimeSpan>();
        sounds.Words.Overran += (_, length) => overran.Add(length);
        var pcm = await sounds.Render(Track().Say(0, "words", paceMilliseconds: 500).Hush(600), 0, 2000);
        Array.FindLastIndex(pcm, s => s != 0).Should().Be(7999, "a second was needed, half was given, and nothing is cut");
        overran.Should().Equal(TimeSpan.FromSeconds(1));
        var cut = await sounds.Render(Track().Say(0, "words", paceMilliseconds: 500).Hush(400), 0, 2000);
        Array.FindLastIndex(cut, s => s != 0).Should().Be(3199, "barge-in cuts");
    }

    [Fact]
    public async Task The_past_is_a_function_of_the_score_in_whatever_order_it_is_rendered()
    {
        var (a, b, c) = (Track("a"), Track("b"), Track("c"));
        var mix = new Mix(new MixId("m"));
        a.Say(3, "one two three").Play(900, ToneKind.Busy, 500).Follow(1500, b, lane: 1);
        b.Say(200, "ahoy").Follow(700, a, lane: 1);
        c.Put(new Cue(At(0), 1, new Source.Mixed(mix, new PartyId("b"))));
        mix.Set(At(0), [new MixVoice(new PartyId("a"), a), new MixVoice(new PartyId("b"), b)]);
        mix.Set(At(1207), [new MixVoice(new PartyId("a"), a, -6, null), new MixVoice(new PartyId("c"), c)]);
        var inOrder = await _sounds.Render(c, 0, 2000);
        var renderer = new Renderer(_sounds.Words, _sounds.Clips);
        var random = new Random(3);
        var frame = new short[160];
        var first = Grid.FrameAt(At(0));
        for (var i = 0; i < 200; i++)
        {
            var number = random.Next(100);
            renderer.Render(random.Next(3) switch { 0 => a, 1 => b, _ => c }, first + random.Next(100), frame);
            renderer.Render(c, first + number, frame);
            frame.Should().Equal(inOrder[(number * 160)..((number + 1) * 160)]);
        }
    }

    [Fact]
    public async Task In_a_circle_each_round_is_a_frame_late_and_ends()
    {
        var (a, b) = (Track("a"), Track("b"));
        a.Follow(0, b, lane: 1);
        b.Follow(0, a, lane: 1);
        a.Put(new Cue(At(0), 0, _sounds.ClipOf([.. Enumerable.Repeat((short)1000, 160)])));
        var rounds = (await _sounds.Render(a, 0, 400)).Chunk(160).Select(c => c.Max()).ToArray();
        rounds[0].Should().Be(1000);
        rounds[1].Should().Be(1000, "the echo of the first frame");
        rounds[6..].Should().OnlyContain(s => s == 0);
    }

    [Fact]
    public void A_conference_that_dials_into_itself_again_and_again_does_not_stop_the_thread()
    {
        var mix = new Mix(new MixId("m"));
        var legs = Enumerable.Range(0, 12).Select(i => Track($"{i}")).ToArray();
        for (var i = 0; i < legs.Length; i++) legs[i].Put(new Cue(At(0), 0, new Source.Mixed(mix, new PartyId($"{i}"))));
        mix.Set(At(0), [.. legs.Select((l, i) => new MixVoice(new PartyId($"{i}"), l))]);
        var frame = new short[160];
        new Renderer(_sounds.Words, _sounds.Clips).Render(legs[0], Grid.FrameAt(At(1000)), frame);
        frame.Should().OnlyContain(s => s == 0);
    }

    [Fact]
    public void A_mixed_frame_of_three_allocates_nothing()
    {
        var mix = new Mix(new MixId("m"));
        var ear = Track("ear");
        ear.Put(new Cue(At(0), 1, new Source.Mixed(mix, new PartyId("0"))));
        mix.Set(At(0),
            [.. Enumerable.Range(0, 3)
            .Select(i => new MixVoice(new PartyId($"{i}"), _sounds.Tone($"{i}", 500 + (i * 100), milliseconds: 60000)))]);
        var renderer = new Renderer(_sounds.Words, _sounds.Clips);
        var frame = new short[160];
        var first = Grid.FrameAt(At(0));
        for (var i = 0; i < 100; i++) renderer.Render(ear, first + i, frame);
        // The least of several hundreds: what the runtime does once, such as to compile anew, is not the renderer's.
        var least = long.MaxValue;
        for (var round = 1; round <= 10; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++) renderer.Render(ear, first + (100 * round) + i, frame);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        least.Should().Be(0);
    }

    [Fact]
    public async Task Keys_sound_as_tones_with_pauses_between()
    {
        var track = Track();
        track.Put(new Cue(At(0), 0, new Source.Keys("1w#", TimeSpan.FromMilliseconds(900))));
        var pcm = await _sounds.Render(track, 0, 900);
        Sounds.Found(pcm.AsSpan(0, 800), 697, 941, 1209, 1477).Should().Equal(697, 1209);
        pcm[800..5600].Should().OnlyContain(s => s == 0);
        Sounds.Found(pcm.AsSpan(5600, 800), 697, 941, 1209, 1477).Should().Equal(941, 1477);
    }

    [Fact]
    public async Task Live_frames_are_heard_and_a_gap_is_silence()
    {
        var input = new LiveInput(null);
        var track = Track();
        track.Put(new Cue(At(0), 0, new Source.Live(input)));
        input.Write(Grid.FrameAt(At(20)), [.. Enumerable.Repeat((short)77, 160)]);
        (await _sounds.Render(track, 0, 60)).Chunk(160).Select(c => (int)c[80]).Should().Equal(0, 77, 0);
    }

    private sealed class SlowVoice : IVoice
    {
        public string Set => "slow";

        public bool IsImmediate => false;

        public Task<short[]?> SpeakAsync(string text, string voice, TimeSpan pace, CancellationToken cancellation) =>
            Task.FromResult<short[]?>([.. Enumerable.Repeat((short)500, (int)(Grid.SampleCount(pace) * 2))]);
    }
}
