using TwilioEmu.Carrier.BrowserPhones;
using TwilioEmu.Media.Codecs;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.Tests.BrowserPhones;

public sealed class JitterRingTests
{
    private readonly JitterRing _ring = new();

    [Fact]
    public void One_frame_alone_waits_for_the_second()
    {
        _ring.Put(Frame(1000));
        Take().Should().Be(0);
        _ring.Put(Frame(2000));
        Take().Should().Be(Coded(1000));
        Take().Should().Be(Coded(2000));
    }

    [Fact]
    public void Run_dry_it_is_silent_until_it_is_primed_anew()
    {
        _ring.Put(Frame(1000));
        _ring.Put(Frame(2000));
        (Take(), Take(), Take()).Should().Be((Coded(1000), Coded(2000), 0));
        _ring.Put(Frame(3000));
        Take().Should().Be(0);
        _ring.Put(Frame(4000));
        Take().Should().Be(Coded(3000));
    }

    [Fact]
    public void Of_a_burst_the_oldest_frames_are_dropped_so_that_delay_does_not_grow()
    {
        for (var i = 1; i <= JitterRing.MaxFrameCount + 3; i++) _ring.Put(Frame((short)(i * 1000)));
        _ring.DroppedCount.Should().Be(3);
        Take().Should().Be(Coded(4000));
    }

    private static byte[] Frame(short level)
    {
        var (pcm, coded) = (new short[Grid.FrameSampleCount], new byte[Grid.FrameSampleCount]);
        pcm.AsSpan().Fill(level);
        G711.EncodeUlaw(pcm, coded);
        return coded;
    }

    private static short Coded(short level) => G711.FromUlawByte(Frame(level)[0]);

    private short Take()
    {
        var pcm = new short[Grid.FrameSampleCount];
        _ring.Take(pcm);
        pcm.Should().AllBeEquivalentTo(pcm[0]);
        return pcm[0];
    }
}
