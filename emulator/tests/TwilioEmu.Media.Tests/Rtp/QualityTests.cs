using TwilioEmu.Media.Rtp;
using TwilioEmu.Media.Rtp.Packets;

namespace TwilioEmu.Media.Tests.Rtp;

public sealed class QualityTests
{
    // ITU-T G.107: R = 93.2 is a mean opinion score of 4.41; the others are its formulas by hand.
    [Theory]
    [InlineData(0, 0, 4.41)]
    [InlineData(0.05, 100, 3.82)]
    [InlineData(0.2, 100, 2.51)]
    [InlineData(0, 400, 3.05)]
    [InlineData(1, 100, 1.12)]
    public void A_call_is_scored_by_loss_and_delay(double loss, int delay, double mos) =>
        CallQuality.MosOf(loss, TimeSpan.FromMilliseconds(delay)).Should().BeApproximately(mos, 0.02);

    [Fact]
    public void More_loss_is_never_better()
    {
        var scores = Enumerable.Range(0, 101).Select(p => CallQuality.MosOf(p / 100.0, TimeSpan.FromMilliseconds(100)));
        scores.Should().BeInDescendingOrder().And.OnlyContain(s => s >= 1 && s <= 4.5);
    }

    [Fact]
    public void Loss_is_counted_around_the_end_of_sequence_numbers()
    {
        var statistics = new StreamStatistics();
        foreach (var i in Enumerable.Range(65500, 100).Where(i => i % 10 != 5)) Receive(statistics, i, i * 160);
        statistics.LostCount.Should().Be(10);
        statistics.ExtendedHighest.Should().Be(65599);
        statistics.LossRatio.Should().Be(0.1);
        statistics.Report(1, 0, 0).FractionLost.Should().Be(25);
        statistics.Report(1, 0, 0).FractionLost.Should().Be(0, "it counts since the last report");
    }

    [Fact]
    public void Packets_that_come_twice_hide_no_loss()
    {
        var statistics = new StreamStatistics();
        foreach (var i in Enumerable.Range(0, 100).Where(i => i % 10 != 5))
        {
            Receive(statistics, i, i * 160);
            if (i % 2 == 0) Receive(statistics, i, i * 160);
        }
        (statistics.MissingCount, statistics.DuplicateCount, statistics.LossRatio).Should().Be((10, 50, 0.1));
        statistics.LostCount.Should().Be(-40, "a report counts expected less received (RFC 3550 A.3)");
    }

    [Fact]
    public void Packets_from_before_the_first_that_came_are_of_the_stream()
    {
        var statistics = new StreamStatistics();
        foreach (var i in new[] { 65538, 65536, 65535, 65537, 65539 }) Receive(statistics, i, i * 160);
        (statistics.MissingCount, statistics.LostCount, statistics.DuplicateCount).Should().Be((0, 0, 0));
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(60_000)]
    [InlineData(65_535)]
    [InlineData(0)]
    public void A_sender_that_begins_anew_under_its_old_source_has_lost_nothing(int again)
    {
        var statistics = new StreamStatistics();
        foreach (var i in Enumerable.Range(30_000, 100).Where(i => i != 30_050)) Receive(statistics, i, i * 160);
        for (var i = 0; i < 100; i++) Receive(statistics, again + i, i * 160);
        (statistics.MissingCount, statistics.LostCount, statistics.ReceivedCount).Should().Be((1, 1, 199));
    }

    [Fact]
    public void One_stray_packet_is_no_new_beginning()
    {
        var statistics = new StreamStatistics();
        for (var i = 0; i < 100; i++)
        {
            Receive(statistics, i, i * 160);
            if (i == 50) Receive(statistics, 40_000, i * 160);
        }
        (statistics.MissingCount, statistics.LostCount, statistics.ExtendedHighest).Should().Be((0, 0, 99u));
    }

    [Fact]
    public void Jitter_is_the_mean_change_of_transit()
    {
        var even = new StreamStatistics();
        for (var i = 0; i < 500; i++) Receive(even, i, i * 160);
        even.Jitter.Should().Be(0);
        var uneven = new StreamStatistics();
        for (var i = 0; i < 500; i++) Receive(uneven, i, (i * 160) + (i % 2 * 80));
        uneven.Jitter.Should().BeApproximately(80, 1);
    }

    private static void Receive(StreamStatistics statistics, int number, double arrivedAt) =>
        statistics.Receive(new RtpHeader(0, false, (ushort)number, (uint)(number * 160), 1, 12, 160), arrivedAt);
}
