using TwilioEmu.Carrier.SipEndpoints;

namespace TwilioEmu.Carrier.Tests.SipEndpoints;

/// <summary>Source: twilio.com/docs/voice/twiml/sip (headers), error dictionary 13251 to 13253, 32112, 32113.</summary>
public sealed class SipHeaderRulesTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("?x-mine=1&X-Yours=2", 0)]
    [InlineData("?User-to-User=0A%3Bencoding%3Dhex&Remote-Party-ID=a&P-Preferred-Identity=b&P-Called-Party-ID=c", 0)]
    [InlineData("?Subject=hello", 13252)]
    [InlineData("?X-M%C3%BCnchen=1", 13252)]
    [InlineData("?X-Twilio-CallSid=1", 32113)]
    [InlineData("?X-Mine=a%0D%0AX-Other%3A%20b", 32112)]
    public void Each_header_of_an_address_is_judged(string headers, int code) =>
        SipHeaderRules.Judge($"sip:ada@example.com{headers}").Code.Should().Be(code);

    [Theory]
    [InlineData(1023, 0)]
    [InlineData(1024, 13253)]
    public void All_of_them_may_be_so_long(int length, int code) =>
        SipHeaderRules.Judge($"sip:ada@example.com?{"X-A=".PadRight(length, 'a')}").Code.Should().Be(code);

    [Theory]
    [InlineData(SipHeaderRules.MaxSent, 0)]
    [InlineData(SipHeaderRules.MaxSent + 1, 13251)]
    public void So_many_are_sent(int count, int code) =>
        SipHeaderRules.Judge($"sip:ada@example.com?{string.Join('&', Enumerable.Range(0, count).Select(i => $"X-{i}=1"))}").Code
            .Should().Be(code);
}
