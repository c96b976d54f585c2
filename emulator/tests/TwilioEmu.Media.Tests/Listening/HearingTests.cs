using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;
using static TwilioEmu.Media.Tests.Testing.Scores;

namespace TwilioEmu.Media.Tests.Listening;

public sealed class HearingTests
{
    [Fact]
    public void Words_come_one_by_one_and_then_the_end()
    {
        var track = Track().Say(100, "press one for sales", paceMilliseconds: 1000);
        Tell(track, 0, 5000).Should().Equal("100 began", "400 press", "600 one", "800 for", "1100 sales", "1100 ended 1000");
    }

    [Fact]
    public void Who_joins_in_mid_word_hears_that_word_and_what_follows()
    {
        var track = Track().Say(0, "press one for sales", paceMilliseconds: 1000);
        var heard = Hearing.Between(track, At(200), At(2000));
        heard[0].Should().BeOfType<Perceived.Began>().Which.From.Should().Be(TimeSpan.FromMilliseconds(200));
        Words(heard).Should().Be("press one for sales", "the first word is spoken only at 300 ms");
        Words(Hearing.Between(track, At(300), At(2000))).Should().Be("one for sales");
        heard[^1].Should().BeOfType<Perceived.Ended>().Which.HeardFor.Should().Be(TimeSpan.FromMilliseconds(800));
    }

    [Fact]
    public void Barge_in_cuts_the_words_that_were_not_spoken()
    {
        var track = Track().Say(0, "press one for sales", paceMilliseconds: 1000).Hush(500);
        var heard = Hearing.Between(track, At(0), At(5000));
        Words(heard).Should().Be("press one");
        heard[^1].Should().BeOfType<Perceived.Ended>().Which.HeardFor.Should().Be(TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public void A_bridge_is_heard_through()
    {
        var speaker = Track("a").Say(0, "good morning to all", paceMilliseconds: 2000);
        var ear = Track("b").Follow(1000, speaker, lane: 2);
        var heard = Hearing.Between(ear, At(0), At(5000));
        heard[0].Should().BeOfType<Perceived.Began>().Which
            .Should().Match<Perceived.Began>(b => b.At == At(1000) && b.Lane == 2 && b.From == TimeSpan.FromSeconds(1));
        Words(heard).Should().Be("morning to all", "the first word was over at half a second");
    }

    [Fact]
    public void In_a_conference_each_hears_the_others_by_name_and_not_itself()
    {
        var (anna, ben, ear) = (Track("a").Say(0, "hello"), Track("b").Say(0, "ahoy"), Track("ear"));
        var mix = new Mix(new MixId("m"));
        mix.Set(At(0), [new MixVoice(new PartyId("anna"), anna), new MixVoice(new PartyId("ben"), ben)]);
        ear.Put(new Cue(At(0), 1, new Source.Mixed(mix, new PartyId("ben"))));
        var heard = Hearing.Between(ear, At(0), At(5000));
        heard.Should().OnlyContain(p => p.By == new PartyId("anna"));
        Words(heard).Should().Be("hello");
    }

    [Fact]
    public void Who_is_muted_ends_and_begins_again_in_the_midst()
    {
        var (anna, ear) = (Track("a").Say(0, "one two three four", paceMilliseconds: 4000), Track("ear"));
        var mix = new Mix(new MixId("m"));
        mix.Set(At(0), [new MixVoice(new PartyId("anna"), anna)]);
        mix.Set(At(1000), []);
        mix.Set(At(3000), [new MixVoice(new PartyId("anna"), anna)]);
        ear.Put(new Cue(At(0), 1, new Source.Mixed(mix, null)));
        var heard = Hearing.Between(ear, At(0), At(9000));
        Words(heard).Should().Be("one four");
        heard.OfType<Perceived.Began>().Select(b => b.From.TotalMilliseconds).Should().Equal(0, 3000);
    }

    [Fact]
    public void A_circle_of_tracks_ends_and_each_thing_is_heard_once()
    {
        var (a, b) = (Track("a"), Track("b"));
        a.Follow(0, b, lane: 1);
        b.Follow(0, a, lane: 1);
        a.Say(0, "hello", lane: 0);
        Hearing.Between(b, At(0), At(3000)).OfType<Perceived.Began>().Should().ContainSingle();
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void What_lies_more_than_eight_tracks_off_is_not_heard(int hops, bool isHeard)
    {
        var track = Track("far").Say(0, "hello");
        for (var i = 0; i < hops; i++) track = Track($"{i}").Follow(0, track);
        Hearing.Between(track, At(0), At(3000)).Any().Should().Be(isHeard);
    }

    [Fact]
    public void Tones_and_files_begin_and_end()
    {
        var track = Track().Play(0, ToneKind.Beep, 400).Play(1000, ToneKind.Ringback);
        Hearing.Between(track, At(0), At(9000)).Select(p => p.GetType().Name).Should().Equal("Began", "Ended", "Began");
    }

    [Fact]
    public void Live_speech_is_heard_while_it_lasts_and_gets_words_from_a_recogniser()
    {
        var input = new LiveInput(null);
        var track = Track();
        track.Put(new Cue(At(0), 0, new Source.Live(input)));
        input.Speech.Began(At(500), TimeSpan.FromMilliseconds(60));
        input.Speech.Recognised(At(700), "good mourning", isFinal: false);
        input.Speech.Recognised(At(900), "good morning", isFinal: true);
        input.Speech.Ended(At(1500));
        var heard = Hearing.Between(track, At(0), At(2000));
        heard.Select(p => p.GetType().Name).Should().Equal("Began", "Caption", "Caption", "Ended");
        heard.Select(p => p.Number).Should().OnlyContain(n => n == 1);
        Hearing.Between(track, At(1000), At(2000)).Select(p => p.GetType().Name)
            .Should().Equal(["Began", "Ended"], "who joins in the midst hears that it sounds");
        Hearing.Between(track, At(1600), At(2000)).Should().BeEmpty();
    }

    [Fact]
    public void Hearing_in_steps_is_hearing_at_once()
    {
        var random = new Random(11);
        for (var round = 0; round < 50; round++)
        {
            var (a, b) = (Track("a"), Track("b"));
            a.Follow(0, b, lane: 1);
            var at = 0;
            for (var i = 0; i < 20; i++)
            {
                at += random.Next(0, 700);
                var track = random.Next(2) == 0 ? a : b;
                if (random.Next(3) == 0) track.Hush(at);
                else track.Say(at, "one two three", paceMilliseconds: random.Next(300, 1500));
            }
            var stepped = new List<Perceived>();
            var hearing = new Hearing(a, At(0));
            for (var now = 0; now < at + 3000; now += random.Next(1, 400)) hearing.Advance(At(now), stepped.Add);
            hearing.Advance(At(at + 3000), stepped.Add);
            stepped.Should().Equal(Hearing.Between(a, At(0), At(at + 3000)));
            stepped.Should().BeInAscendingOrder(p => p.At);
        }
    }

    private static string Words(IEnumerable<Perceived> heard) => string.Join(' ', heard.OfType<Perceived.Caption>().Select(c => c.Words));

    private static IEnumerable<string> Tell(Track track, double from, double until) =>
        Hearing.Between(track, At(from), At(until)).Select(p => p switch
    {
        Perceived.Caption c => $"{(c.At - At(0)).TotalMilliseconds} {c.Words}",
        Perceived.Ended e => $"{(e.At - At(0)).TotalMilliseconds} ended {e.HeardFor.TotalMilliseconds}",
        _ => $"{(p.At - At(0)).TotalMilliseconds} began",
    });
}
