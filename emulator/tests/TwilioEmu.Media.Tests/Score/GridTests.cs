using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Tests.Score;

public sealed class GridTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(19_999, 159, 0)]
    [InlineData(20_000, 160, 1)]
    [InlineData(-1, -1, -1)]
    [InlineData(-20_000, -160, -1)]
    [InlineData(-20_001, -161, -2)]
    public void Frames_are_counted_from_the_unix_epoch(long microseconds, long sample, long frame)
    {
        var instant = DateTimeOffset.UnixEpoch + TimeSpan.FromMicroseconds(microseconds);
        Grid.SampleAt(instant).Should().Be(sample);
        Grid.FrameAt(instant).Should().Be(frame);
        Grid.StartOf(frame).Should().BeOnOrBefore(instant);
    }
}
