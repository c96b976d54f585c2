using TwilioEmu.Messaging.Segments;

namespace TwilioEmu.Messaging.Tests.Segments;

public sealed class SmartEncodingTests
{
    [Theory]
    [InlineData("“Hi”", "\"Hi\"")]
    [InlineData("it’s", "it's")]
    [InlineData("a – b — c", "a - b - c")]
    [InlineData("wait…", "wait...")]
    [InlineData("`", "'")]
    [InlineData("½", "1/2")]
    [InlineData("Ａ１", "A1")]
    [InlineData("a\tb", "a       b")]
    [InlineData("a\u00A0b", "a  b")]
    [InlineData("a\u200Bb", "ab")]
    [InlineData("Mit besten Grüßen\u200C", "Mit besten Grüßen")]
    [InlineData("\u201Eja\u200C\u201C", "\"ja\"")]
    public void Look_alikes_become_gsm7(string given, string becomes) => SmartEncoding.Apply(given).Should().Be(becomes);

    [Fact]
    public void Text_without_look_alikes_is_left_as_it_is()
    {
        var text = "Grüße, ça va? 😀";
        SmartEncoding.Apply(text).Should().BeSameAs(text);
    }
}
