using System.Collections.Immutable;
using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Score;
using static TwilioEmu.Media.Tests.Testing.Scores;

namespace TwilioEmu.Media.Tests.Listening;

public sealed class SurroundingsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Going_on_from_instant_to_instant_finds_what_a_first_look_finds(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var members = Enumerable.Range(0, 4).Select(i => Track($"{i}")).ToArray();
            var (ear, mix, live) = (Track("ear"), new Mix(new MixId("m")), new LiveInput(null));
            var going = new Surroundings();
            var at = 0;
            for (var step = 0; step < 60; step++)
            {
                at += random.Next(3) == 0 ? 0 : random.Next(1, 400);
                var any = random.Next(5) == 0 ? ear : members[random.Next(members.Length)];
                switch (random.Next(12))
                {
                    case 0:
                        mix.Set(At(at),
                            [.. members.Where(_ => random.Next(3) > 0).Select(m => new MixVoice(new PartyId(m.Id.ToString()), m))]);
                        break;
                    case 1: ear.Put(new Cue(At(at), random.Next(2), new Source.Mixed(mix, new PartyId(members[0].Id.ToString())))); break;
                    case 2: any.Follow(at, members[random.Next(members.Length)], lane: 2); break;
                    case 3: any.Hush(at, lane: random.Next(3)); break;
                    case 4: any.Put(new Cue(At(at), 1, new Source.Live(live))); break;
                    case 5: live.Speech.Began(At(at), TimeSpan.Zero); break;
                    case 6: live.Speech.Ended(At(at)); break;
                    // Nothing: time alone goes on.
                    case 7 or 8: break;
                    default: any.Say(at, "one two three", lane: random.Next(3), paceMilliseconds: random.Next(300, 1500)); break;
                }
                going.Survey(ear, At(at));
                var first = new Surroundings();
                first.Survey(ear, At(at));
                Tell(going).Should().Equal(Tell(first));
                going.Next.Should().Be(first.Next);
                going.Reached.SetEquals(first.Reached).Should().BeTrue();
            }
        }
    }

    [Fact]
    public void A_voice_that_speaks_in_a_conference_costs_no_look_at_the_others()
    {
        var members = Enumerable.Range(0, 10).Select(i => Track($"{i}")).ToArray();
        var (ear, mix) = (Track("ear"), new Mix(new MixId("m")));
        mix.Set(At(0), [.. members.Select(m => new MixVoice(new PartyId(m.Id.ToString()), m))]);
        ear.Put(new Cue(At(0), 1, new Source.Mixed(mix, null)));
        var surroundings = new Surroundings();
        surroundings.Survey(ear, At(0));
        for (var i = 1; i <= 100; i++)
        {
            members[i % 10].Say(i * 1000, "hello", paceMilliseconds: 500);
            surroundings.Survey(ear, At(i * 1000));
            Tell(surroundings).Should().ContainSingle();
            surroundings.Survey(ear, At((i * 1000) + 500));
            Tell(surroundings).Should().BeEmpty();
        }
        surroundings.WalkCount.Should().Be(1);
    }

    private static ImmutableArray<((Track, int), Surroundings.Sound)> Tell(Surroundings surroundings) =>
        [.. surroundings.Places.SelectMany(p => p.Sounds)];
}
