using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Voice.Verbs.Gathering;

namespace TwilioEmu.Voice.Tests.Verbs.Gathering;

public sealed class CollectorTests
{
    private static readonly DateTimeOffset Start = WorldOptions.StoryStart;

    [Fact]
    public void The_timer_starts_when_the_prompt_has_ended()
    {
        var collector = new Collector(new Gather());
        collector.Deadline.Should().BeNull();
        collector.PromptEnded(At(3));
        collector.Deadline.Should().Be(At(8));
    }

    [Fact]
    public void The_first_key_stops_the_prompt_and_starts_the_timer()
    {
        var collector = new Collector(new Gather());
        collector.Key('4', At(1));
        (collector.IsPrompting, collector.Deadline).Should().Be((false, At(6)));
    }

    [Fact]
    public void Each_key_starts_the_timer_again()
    {
        var collector = new Collector(new Gather { Timeout = TimeSpan.FromSeconds(2) });
        Keys(collector, (1, '4'), (2, '2'));
        collector.TimeUp(At(3));
        collector.Result.Should().BeNull();
        collector.TimeUp(At(4));
        collector.Result.Should().Be(new Gathered("42", "", null, "timeout"));
    }

    [Theory]
    [InlineData('#', "42#", "42", "#", "finish-key")]
    [InlineData('*', "4#*", "4#", "*", "finish-key")]
    [InlineData('5', "425", "42", "5", "finish-key")]
    [InlineData('#', "#", "", "#", "finish-key")]
    public void The_finishing_key_is_not_among_the_digits(char finish, string keys, string digits, string key, string endedBy)
    {
        var collector = new Collector(new Gather { FinishOnKey = finish });
        foreach (var k in keys) collector.Key(k, At(1));
        collector.Result.Should().Be(new Gathered(digits, key, null, endedBy));
    }

    [Fact]
    public void Without_a_finishing_key_all_keys_are_data()
    {
        var collector = new Collector(new Gather { FinishOnKey = null });
        Keys(collector, (1, '4'), (2, '#'), (3, '*'));
        collector.TimeUp(At(8));
        collector.Result!.Digits.Should().Be("4#*");
    }

    [Fact]
    public void The_last_digit_submits_at_once()
    {
        var collector = new Collector(new Gather { NumDigits = 2 });
        Keys(collector, (1, '4'), (2, '2'), (3, '9'));
        collector.Result.Should().Be(new Gathered("42", "", null, "num-digits"));
    }

    [Fact]
    public void Words_end_after_a_silence()
    {
        var collector = Speech();
        var words = Spoken("sales please", 2);
        collector.SpeechBegan(words, At(1));
        collector.SpeechEnded(words, At(3));
        collector.Deadline.Should().Be(At(4));
        collector.TimeUp(At(4));
        collector.Result.Should().Be(new Gathered(null, "", "sales please", "speech-timeout"));
    }

    [Fact]
    public void Words_whose_beginning_was_seen_late_are_heard_to_their_end()
    {
        var collector = Speech();
        var words = Spoken("sales please", 2);
        collector.SpeechBegan(words, At(1.05));
        collector.SpeechEnded(words, At(3));
        collector.TimeUp(At(4));
        collector.Result!.Speech.Should().Be("sales please");
    }

    [Fact]
    public void Words_after_a_short_pause_belong_to_the_same_answer()
    {
        var collector = Speech();
        var (first, second) = (Spoken("sales", 1), Spoken("please", 1));
        collector.SpeechBegan(first, At(1));
        collector.SpeechEnded(first, At(2));
        collector.SpeechBegan(second, At(2.5));
        collector.TimeUp(At(3));
        collector.Result.Should().BeNull();
        collector.SpeechEnded(second, At(3.5));
        collector.TimeUp(At(4.5));
        collector.Result!.Speech.Should().Be("sales please");
    }

    [Fact]
    public void Auto_stops_at_the_first_pause()
    {
        var collector = new Collector(new Gather { TakesKeys = false, TakesSpeech = true, SpeechTimeout = null });
        var words = Spoken("sales", 1);
        collector.SpeechBegan(words, At(1));
        collector.SpeechEnded(words, At(2));
        collector.Deadline.Should().Be(At(2) + Collector.FirstPause);
    }

    [Fact]
    public void Speech_is_cut_after_a_minute()
    {
        var collector = Speech();
        collector.SpeechBegan(Spoken("one two three four", 120), At(0));
        collector.Deadline.Should().Be(At(60));
        collector.TimeUp(At(60));
        collector.Result.Should().Be(new Gathered(null, "", "one two", "max-speech-time"));
    }

    [Fact]
    public void The_input_heard_first_wins()
    {
        var both = new Gather { TakesSpeech = true };
        var keysFirst = new Collector(both);
        keysFirst.Key('1', At(1));
        keysFirst.SpeechBegan(Spoken("sales", 1), At(1.5));
        keysFirst.HearsSpeech.Should().BeFalse();

        var wordsFirst = new Collector(both);
        wordsFirst.SpeechBegan(Spoken("sales", 1), At(1));
        wordsFirst.Key('#', At(1.5));
        wordsFirst.Result.Should().BeNull("finishOnKey is ignored once words were heard");
    }

    [Fact]
    public void Without_barge_in_words_do_not_stop_the_prompt()
    {
        var collector = new Collector(new Gather { TakesSpeech = true, BargeIn = false });
        collector.SpeechBegan(Spoken("sales", 1), At(1));
        collector.IsPrompting.Should().BeTrue();
        collector.Key('1', At(2));
        collector.IsPrompting.Should().BeFalse("keys always do");
    }

    [Fact]
    public void Words_say_nothing_to_a_gather_of_keys_and_keys_nothing_to_one_of_words()
    {
        var keys = new Collector(new Gather());
        keys.SpeechBegan(Spoken("sales", 1), At(1));
        keys.IsPrompting.Should().BeTrue();
        var words = Speech();
        words.Key('1', At(1));
        words.IsPrompting.Should().BeTrue();
    }

    [Theory]
    [InlineData(true, "what the f***")]
    [InlineData(false, "what the fuck")]
    public void Swear_words_are_masked_unless_told_otherwise(bool filters, string heard)
    {
        var collector = new Collector(new Gather { TakesSpeech = true, FiltersProfanity = filters });
        var words = Spoken("what the fuck", 1);
        collector.SpeechBegan(words, At(0));
        collector.SpeechEnded(words, At(1));
        collector.TimeUp(At(30));
        collector.Result!.Speech.Should().Be(heard);
    }

    private static Collector Speech() => new(new Gather { TakesKeys = false, TakesSpeech = true, SpeechTimeout = TimeSpan.FromSeconds(1) });

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private static Utterance Spoken(string words, double seconds) => new(UtteranceKind.Speech, words, TimeSpan.FromSeconds(seconds));

    private static void Keys(Collector collector, params (double At, char Key)[] keys)
    {
        foreach (var (at, key) in keys) collector.Key(key, At(at));
    }
}
