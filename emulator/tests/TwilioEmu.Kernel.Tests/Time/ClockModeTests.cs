using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Time;

public sealed class ClockModeTests
{
    [Theory]
    [InlineData("real")]
    [InlineData("x100")]
    [InlineData("x0.5")]
    [InlineData("x0.001")]
    [InlineData("x1.2345678")]
    [InlineData("x100000")]
    [InlineData("auto")]
    [InlineData("manual")]
    public void A_mode_is_spelled_as_it_is_read(string text)
    {
        ClockMode.TryParse(text, out var mode).Should().BeTrue();
        mode.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("x0")]
    [InlineData("x0.0009")]
    [InlineData("x-1")]
    [InlineData("x100000.1")]
    [InlineData("x1e3")]
    [InlineData("x1,5")]
    [InlineData("x 2")]
    [InlineData("xNaN")]
    [InlineData("xInfinity")]
    [InlineData("x∞")]
    [InlineData("2x")]
    [InlineData("Real")]
    [InlineData("real ")]
    [InlineData("virtual")]
    public void What_is_no_mode_is_refused(string? text) => ClockMode.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_factor_out_of_range_makes_no_clock(double factor) =>
        FluentActions.Invoking(() => new ClockMode.Scaled(factor)).Should().Throw<ArgumentOutOfRangeException>();

    [Theory]
    [InlineData("auto", true)]
    [InlineData("manual", true)]
    [InlineData("real", false)]
    [InlineData("x10", false)]
    public void Only_auto_and_manual_are_virtual(string text, bool isVirtual)
    {
        ClockMode.TryParse(text, out var mode).Should().BeTrue();
        mode.IsVirtual.Should().Be(isVirtual);
    }
}
