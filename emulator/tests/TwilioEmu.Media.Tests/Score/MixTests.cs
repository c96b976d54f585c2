using TwilioEmu.Media.Score;
using static TwilioEmu.Media.Tests.Testing.Scores;

namespace TwilioEmu.Media.Tests.Score;

public sealed class MixTests
{
    private static readonly PartyId Anna = new("anna");
    private static readonly PartyId Ben = new("ben");

    [Fact]
    public void Who_is_heard_is_a_step_function_of_time()
    {
        var mix = new Mix(new MixId("m"));
        mix.Set(At(100), [new MixVoice(Anna, Track())]);
        mix.Set(At(200), [new MixVoice(Anna, Track()), new MixVoice(Ben, Track())]);
        mix.Set(At(200), [new MixVoice(Ben, Track())]);
        mix.At(At(99)).Should().BeEmpty();
        mix.At(At(150)).Select(v => v.Who).Should().Equal(Anna);
        mix.At(At(200)).Select(v => v.Who).Should().Equal([Ben], "the last of several steps at one instant stands");
        mix.NextAfter(At(100)).Should().Be(At(200));
        mix.NextAfter(At(200)).Should().BeNull();
    }

    [Theory]
    [InlineData("anna", null, "anna", false)]
    [InlineData("anna", null, "ben", true)]
    [InlineData("anna", null, null, true)]
    [InlineData("coach", "ben", "ben", true)]
    [InlineData("coach", "ben", "anna", false)]
    [InlineData("coach", "ben", null, false)]
    public void A_voice_is_heard_by_all_others_or_by_the_one_it_is_for(string who, string? onlyFor, string? listener, bool isHeard)
    {
        var voice = new MixVoice(new PartyId(who), Track(), 0, onlyFor is null ? null : new PartyId(onlyFor));
        voice.IsHeardBy(listener is null ? null : new PartyId(listener)).Should().Be(isHeard);
    }
}
