using TwilioEmu.Media.Dtmf;

namespace TwilioEmu.Media.Tests.Dtmf;

public sealed class DialStringTests
{
    [Theory]
    [InlineData("1234#*ABCD", true)]
    [InlineData("ww12W", true)]
    [InlineData("", true)]
    [InlineData("12,3", false)]
    [InlineData("12 3", false)]
    [InlineData("abcd", false)]
    public void Only_keys_and_pauses_are_valid(string text, bool isValid) => DialString.IsValid(text).Should().Be(isValid);

    [Fact]
    public void A_small_w_waits_half_a_second_and_a_large_one_a_whole()
    {
        DialString.Read("1wW#").Select(s => (s.Key, s.Duration.TotalMilliseconds))
            .Should().Equal(('1', 200), (null, 500), (null, 1000), ('#', 200));
        DialString.DurationOf("1wW#").Should().Be(TimeSpan.FromMilliseconds(1900));
    }
}
