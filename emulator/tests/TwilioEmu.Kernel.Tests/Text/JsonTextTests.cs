using System.Text.Json;
using TwilioEmu.Kernel.Text;

namespace TwilioEmu.Kernel.Tests.Text;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":"\udc00"}""")]
    [InlineData("""{"a":"\udc00\ud800"}""")]
    [InlineData("""{"a":"\ud800x"}""")]
    [InlineData("""{"a":"\ud800\\udc00"}""")]
    [InlineData("""{"a":"\uD83D\n"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""[["\ud83d\ude00\ud83d"]]""")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("{")]
    [InlineData("")]
    public void What_cannot_be_kept_is_refused_at_once(string text) =>
        FluentActions.Invoking(() => JsonText.Parse(text)).Should().Throw<JsonException>();

    [Theory]
    [InlineData("""{"a":"\ud83d\ude00"}""", "\U0001F600")]
    [InlineData("""{"a":"\\ud800"}""", "\\ud800")]
    [InlineData("""{"a":"\\\ud83d\ude00\u0041"}""", "\\\U0001F600A")]
    [InlineData("""{"a":"\u0000"}""", "\0")]
    [InlineData("""{"a":"plain"}""", "plain")]
    public void What_can_be_kept_is_read(string text, string value)
    {
        using var json = JsonText.Parse(text);
        json.RootElement.GetProperty("a").GetString().Should().Be(value);
        JsonText.ParseNode(text)!["a"]!.GetValue<string>().Should().Be(value);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused() =>
        FluentActions.Invoking(() => JsonText.Parse(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' }))
            .Should().Throw<JsonException>().WithMessage("*UTF-8*");

    [Fact]
    public void Depth_is_bounded() =>
        FluentActions.Invoking(() => JsonText.Parse(new string('[', 100) + new string(']', 100))).Should().Throw<JsonException>();

    [Fact]
    public void Who_looks_for_repeated_names_may_have_them()
    {
        using var json = JsonText.Parse("""{"a":1,"a":2}"""u8.ToArray(), mayRepeat: true);
        json.RootElement.EnumerateObject().Should().HaveCount(2);
    }
}
