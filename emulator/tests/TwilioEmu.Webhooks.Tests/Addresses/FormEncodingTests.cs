using System.Text;
using TwilioEmu.Webhooks.Addresses;

namespace TwilioEmu.Webhooks.Tests.Addresses;

public sealed class FormEncodingTests
{
    [Theory]
    [InlineData("+14155550100", "%2B14155550100")]
    [InlineData("a b&c=d", "a+b%26c%3Dd")]
    [InlineData("*-._", "*-._")]
    [InlineData("ü€😀~", "%C3%BC%E2%82%AC%F0%9F%98%80%7E")]
    [InlineData("", "")]
    public void Values_are_escaped_as_browsers_do(string value, string encoded) =>
        Encoding.ASCII.GetString(FormEncoding.Encode([new("X", value)])).Should().Be("X=" + encoded);

    [Fact]
    public void Order_and_repetition_are_kept() =>
        Encoding.ASCII.GetString(FormEncoding.Encode([new("b", "1"), new("a", "2"), new("b", "1")])).Should().Be("b=1&a=2&b=1");

    [Fact]
    public void What_was_written_is_read_back()
    {
        KeyValuePair<string, string>[] parameters = [new("Body", " ü +&=%;\r\n"), new("Empty", ""), new("Body", "again")];
        FormEncoding.Decode(Encoding.ASCII.GetString(FormEncoding.Encode(parameters))).Should().Equal(parameters);
    }

    [Fact]
    public void A_megabyte_is_no_trouble()
    {
        var text = new string('&', 1 << 20);
        FormEncoding.Encode([new("X", text)]).Length.Should().Be(2 + (3 << 20));
    }
}
