using TwilioEmu.Accounts.Numbers.Inventory;

namespace TwilioEmu.Accounts.Tests.Numbers.Inventory;

public sealed class NumberPatternTests
{
    [Theory]
    [InlineData("555", "+14155552671", true)]
    [InlineData("556", "+14155552671", false)]
    [InlineData("415****671", "+14155552671", true)]
    [InlineData("415*671", "+14155552671", false)]
    [InlineData("415%671", "+14155552671", true)]
    [InlineData("+1415", "+14155552671", true)]
    [InlineData("+415", "+14155552671", false)]
    [InlineData("671$", "+14155552671", true)]
    [InlineData("267$", "+14155552671", false)]
    [InlineData("ALL", "+14152552671", true)]
    [InlineData("storm", "+14157867600", true)]
    public void Contains_reads_digits_letters_and_wildcards(string text, string number, bool expected)
    {
        NumberPattern.TryParse(text, out var pattern).Should().BeTrue();

        pattern.Matches(number).Should().Be(expected);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("12345678901234567")]
    [InlineData("41 5")]
    [InlineData("41-5")]
    public void Other_patterns_are_refused(string text)
    {
        NumberPattern.TryParse(text, out _).Should().BeFalse();
    }
}
