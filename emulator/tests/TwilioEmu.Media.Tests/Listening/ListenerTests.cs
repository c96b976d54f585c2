using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tests.Testing;
using static TwilioEmu.Media.Tests.Testing.Scores;

namespace TwilioEmu.Media.Tests.Listening;

public sealed class ListenerTests
{
    private readonly ManualClock _clock = new();
    private readonly List<Perceived> _heard = [];

    [Fact]
    public void A_word_is_told_at_the_instant_it_has_been_spoken()
    {
        using var listener = Listen(Track().Say(0, "press one for sales", paceMilliseconds: 1000));
        _clock.Advance(299);
        _heard.OfType<Perceived.Caption>().Should().BeEmpty();
        _clock.Advance(1);
        _heard.OfType<Perceived.Caption>().Should().ContainSingle();
    }

    [Fact]
    public void What_is_put_later_is_heard_though_no_timer_was_running()
    {
        var (far, near) = (Track("far"), Track("near"));
        near.Follow(0, far);
        using var listener = Listen(near);
        _clock.Advance(1000);
        _clock.TimerCount.Should().Be(0);
        far.Say(1000, "hello");
        _heard.Should().BeEmpty("news comes in a later turn, not within the put");
        _clock.Advance(0);
        _heard.Should().ContainSingle();
    }

    [Fact]
    public void Barge_in_from_within_the_news_is_obeyed()
    {
        var track = Track().Say(0, "one two three four", paceMilliseconds: 4000);
        using var listener = new Listener(track, _clock, p =>
        {
            _heard.Add(p);
            if (p is Perceived.Caption { Words: "two" }) track.Put(new Cue(_clock.GetUtcNow(), 0, new Source.Silence()));
        });
        _clock.Advance(9000);
        _heard.OfType<Perceived.Caption>().Select(c => c.Words).Should().Equal("one", "two");
        _heard[^1].Should().BeOfType<Perceived.Ended>();
    }

    [Fact]
    public void Nobody_is_told_and_no_timer_runs_after_the_end()
    {
        var track = Track().Say(0, "hello there", paceMilliseconds: 1000);
        Listen(track).Dispose();
        track.Say(0, "again");
        _clock.Advance(9000);
        _heard.Should().BeEmpty();
        _clock.TimerCount.Should().Be(0);
    }

    [Fact]
    public void Who_wants_no_words_hears_beginnings_and_ends_and_needs_one_timer_for_them()
    {
        using var listener = Listen(Track().Say(0, "one two three four", paceMilliseconds: 4000));
        listener.WantsWords = false;
        _clock.Advance(2000);
        _heard.Should().ContainSingle().Which.Should().BeOfType<Perceived.Began>();
        listener.WantsWords = true;
        _clock.Advance(9000);
        _heard.OfType<Perceived.Caption>().Select(c => c.Words).Should().Equal("three", "four");
        _heard[^1].Should().BeOfType<Perceived.Ended>();
    }

    [Fact]
    public void Keys_are_told_at_the_instant_their_tones_begin_whether_words_are_wanted_or_not()
    {
        var track = Track();
        using var listener = Listen(track);
        listener.WantsWords = false;
        track.Put(new Cue(At(0), 2, new Source.Keys("1w2", TimeSpan.FromMilliseconds(900))));
        _clock.Advance(9000);
        _heard.OfType<Perceived.Key>().Select(k => (k.Digit, k.At)).Should().Equal(('1', At(0)), ('2', At(700)));
    }

    [Fact]
    public void Who_joins_later_is_not_told_of_keys_pressed_before()
    {
        var track = Track();
        track.Put(new Cue(At(0), 2, new Source.Keys("12", TimeSpan.FromMilliseconds(400))));
        _clock.Advance(100);
        using var listener = Listen(track);
        _clock.Advance(9000);
        _heard.OfType<Perceived.Key>().Select(k => k.Digit).Should().Equal('2');
    }

