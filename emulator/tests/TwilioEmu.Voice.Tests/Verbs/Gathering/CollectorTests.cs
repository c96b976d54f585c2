using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Score;
using TwilioEmu.Voice.Verbs.Gathering;

namespace TwilioEmu.Voice.Tests.Verbs.Gathering;

public sealed class CollectorTests
{
    private static readonly DateTimeOffset Start = WorldOptions.StoryStart;
    private readonly Dictionary<Source.Words, (int Number, DateTimeOffset At)> _said = new(ReferenceEqualityComparer.Instance);

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
        Press(collector, '4', At(1));
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
        foreach (var k in keys) Press(collector, k, At(1));
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
        Began(collector, words, At(1));
        Ended(collector, words, At(3));
        collector.Deadline.Should().Be(At(4));
        collector.TimeUp(At(4));
        collector.Result.Should().Be(new Gathered(null, "", "sales please", "speech-timeout"));
    }

    [Fact]
    public void Words_after_a_short_pause_belong_to_the_same_answer()
    {
        var collector = Speech();
        var (first, second) = (Spoken("sales", 1), Spoken("please", 1));
        Began(collector, first, At(1));
        Ended(collector, first, At(2));
        Began(collector, second, At(2.5));
        collector.TimeUp(At(3));
        collector.Result.Should().BeNull();
        Ended(collector, second, At(3.5));
        collector.TimeUp(At(4.5));
        collector.Result!.Speech.Should().Be("sales please");
    }

    [Fact]
    public void Auto_stops_at_the_first_pause()
    {
        var collector = new Collector(new Gather { TakesKeys = false, TakesSpeech = true, SpeechTimeout = null });
        var words = Spoken("sales", 1);
        Began(collector, words, At(1));
        Ended(collector, words, At(2));
        collector.Deadline.Should().Be(At(2) + Collector.FirstPause);
    }

    [Fact]
    public void Speech_is_cut_after_a_minute()
    {
        var collector = Speech();
        var words = Spoken("one two three four", 120);
        Began(collector, words, At(0));
        collector.Deadline.Should().Be(At(60));
        Unfold(collector, words, At(60));
        collector.TimeUp(At(60));
        collector.Result.Should().Be(new Gathered(null, "", "one two", "max-speech-time"));
    }

    [Fact]
    public void The_input_heard_first_wins()
    {
        var both = new Gather { TakesSpeech = true };
        var keysFirst = new Collector(both);
        Press(keysFirst, '1', At(1));
        Began(keysFirst, Spoken("sales", 1), At(1.5));
        keysFirst.HearsSpeech.Should().BeFalse();

        var wordsFirst = new Collector(both);
        Began(wordsFirst, Spoken("sales", 1), At(1));
        Press(wordsFirst, '#', At(1.5));
        wordsFirst.Result.Should().BeNull("finishOnKey is ignored once words were heard");
    }

    [Fact]
    public void A_recognisers_guess_is_replaced_by_what_follows()
    {
        var collector = Speech();
        collector.Take(new Perceived.Began(At(0), null, 1, Lanes.Main, new Source.Live(new LiveInput(null)), TimeSpan.Zero));
        collector.Take(new Perceived.Caption(At(1), null, 1, Lanes.Main, "sails", IsFinal: false));
        collector.WordsSoFar.Should().Be("sails");
        collector.Take(new Perceived.Caption(At(2), null, 1, Lanes.Main, "sales please", IsFinal: true));
        collector.Take(new Perceived.Ended(At(2), null, 1, Lanes.Main, TimeSpan.FromSeconds(2)));
        collector.TimeUp(At(3));
        collector.Result.Should().Be(new Gathered(null, "", "sales please", "speech-timeout"));
    }

    [Fact]
    public void Without_barge_in_words_do_not_stop_the_prompt()
    {
        var collector = new Collector(new Gather { TakesSpeech = true, BargeIn = false });
        Began(collector, Spoken("sales", 1), At(1));
        collector.IsPrompting.Should().BeTrue();
        Press(collector, '1', At(2));
        collector.IsPrompting.Should().BeFalse("keys always do");
    }

    [Fact]
    public void Words_say_nothing_to_a_gather_of_keys_and_keys_nothing_to_one_of_words()
    {
        var keys = new Collector(new Gather());
        Began(keys, Spoken("sales", 1), At(1));
        keys.IsPrompting.Should().BeTrue();
        var words = Speech();
        Press(words, '1', At(1));
        words.IsPrompting.Should().BeTrue();
    }

    [Theory]
    [InlineData(true, "what the f***")]
    [InlineData(false, "what the fuck")]
    public void Swear_words_are_masked_unless_told_otherwise(bool filters, string heard)
    {
        var collector = new Collector(new Gather { TakesSpeech = true, FiltersProfanity = filters });
        var words = Spoken("what the fuck", 1);
        Began(collector, words, At(0));
        Ended(collector, words, At(1));
        collector.TimeUp(At(30));
        collector.Result!.Speech.Should().Be(heard);
    }

    private static Collector Speech() => new(new Gather { TakesKeys = false, TakesSpeech = true, SpeechTimeout = TimeSpan.FromSeconds(1) });

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private static Source.Words Spoken(string words, double seconds) => new(words, "", TimeSpan.FromSeconds(seconds));

    private static void Press(Collector collector, char key, DateTimeOffset at) =>
        collector.Take(new Perceived.Key(at, null, 0, Lanes.Keys, key));

    private void Began(Collector collector, Source.Words words, DateTimeOffset at)
    {
        _said[words] = (_said.Count + 1, at);
        collector.Take(new Perceived.Began(at, null, _said[words].Number, Lanes.Main, words, TimeSpan.Zero));
    }

    private void Unfold(Collector collector, Source.Words words, DateTimeOffset until)
    {
        var (number, began) = _said[words];
        foreach (var (word, spokenAt) in SpeechPace.Unfold(words.Text, words.Pace).TakeWhile(w => began + w.SpokenAt <= until))
        {
            collector.Take(new Perceived.Caption(began + spokenAt, null, number, Lanes.Main, word, IsFinal: true));
        }
    }

    private void Ended(Collector collector, Source.Words words, DateTimeOffset at)
    {
        Unfold(collector, words, at);
        collector.Take(new Perceived.Ended(at, null, _said[words].Number, Lanes.Main, at - _said[words].At));
    }

    private static void Keys(Collector collector, params (double At, char Key)[] keys)
    {
        foreach (var (at, key) in keys) Press(collector, key, At(at));
    }
}
