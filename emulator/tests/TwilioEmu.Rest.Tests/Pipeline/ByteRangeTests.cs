using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Rest.Tests.Pipeline;

public sealed class ByteRangeTests
{
    [Theory]
    [InlineData("bytes=0-3", 0, 4)]
    [InlineData("bytes=6-", 6, 4)]
    [InlineData("bytes=6-99", 6, 4)]
    [InlineData("bytes=-3", 7, 3)]
    [InlineData("bytes=-99", 0, 10)]
    [InlineData("bytes=9-9", 9, 1)]
    public void A_range_is_the_part_it_names(string header, int first, int count)
    {
        ByteRange.Read(header, 10, out var isUnsatisfiable).Should().Be(new ByteRange(first, count));
        isUnsatisfiable.Should().BeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bytes=3-1")]
    [InlineData("bytes=0-1,4-5")]
    [InlineData("pages=1-2")]
    [InlineData("bytes=x-y")]
    [InlineData("bytes=")]
    [InlineData("bytes=-")]
    public void What_is_no_single_range_asks_for_the_whole(string? header)
    {
        ByteRange.Read(header, 10, out var isUnsatisfiable).Should().BeNull();
        isUnsatisfiable.Should().BeFalse();
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=99-100")]
    [InlineData("bytes=-0")]
    public void A_part_that_is_not_there_is_said_so(string header)
    {
        ByteRange.Read(header, 10, out var isUnsatisfiable).Should().BeNull();
        isUnsatisfiable.Should().BeTrue();
    }
}
