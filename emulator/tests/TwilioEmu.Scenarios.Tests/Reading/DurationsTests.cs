using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Tests.Reading;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("5s", 5_000)]
    [InlineData("250ms", 250)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("10h", 36_000_000)]
    [InlineData("2d", 172_800_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("0s", 0)]
    public void A_number_and_its_unit_are_a_duration(string text, long milliseconds)
    {
        Durations.TryParse(text, out var duration, out _).Should().BeTrue();
        duration.Should().Be(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData("5", "has no unit")]
    [InlineData("5 s", "is not a duration")]
    [InlineData("-5s", "is not a duration")]
    [InlineData("5sec", "is not a duration")]
    [InlineData("s", "is not a duration")]
    [InlineData("", "is not a duration")]
    [InlineData("1e3s", "is not a duration")]
    [InlineData("401d", "longer than the longest")]
    [InlineData("99999999999999999999h", "longer than the longest")]
    public void Anything_else_is_refused_with_a_reason(string text, string reason)
    {
        Durations.TryParse(text, out _, out var error).Should().BeFalse();
        error.Should().Contain(reason);
    }

    [Theory]
    [InlineData("5s")]
    [InlineData("250ms")]
    [InlineData("90s")]
    [InlineData("2m")]
    [InlineData("36h")]
    [InlineData("0s")]
    [InlineData("0.5ms")]
    public void What_is_written_reads_as_the_same(string text)
    {
        Durations.TryParse(text, out var duration, out _).Should().BeTrue();
        Durations.Write(duration).Should().Be(text);
    }
}
