using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Tests.Score;

public sealed class LiveInputTests
{
    [Fact]
    public void A_gap_is_silence()
    {
        var input = new LiveInput(null);
        input.Write(10, Frame(5));
        var pcm = Frame(9);
        input.TryRead(11, pcm).Should().BeFalse();
        pcm.Should().OnlyContain(s => s == 0);
        input.TryRead(10, pcm).Should().BeTrue();
        pcm.Should().OnlyContain(s => s == 5);
    }

    [Fact]
    public void Silence_before_anybody_has_spoken_is_counted_and_not_kept()
    {
        var (input, silent) = (new LiveInput(null), Frame(0));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var frame = 0; frame < 100; frame++) input.Write(frame, silent);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1024);
        input.Newest.Should().Be(99);
        input.TryRead(50, Frame(1)).Should().BeFalse();
        input.Write(100, Frame(5));
        input.TryRead(100, Frame(0)).Should().BeTrue();
    }

    [Fact]
    public void The_ring_holds_ten_seconds()
    {
        var input = new LiveInput(null);
        for (var frame = 0; frame <= LiveInput.RingFrameCount; frame++) input.Write(frame, Frame((short)frame));
        input.TryRead(0, Frame(0)).Should().BeFalse();
        input.TryRead(1, Frame(0)).Should().BeTrue();
        input.Write(0, Frame(77));
        input.TryRead(LiveInput.RingFrameCount, Frame(0)).Should().BeTrue("a frame older than the ring does not push out a newer one");
    }

    [Fact]
    public void What_a_recording_wants_is_kept_beyond_the_ring()
    {
        var input = new LiveInput(null);
        input.TrySpool(new MemorySpool(1000)).Should().BeTrue();
        input.TrySpool(new MemorySpool(1000)).Should().BeFalse();
        for (var frame = 0; frame < 700; frame++) input.Write(frame, Frame(1000));
        var pcm = Frame(0);
        input.TryRead(0, pcm).Should().BeTrue();
        pcm[0].Should().BeCloseTo(1000, 32, "it was mu-law in between");
    }

    [Fact]
    public void A_spool_says_what_it_lost()
    {
        var spool = new MemorySpool(2);
        for (var frame = 0; frame < 5; frame++) spool.Write(frame, Frame(1));
        spool.LostFrameCount.Should().Be(3);
    }

    private static short[] Frame(short value)
    {
        var frame = new short[Grid.FrameSampleCount];
        Array.Fill(frame, value);
        return frame;
    }
}
