using TwilioEmu.Media.Codecs;
using TwilioEmu.Media.Tests.Testing;

namespace TwilioEmu.Media.Tests.Codecs;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(8000, 16000)]
    [InlineData(16000, 8000)]
    [InlineData(8000, 48000)]
    [InlineData(48000, 8000)]
    [InlineData(44100, 8000)]
    [InlineData(11025, 8000)]
    public void A_tone_keeps_its_length_height_and_place(int from, int to)
    {
        var converted = Resampler.Convert(Sounds.Sine(1000, 500, rate: from), from, to);
        converted.Length.Should().BeCloseTo(to / 2, 1);
        var expected = Sounds.Sine(1000, 500, rate: to);
        for (var i = to / 20; i < (to * 9 / 20); i++) ((int)converted[i]).Should().BeCloseTo(expected[i], 12);
    }

    [Fact]
    public void In_pieces_or_at_once_it_is_the_same()
    {
        var sound = Sounds.Sine(700, 500, rate: 44100).Select(s => (float)s).ToArray();
        var (resampler, pieces) = (new Resampler(44100, 8000), new List<float>());
        foreach (var chunk in sound.Chunk(333)) resampler.Process(chunk, pieces);
        resampler.Finish(pieces);
        pieces.Should().Equal(Resampler.Convert(sound, 44100, 8000));
    }
}
