using TwilioEmu.Media.Prompts;

namespace TwilioEmu.Media.Tests.Prompts;

public sealed class SpeechPaceTests
{
    [Fact]
    public void Nothing_takes_no_time() => SpeechPace.DurationOf("  ").Should().Be(TimeSpan.Zero);

    [Fact]
    public void The_shortest_word_still_sounds() => SpeechPace.DurationOf("I").Should().Be(SpeechPace.Shortest);

    [Fact]
    public void A_minute_of_words_takes_about_a_minute()
    {
        var words = string.Join(' ', Enumerable.Repeat("hello", 165));
        SpeechPace.DurationOf(words).TotalSeconds.Should().BeApproximately(60, 3);
    }

    [Fact]
    public void Digits_take_longer_than_letters() =>
        SpeechPace.DurationOf("12345").Should().BeGreaterThan(SpeechPace.DurationOf("abcde"));

    [Fact]
    public void Runs_of_white_space_count_once() =>
        SpeechPace.DurationOf("one\n      two").Should().Be(SpeechPace.DurationOf("one two"));

    [Fact]
    public void Words_unfold_in_proportion_to_their_length() =>
        SpeechPace.Unfold("press one for sales", TimeSpan.FromSeconds(1)).Select(w => (w.Word, w.SpokenAt.TotalMilliseconds))
            .Should().Equal(("press", 300), ("one", 500), ("for", 700), ("sales", 1000));

    [Theory]
    [InlineData("您好", 660)]
    [InlineData("こんにちは", 650)]
    [InlineData("キャッシュ", 390)]
    [InlineData("감사합니다", 950)]
    [InlineData("$5", 750)]
    [InlineData("20%", 1100)]
    [InlineData("the IVR", 1148)]
    [InlineData("the PIN", 434)]
    [InlineData("HELLO USA", 558)]
    [InlineData("Dr. No", 558)]
    [InlineData("Dr.", 372)]
    [InlineData("hello, you", 758)]
    [InlineData("是。是", 1060)]
    [InlineData("e\u0301e\u0301e\u0301e\u0301e\u0301", 310)]
    public void Each_script_has_its_pace(string text, int milliseconds) =>
        SpeechPace.DurationOf(text).TotalMilliseconds.Should().Be(milliseconds);
}
