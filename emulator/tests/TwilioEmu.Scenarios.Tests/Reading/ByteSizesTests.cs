using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Tests.Reading;

public sealed class ByteSizesTests
{
    [Theory]
    [InlineData("512m", 512L << 20)]
    [InlineData("2g", 2L << 30)]
    [InlineData("1.5GB", 1536L << 20)]
    [InlineData("300 MiB", 300L << 20)]
    [InlineData("67108864", 64L << 20)]
    public void A_size_is_read_in_powers_of_1024(string text, long bytes)
    {
        ByteSizes.TryParse(text, out var read).Should().BeTrue();
        read.Should().Be(bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("63m")]
    [InlineData("-1g")]
    [InlineData("1.2.3g")]
    [InlineData("5x")]
    [InlineData("99999999999999999999g")]
    public void What_is_no_size_or_too_small_is_refused(string text) => ByteSizes.TryParse(text, out _).Should().BeFalse();
}
