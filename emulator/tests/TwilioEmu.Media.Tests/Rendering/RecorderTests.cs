using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Rendering;
using TwilioEmu.Media.Tests.Testing;
using static TwilioEmu.Media.Tests.Testing.Scores;

namespace TwilioEmu.Media.Tests.Rendering;

public sealed class RecorderTests : IDisposable
{
    private readonly Sounds _sounds = new();

    private Recorder Recorder => new(_sounds.Words, _sounds.Clips);

    public void Dispose() => _sounds.Dispose();

    [Fact]
    public async Task The_same_score_gives_the_same_bytes()
    {
        var first = await Recorder.WavAsync([Track().Say(7, "Thank you for calling")], [new Stretch(At(0), At(3000))], default);
        using var others = new Sounds();
        var second = await new Recorder(others.Words, others.Clips).WavAsync([Track().Say(7, "Thank you for calling")],
            [new Stretch(At(0), At(3000))], default);
        second.Should().Equal(first);
        first.Should().HaveCount(44 + 48_000);
    }

    [Fact]
    public async Task Each_party_has_its_own_channel()
    {
        var wav = await Recorder.WavAsync([_sounds.Tone("a", 400), _sounds.Tone("b", 700)], [new Stretch(At(0), At(1000))], default);
        WavHeader.TryRead(wav, out var header).Should().BeTrue();
        header!.ChannelCount.Should().Be(2);
        var samples = wav[44..].Chunk(2).Select(b => BitConverter.ToInt16(b)).ToArray();
        Sounds.Found([.. samples.Where((_, i) => i % 2 == 0)], 400, 700).Should().Equal(400);
        Sounds.Found([.. samples.Where((_, i) => i % 2 == 1)], 400, 700).Should().Equal(700);
    }

    [Fact]
    public async Task A_pause_is_left_out_or_silent()
    {
        var tone = _sounds.Tone("a", 400, milliseconds: 3000);
        var skipped = await Recorder.WavAsync([tone], [new Stretch(At(0), At(1000)), new Stretch(At(2000), At(3000))], default);
        skipped.Should().HaveCount(44 + 32_000);
        var silent = await Recorder.WavAsync(
            [tone], [new Stretch(At(0), At(1000)), new Stretch(At(1000), At(2000), IsSilent: true), new Stretch(At(2000), At(3000))],
                default);
        silent.Should().HaveCount(44 + 48_000);
        silent[(44 + 16_000)..(44 + 32_000)].Should().OnlyContain(b => b == 0);
    }

    [Fact]
    public async Task Stretches_begin_and_end_at_the_sample()
    {
        var track = Track();
        track.Put(new Media.Score.Cue(At(0), 0, _sounds.ClipOf([.. Enumerable.Range(0, 8000).Select(i => (short)i)])));
        (await _sounds.Render(track, 12.5, 47.125)).Should().Equal(Enumerable.Range(100, 277).Select(i => (short)i));
    }
}