    [Fact]
    public void Words_whose_beginning_was_seen_late_are_heard_to_their_end()
    {
        var turns = new Queue<Action>();
        var track = Track();
        using var listener = new Listener(track, _clock, _heard.Add, turns.Enqueue);
        turns.Dequeue()();
        track.Say(0, "sales please", paceMilliseconds: 2000);
        _clock.Advance(50);
        turns.Dequeue()();
        _clock.Advance(5000);
        _heard.OfType<Perceived.Caption>().Select(c => c.Words).Should().Equal("sales", "please");
        _heard[^1].At.Should().Be(At(2000));
    }

    [Fact]
    public void Who_is_at_ease_needs_no_timer_and_is_told_the_same_when_somebody_asks()
    {
        var (far, near) = (Track("far"), Track("near"));
        near.Follow(0, far);
        using var listener = Listen(near);
        listener.WantsWords = false;
        _clock.Advance(0);
        listener.IsAtEase = true;
        far.Say(0, "one two", paceMilliseconds: 1000).Say(2000, "three", paceMilliseconds: 500);
        _clock.Advance(3000);
        _heard.Should().BeEmpty();
        _clock.TimerCount.Should().Be(0);
        listener.CatchUp();
        _heard.Select(p => (p.GetType().Name, p.At)).Should()
            .Equal(("Began", At(0)), ("Ended", At(1000)), ("Began", At(2000)), ("Ended", At(2500)));
    }

    [Fact]
    public void Who_pays_attention_again_is_told_at_once_what_was_before_and_in_time_what_comes()
    {
        var track = Track().Say(0, "one", paceMilliseconds: 500);
        using var listener = Listen(track);
        listener.IsAtEase = true;
        track.Say(1000, "two", paceMilliseconds: 500);
        _clock.Advance(1000);
        listener.IsAtEase = false;
        _heard.OfType<Perceived.Began>().Select(p => p.At).Should().Equal([At(0)], "this instant has its own turn");
        _clock.Advance(100);
        _heard.OfType<Perceived.Began>().Select(p => p.At).Should().Equal(At(0), At(1000));
        _clock.Advance(400);
        _heard[^1].Should().BeOfType<Perceived.Ended>().Which.At.Should().Be(At(1500));
    }

    [Fact]
    public void What_matters_is_told_in_time_to_who_is_at_ease()
    {
        var track = Track();
        using var listener = new Listener(track, _clock, _heard.Add)
        {
            Matters = put => put is Source.Words { Text: "fire" },
            IsAtEase = true,
        };
        _clock.Advance(0);
        track.Say(0, "lovely weather");
        _clock.Advance(3000);
        _heard.Should().BeEmpty();
        track.Say(3000, "fire");
        _clock.Advance(0);
        _heard.OfType<Perceived.Began>().Select(p => p.At).Should().Equal(At(0), At(3000));
    }

    [Fact]
    public void Who_joins_and_leaves_a_conference_is_noticed_at_ease()
    {
        var (anna, ear) = (Track("a"), Track("ear"));
        var mix = new Mix(new MixId("m"));
        ear.Put(new Cue(At(0), 1, new Source.Mixed(mix, null)));
        using var listener = Listen(ear);
        listener.IsAtEase = true;
        _clock.Advance(0);
        mix.Set(At(0), [new MixVoice(new PartyId("anna"), anna)]);
        _clock.Advance(1000);
        anna.Say(1000, "hello", paceMilliseconds: 1000);
        _clock.Advance(500);
        mix.Set(At(1500), []);
        anna.Say(4000, "nobody hears this");
        _clock.Advance(5000);
        listener.CatchUp();
        _heard.OfType<Perceived.Began>().Select(p => p.At).Should().Equal(At(1000));
        _heard[^1].Should().BeOfType<Perceived.Ended>().Which.HeardFor.Should().Be(TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public void Much_that_was_left_is_told_in_turns_that_stay_short()
    {
        var track = Track();
        using var listener = Listen(track);
        listener.IsAtEase = true;
        for (var i = 0; i < 1000; i++)
        {
            track.Say(i * 1000, "hello", paceMilliseconds: 500);
            _clock.Advance(1000);
        }
        _heard.OfType<Perceived.Began>().Should().HaveCountGreaterThan(700);
        listener.CatchUp();
        _heard.OfType<Perceived.Began>().Should().HaveCount(1000);
    }

    private Listener Listen(Track track) => new(track, _clock, _heard.Add);
}
