using TwilioEmu.Redirection;

namespace TwilioEmu.Tests.Redirection;

public sealed class WritingTests
{
    [Theory]
    [InlineData("sh", "a b", "export X='a b'\n")]
    [InlineData("sh", "it's", "export X='it'\\''s'\n")]
    [InlineData("powershell", "C:\\a b\\$x", "$env:X = 'C:\\a b\\$x'\n")]
    [InlineData("powershell", "it's", "$env:X = 'it''s'\n")]
    [InlineData("dotenv", "plain", "X=plain\n")]
    [InlineData("dotenv", "a b|c", "X='a b|c'\n")]
    [InlineData("dotenv", "it's \"so\"", "X=\"it's \\\"so\\\"\"\n")]
    [InlineData("compose", "a \"b\" $c", "environment:\n  X: \"a \\\"b\\\" $$c\"\n")]
    [InlineData("github", "a b", "X=a b\n")]
    public void Each_format_quotes_as_its_reader_does(string format, string value, string text) =>
        Writing.Text(format, [new("X", value)]).Should().Be(text);
}
