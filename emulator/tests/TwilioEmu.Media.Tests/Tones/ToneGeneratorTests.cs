using TwilioEmu.Media.Tests.Testing;
using TwilioEmu.Media.Tones;

namespace TwilioEmu.Media.Tests.Tones;

public sealed class ToneGeneratorTests
{
    // twilio.com/docs/voice/twiml/dial: values of ringTone.
    private const string RingTones =
        "at au bg br be ch cl cn cz de dk ee es fi fr gr hu il in it lt jp mx my nl no nz ph pl pt ru se sg th uk us us-old tw ve za";

    [Fact]
    public void Every_country_of_ringTone_has_its_tones() => ToneTable.Countries.Should().BeEquivalentTo(RingTones.Split(' '));

    [Theory]
    [InlineData("us", 0, 2000, new[] { 440, 480 })]
    [InlineData("us", 2000, 6000, new int[0])]
    [InlineData("us", 6000, 8000, new[] { 440, 480 })]
    [InlineData("uk", 0, 400, new[] { 400, 450 })]
    [InlineData("uk", 400, 600, new int[0])]
    [InlineData("uk", 600, 1000, new[] { 400, 450 })]
    [InlineData("xx", 0, 2000, new[] { 440, 480 })]
    public void Ringback_sounds_as_the_country_has_it(string country, int from, int until, int[] hertz) =>
        Sounds.Found(Play(new ToneName(ToneKind.Ringback, country), from, until), 400, 440, 450, 480, 620).Should().Equal(hertz);

    [Fact]
    public void Every_tone_sounds()
    {
        foreach (var kind in Enum.GetValues<ToneKind>())
        {
            foreach (var country in ToneTable.Countries)
            {
                Sine.LevelOf(Play(new ToneName(kind, country), 0, 200)).Should().BeInRange(-30, -5, $"{kind} {country}");
            }
        }
    }

    [Fact]
    public void A_beep_ends_by_itself()
    {
        ToneGenerator.LengthOf(new ToneName(ToneKind.Beep)).Should().Be(TimeSpan.FromMilliseconds(400));
        ToneGenerator.LengthOf(new ToneName(ToneKind.Ringback)).Should().BeNull();
        Play(new ToneName(ToneKind.Beep), 400, 2000).Should().OnlyContain(s => s == 0);
    }

    [Fact]
    public void A_tone_in_pieces_is_the_tone_at_once()
    {
        foreach (var name in (ToneName[])[new(ToneKind.Ringback, "uk"), new(ToneKind.Entry), new(ToneKind.HoldMusic)])
        {
            Enumerable.Range(0, 200).SelectMany(i => Play(name, i * 20, (i + 1) * 20)).Should().Equal(Play(name, 0, 4000));
        }
    }

    private static short[] Play(ToneName name, int from, int until)
    {
        var sum = new int[(until - from) * 8];
        ToneGenerator.Add(name, from * 8, sum, 1);
        return [.. sum.Select(s => (short)s)];
    }
}
