using TwilioEmu.Options;

namespace TwilioEmu.Tests.Options;

/// <summary>Values that a file of variables has spoilt on their way into the environment.</summary>
public sealed class OptionTableTests
{
    [Theory]
    [InlineData("\"4010\"", "leave them out)")]
    [InlineData("'4010'", "leave them out)")]
    [InlineData("4010\r", "save the file with the line ends of Unix)")]
    [InlineData("4010 ", "blanks stand around the value)")]
    [InlineData("tcp://10.0.0.1:4010", "enableServiceLinks: false)")]
    [InlineData("4010", "")]
    [InlineData("", "")]
    [InlineData("\"", "")]
    public void What_spoils_a_variable_is_told(string value, string told) =>
        OptionTable.CureOfVariable(value).Should().EndWith(told).And.Match(c => c.Length > 0 == told.Length > 0);
}
