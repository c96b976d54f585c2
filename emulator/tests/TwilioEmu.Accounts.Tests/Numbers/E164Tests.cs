using TwilioEmu.Accounts.Numbers;

namespace TwilioEmu.Accounts.Tests.Numbers;

public sealed class E164Tests
{
    [Theory]
    [InlineData("+15551230009", "+15551230009")]
    [InlineData("+ 15551230009", "+15551230009")]
    [InlineData("+ +15551230009", "+15551230009")]
    [InlineData(" 15551230009", "+15551230009")]
    [InlineData("415-123-4567", "+14151234567")]
    [InlineData("+1 555-123-0001", "+15551230001")]
    [InlineData("(415) 555.0100", "+14155550100")]
    [InlineData("+447911123456", "+447911123456")]
    [InlineData("447911123456", "+447911123456")]
    [InlineData("+123456789012345", null)]
    [InlineData("+999456789012345", "+999456789012345")]
    [InlineData("+9994567890123456", null)]
    [InlineData("+4479111", "+4479111")]
    [InlineData("+447911", null)]
    [InlineData("+1415555010", null)]
    [InlineData("+141555501000", null)]
    [InlineData("12345", null)]
    [InlineData("+0123456789", null)]
    [InlineData("+1415555CALL", null)]
    [InlineData("whatsapp:+14155550100", null)]
    [InlineData("1+4155550100", null)]
    [InlineData("+", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Usual_spellings_become_one_and_rubbish_is_refused(string? text, string? expected)
    {
        E164.TryNormalize(text, out var e164).Should().Be(expected is not null);

        if (expected is not null) e164.Should().Be(expected);
    }

    [Theory]
    [InlineData("12345", NumberKind.ShortCode)]
    [InlineData("894546", NumberKind.ShortCode)]
    [InlineData("+18005550100", NumberKind.TollFree)]
    [InlineData("+18885550100", NumberKind.TollFree)]
    [InlineData("+18225550100", NumberKind.LongCode)]
    [InlineData("+448001234567", NumberKind.TollFree)]
    [InlineData("+14155550100", NumberKind.LongCode)]
    public void Digits_tell_the_kind(string address, NumberKind kind)
    {
        NumberKinds.Of(address).Should().Be(kind);
    }

    [Fact]
    public void North_American_numbers_are_shown_with_brackets_and_others_as_they_are()
    {
        E164.ToNational("+14155550100").Should().Be("(415) 555-0100");
        E164.ToNational("+447911123456").Should().Be("+447911123456");
    }
}
