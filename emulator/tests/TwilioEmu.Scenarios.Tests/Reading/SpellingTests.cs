using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Tests.Reading;

public sealed class SpellingTests
{
    [Theory]
    [InlineData(40, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    [InlineData(4_000_000, false)]
    public void A_word_is_held_against_others_up_to_a_hundred_letters(int length, bool isHeld)
    {
        var word = new string('a', length);
        Spelling.Nearest(word, Enumerable.Repeat($"{word}b", 1)).Should().Be(isHeld ? $"{word}b" : null);
    }
}
