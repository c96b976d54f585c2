using System.Collections.Immutable;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tests.Testing;
using static TwilioEmu.Media.Tests.Testing.Scores;

namespace TwilioEmu.Media.Tests.Rendering;

/// <summary>Each member sounds its own frequency; each listener is searched for all of them.</summary>
public sealed class ConferenceTests : IDisposable
{
    private static readonly int[] Hertz = [400, 700, 1000, 1300, 1600];

    private readonly Sounds _sounds = new();
    private readonly Mix _mix = new(new MixId("room"));
    private readonly MixVoice[] _voices;
    private readonly Track[] _ears;

    public ConferenceTests()
    {
        _voices = [.. Hertz.Select(h => new MixVoice(Party(h), _sounds.Tone($"{h}", h, milliseconds: 4000)))];
        _ears = [.. Hertz.Select(h =>
        {
            var ear = Track($"to {h}");
            ear.Put(new Cue(At(0), 1, new Source.Mixed(_mix, Party(h))));
            return ear;
        })];
        _mix.Set(At(0), [.. _voices]);
    }

    public void Dispose() => _sounds.Dispose();

    [Fact]
    public async Task Each_of_five_hears_the_four_others_and_not_itself()
    {
        for (var i = 0; i < Hertz.Length; i++) (await Heard(i, 0, 1000)).Should().Equal(Hertz.Where(h => h != Hertz[i]));
    }

    [Fact]
    public async Task Who_is_muted_is_heard_by_nobody_and_hears_all_others()
    {
        _mix.Set(At(1000), Without(2));
        (await Heard(0, 1000, 2000)).Should().Equal(700, 1300, 1600);
        (await Heard(2, 1000, 2000)).Should().Equal(400, 700, 1300, 1600);
        (await Heard(0, 0, 1000)).Should().Contain(1000, "the past stays");
    }

    [Fact]
    public async Task Who_is_on_hold_hears_music_and_nothing_else()
    {
        _mix.Set(At(1000), Without(3));
        _ears[3].Put(new Cue(At(1000), 0, _sounds.ClipOf(Sounds.Sine(2000, 1000))));
        _ears[3].Put(new Cue(At(1000), 1, new Source.Silence()));
        (await Heard(3, 1000, 2000)).Should().Equal(2000);
        (await Heard(0, 1000, 2000)).Should().Equal(700, 1000, 1600);
        _ears[3].Put(new Cue(At(2000), 1, new Source.Mixed(_mix, Party(1300))));
        _mix.Set(At(2000), [.. _voices]);
        (await Heard(3, 2000, 3000)).Should().Equal(400, 700, 1000, 1600);
    }

    [Fact]
    public async Task A_coach_is_heard_by_the_coached_only()
    {
        _mix.Set(At(0), [.. _voices[..4], _voices[4] with { OnlyFor = Party(700) }]);
        (await Heard(1, 0, 1000)).Should().Equal(400, 1000, 1300, 1600);
        (await Heard(0, 0, 1000)).Should().Equal(700, 1000, 1300);
        (await Heard(4, 0, 1000)).Should().Equal([400, 700, 1000, 1300], "the coach hears the room");
        var recording = Track("recording");
        recording.Put(new Cue(At(0), 0, new Source.Mixed(_mix, null)));
        Sounds.Found(await _sounds.Render(recording, 0, 1000), Hertz).Should().Equal(400, 700, 1000, 1300);
    }

    [Fact]
    public async Task Who_comes_and_goes_within_a_frame_is_cut_at_the_sample()
    {
        _mix.Set(At(1005), Without(0));
        _mix.Set(At(1015), [.. _voices]);
        var without = new Mix(new MixId("m"));
        without.Set(At(0), Without(0));
        var ear = Track();
        ear.Put(new Cue(At(0), 0, new Source.Mixed(without, Party(700))));
        var (pcm, quieter) = (await _sounds.Render(_ears[1], 1000, 1020), await _sounds.Render(ear, 1000, 1020));
        pcm[40..120].Should().Equal(quieter[40..120]);
        pcm[..40].Should().NotEqual(quieter[..40]);
        pcm[120..].Should().NotEqual(quieter[120..]);
    }

    [Fact]
    public async Task Gain_of_one_voice_is_taken_out_of_its_own_ear_too()
    {
        _mix.Set(At(0), [.. _voices.Select((v, i) => i == 2 ? v with { Decibels = -6 } : v)]);
        (await Heard(2, 0, 1000)).Should().Equal(400, 700, 1300, 1600);
        Sounds.Amplitude(await _sounds.Render(_ears[0], 0, 1000), 1000).Should().BeApproximately(2506, 50);
    }

    [Fact]
    public async Task An_announcement_is_one_more_voice()
    {
        _mix.Set(At(0), [.. _voices, new MixVoice(new PartyId("announcement"), _sounds.Tone("a", 2000, milliseconds: 4000))]);
        (await Heard(0, 0, 1000)).Should().Equal(700, 1000, 1300, 1600, 2000);
    }

    private async Task<IEnumerable<int>> Heard(int listener, double from, double until) =>
        Sounds.Found(await _sounds.Render(_ears[listener], from, until), [.. Hertz, 2000]);

    private ImmutableArray<MixVoice> Without(int index) => [.. _voices.Where((_, i) => i != index)];

    private static PartyId Party(int hertz) => new($"{hertz}");
}
