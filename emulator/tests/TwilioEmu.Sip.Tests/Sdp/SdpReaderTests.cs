using System.Text;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Parsing;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.Tests.Parsing;

namespace TwilioEmu.Sip.Tests.Sdp;

public sealed class SdpReaderTests
{
    private const string Whole =
        "v=0\r\no=jdoe 3724394400 3724394405 IN IP4 198.51.100.1\r\ns=Call to John Smith\r\ni=SDP Offer #1\r\nc=IN IP4 198.51.100.1\r\n"
        + "b=AS:64\r\nt=0 0\r\na=sendrecv\r\na=x-unknown:1:2\r\nm=audio 49170 RTP/AVP 0 101\r\ni=title\r\nc=IN IP6 2001:db8::2\r\n"
            + "b=AS:9\r\na=rtpmap:0 PCMU/8000\r\n";

    [Fact]
    public void What_is_read_is_written_alike() => SdpWriter.Text(Read(Whole)).Should().Be(Whole);

    [Fact]
    public void A_mediums_own_address_goes_before_the_sessions()
    {
        var description = Read(Whole);
        description.ConnectionOf(description.Media[0]).Should().Be(new SdpConnection("2001:db8::2", true));
    }

    [Theory]
    [InlineData("", SdpError.BadVersion)]
    [InlineData("o=- 1 1 IN IP4 1.2.3.4\r\n", SdpError.BadVersion)]
    [InlineData("v=1\r\n", SdpError.BadVersion)]
    [InlineData("v=0\r\n", SdpError.BadOrigin)]
    [InlineData("v=0\r\no=- x 1 IN IP4 1.2.3.4\r\n", SdpError.BadOrigin)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nrubbish\r\n", SdpError.BadLine)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nc=IN IP4 ::1\r\n", SdpError.BadConnection)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nc=ATM NSAP 1\r\n", SdpError.BadConnection)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nc=IN IP4 1.2.3.4\r\nm=audio 70000 RTP/AVP 0\r\n", SdpError.BadMedia)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nc=IN IP4 1.2.3.4\r\nm=audio 7000 RTP/AVP\r\n", SdpError.BadMedia)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nm=audio 7000 RTP/AVP 0\r\n", SdpError.NoConnection)]
    public void What_is_no_description_has_its_reason(string text, SdpError reason)
    {
        SdpReader.TryRead(Encoding.UTF8.GetBytes(text), out _, out var error).Should().BeFalse();
        error.Should().Be(reason);
    }

    [Fact]
    public void More_than_may_be_is_refused()
    {
        SdpReader.TryRead(Encoding.UTF8.GetBytes(Whole + string.Concat(Enumerable.Repeat("a=b\r\n", SdpReader.MaxLines))), out _,
            out var lines).Should().BeFalse();
        SdpReader.TryRead(Encoding.UTF8.GetBytes(Whole + "a=" + new string('b', SdpReader.MaxBytes)), out _, out var bytes).Should()
            .BeFalse();
        (lines, bytes).Should().Be((SdpError.TooManyLines, SdpError.TooLong));
    }

    [Theory, InlineData("rfc4475", "wsinv"), InlineData("rfc5118", "ipv6-in-sdp"), InlineData("rfc5118", "mult-ip-in-sdp"),
        InlineData("rfc5118", "ipv4-mapped-ipv6")]
    public void Bodies_of_the_torture_messages_are_read(string rfc, string name)
    {
        SipParser.TryParse(Fixture.Read(rfc, name), out var message, out _).Should().BeTrue();
        SdpReader.TryRead(message!.Body.Span, out var description, out var error).Should().BeTrue(error.ToString());
        message.Headers[HeaderNames.ContentType].Should().Be(SdpWriter.ContentType);
        description.Media.Should().HaveCount(2);
    }

    private static SessionDescription Read(string text)
    {
        SdpReader.TryRead(Encoding.UTF8.GetBytes(text), out var description, out var error).Should().BeTrue(error.ToString());
        return description;
    }
}
