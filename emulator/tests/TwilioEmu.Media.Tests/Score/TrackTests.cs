using TwilioEmu.Media.Score;
using static TwilioEmu.Media.Tests.Testing.Scores;

namespace TwilioEmu.Media.Tests.Score;

public sealed class TrackTests
{
    [Fact]
    public void Nothing_is_put_before_the_last_cue()
    {
        var track = Track().Hush(1000);
        track.Invoking(t => t.Hush(999)).Should().Throw<ArgumentException>();
        track.Count.Should().Be(1);
    }

    [Fact]
    public void Cues_at_one_instant_keep_their_order()
    {
        var track = Track().Say(0, "one").Say(0, "two");
        track.HeadOf(0, track.CountAt(At(0))).Should().Be(1);
        track.Former(1).Should().Be(0);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(5000, 3)]
    public void The_cues_in_force_are_found_by_instant(double at, int count) =>
        Track().Hush(0).Hush(100, lane: 1).Hush(200).CountAt(At(at)).Should().Be(count);

    [Fact]
    public void A_lane_obeys_its_own_last_cue()
    {
        var track = Track().Hush(0, 3).Hush(10, 1).Hush(20, 3).Hush(30, 0);
        Enumerable.Range(0, 4).Select(lane => track.HeadOf(lane, 4)).Should().Equal(3, 1, -1, 2);
        track.HeadOf(3, 2).Should().Be(0);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(8)]
    public void A_lane_that_is_none_is_refused(int lane) =>
        Track().Invoking(t => t.Hush(0, lane)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void Reading_the_past_is_a_function_of_a_prefix()
    {
        // Whatever is put later, the heads at an earlier count stay what they were.
        var random = new Random(7);
        var track = Track();
        var known = new List<(int Count, int[] Heads)>();
        var at = 0;
        for (var i = 0; i < 500; i++)
        {
            track.Hush(at += random.Next(0, 3), random.Next(Media.Score.Track.LaneCount));
            known.Add((track.Count, Heads(track, track.Count)));
        }
        known.Should().AllSatisfy(k => Heads(track, k.Count).Should().Equal(k.Heads));

        static int[] Heads(Track track, int count) =>
            [.. Enumerable.Range(0, Media.Score.Track.LaneCount).Select(l => track.HeadOf(l, count))];
    }

    [Fact]
    public async Task A_reader_on_another_thread_never_sees_a_torn_list()
    {
        const int CueCount = 200_000;
        var track = Track();
        var torn = 0;
        var seen = 0;
        var reader = new Thread(() =>
        {
            while (seen < CueCount)
            {
                seen = track.Count;
                for (var i = Math.Max(0, seen - 50); i < seen; i++)
                {
                    // Each cue carries its own index twice, in fields that are written apart.
                    var cue = track[i];
                    if (cue.From.Ticks != i || cue.At != At(i) || cue.Decibels != i || cue.Source is null) torn++;
                    if (track.HeadOf(i % Media.Score.Track.LaneCount, i + 1) != i) torn++;
                }
            }
        });
        reader.Start();
        var source = new Source.Silence();
        for (var i = 0; i < CueCount; i++) track.Put(new Cue(At(i), i % Media.Score.Track.LaneCount, source, TimeSpan.FromTicks(i), i));
        await Task.Run(reader.Join);
        torn.Should().Be(0);
        seen.Should().Be(CueCount);
    }
}
