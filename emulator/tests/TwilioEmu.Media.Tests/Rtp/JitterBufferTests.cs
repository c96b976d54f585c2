using TwilioEmu.Media.Rtp;

namespace TwilioEmu.Media.Tests.Rtp;

public sealed class JitterBufferTests
{
    private readonly JitterBuffer _buffer = new(JitterBounds.Default);

    [Fact]
    public void Frames_come_out_in_order_after_the_delay()
    {
        for (var i = 1; i <= 5; i++) Put(i, i);
        Take(8).Should().Equal(0, 0, 1, 2, 3, 4, 5, 2);
    }

    [Fact]
    public void Frames_that_overtook_each_other_are_put_in_order()
    {
        foreach (var i in (int[])[1, 3, 2, 5, 4]) Put(i, i);
        Take(7).Should().Equal(0, 0, 1, 2, 3, 4, 5);
    }

    [Fact]
    public void A_frame_that_came_twice_counts_once()
    {
        foreach (var i in (int[])[1, 2, 2, 3]) Put(i, i);
        Take(5).Should().Equal(0, 0, 1, 2, 3);
        _buffer.DuplicateCount.Should().Be(1);
    }

    [Fact]
    public void A_lost_frame_is_the_one_before_fading()
    {
        Put(1, 1000);
        Put(6, 1000);
        Take(8).Should().Equal(0, 0, 1000, 500, 250, 125, 0, 1000);
        _buffer.ConcealedCount.Should().Be(3);
    }

    [Fact]
    public void What_comes_too_late_makes_the_buffer_more_patient()
    {
        Put(1, 1);
        Take(4);
        var before = _buffer.Delay;
        Put(2, 2);
        _buffer.LateCount.Should().Be(1);
        _buffer.Delay.Should().Be(before + TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Patience_ends_at_its_bound()
    {
        var number = 1;
        Put(number, 1);
        Take(3);
        for (var i = 0; i < 50; i++)
        {
            Take(2);
            Put(++number - 1, 1);
        }
        _buffer.Delay.Should().BeLessThanOrEqualTo(JitterBounds.Default.Most);
    }

    [Fact]
    public void A_sender_that_counts_anew_is_followed()
    {
        for (var i = 1; i <= 3; i++) Put(i, i);
        Take(5);
        for (var i = 0; i < 3; i++) Put(500_000 + i, 7 + i);
        Take(5).TakeLast(3).Should().Equal(7, 8, 9);
    }

    [Fact]
    public void Other_bounds_lengthen_the_wait_by_silence_and_shorten_it_by_what_waits_longest()
    {
        var number = 0;
        void Come() => Put(++number, number);
        List<int> Tick(int count) => [.. Enumerable.Range(0, count).Select(_ =>
        {
            Come();
            return Take(1).Single();
        })];
        Tick(6).Should().Equal(0, 0, 1, 2, 3, 4);
        _buffer.Bound(new(TimeSpan.FromMilliseconds(80), TimeSpan.FromMilliseconds(1000)));
        _buffer.Delay.Should().Be(TimeSpan.FromMilliseconds(80));
        Tick(4).Should().Equal(0, 0, 5, 6);
        _buffer.Bound(new(TimeSpan.Zero, TimeSpan.Zero));
        _buffer.Delay.Should().Be(TimeSpan.Zero);
        Tick(3).Should().Equal([11, 12, 13], "nothing waits any more");
    }

    [Fact]
    public void Under_loss_and_reordering_whatever_comes_in_time_is_heard_once_and_in_order()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var buffer = new JitterBuffer(JitterBounds.Default);
            // Arrival: 20 ms apart, up to 35 ms late: less than the delay.
            var arrivals = Enumerable.Range(0, 400).Where(_ => random.Next(20) > 0)
                .Select(i => (Number: i, At: (i * 160) + random.Next(280))).OrderBy(a => a.At).ToList();
            var heard = new List<int>();
            var pcm = new short[160];
            var next = 0;
            for (var frame = 0; frame < 420; frame++)
            {
                while (next < arrivals.Count && arrivals[next].At < (frame + 1) * 160)
                {
                    var (number, at) = arrivals[next++];
                    buffer.Put((uint)(number * 160), [.. Enumerable.Repeat((short)(number + 1), 160)], at);
                }
                if (buffer.Take(pcm) == FrameOrigin.Received) heard.Add(pcm[0] - 1);
            }
            heard.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
            (heard.Count + buffer.LateCount).Should().Be(arrivals.Count, $"seed {seed}");
            buffer.LateCount.Should().BeLessThan(5);
        }
    }

    private void Put(int number, int value) => _buffer.Put((uint)(number * 160), [.. Enumerable.Repeat((short)value, 160)], number * 160);

    private IEnumerable<int> Take(int count)
    {
        var pcm = new short[160];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            _buffer.Take(pcm);
            return (int)pcm[0];
        })];
    }
}
