using System.Text;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Parsing;

namespace TwilioEmu.Sip.Tests.Parsing;

public sealed class LimitTests
{
    private const string Start =
        "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\n"
            + "CSeq: 1 OPTIONS\r\n";

    [Fact]
    public void More_headers_than_may_be_are_refused()
    {
        Parse(Start + Repeat("A: b\r\n", SipLimits.Headers - 5) + "\r\n").Should().Be(SipParseError.None);
        Parse(Start + Repeat("A: b\r\n", SipLimits.Headers - 4) + "\r\n").Should().Be(SipParseError.TooManyHeaders);
    }

    [Fact]
    public void A_line_longer_than_may_be_is_refused_folded_or_not()
    {
        Parse(Start + "A:" + new string('b', SipLimits.LineBytes - 2) + "\r\n\r\n").Should().Be(SipParseError.None);
        Parse(Start + "A:" + new string('b', SipLimits.LineBytes - 1) + "\r\n\r\n").Should().Be(SipParseError.LineTooLong);
        Parse(Start + "A: b" + Repeat("\r\n cccccccccc", SipLimits.LineBytes / 10) + "\r\n\r\n").Should().Be(SipParseError.LineTooLong);
    }

    [Fact]
    public void A_message_larger_than_a_datagram_is_refused() =>
        Parse(Start + "\r\n" + new string('x', SipLimits.MessageBytes)).Should().Be(SipParseError.TooLong);

    [Fact]
    public void More_hops_than_may_be_are_refused() =>
        Parse(Start + "Via: " + string.Join(',', Enumerable.Repeat("SIP/2.0/UDP h", SipLimits.Vias)) + "\r\n\r\n").Should()
            .Be(SipParseError.BadVia);

    [Fact]
    public void More_parameters_than_may_be_are_refused() =>
        Parse(Start + "Contact: <sip:a@b>" + Repeat(";p", SipParameters.MaxCount + 1) + "\r\n\r\n").Should().Be(SipParseError.BadAddress);

    [Theory]
    [InlineData(0x00, SipParseError.Stun)]
    [InlineData(0x80, SipParseError.Unterminated)]
    public void A_message_of_STUN_is_known_by_its_first_bits_and_its_cookie(byte first, SipParseError error)
    {
        byte[] bytes = [first, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, .. "twelve bytes"u8];
        SipParser.TryParse(bytes, out _, out var found).Should().BeFalse();
        found.Should().Be(error);
    }

    [Theory]
    [InlineData("\r\n", SipParseError.KeepAlive)]
    [InlineData("\r\n\r\n", SipParseError.KeepAlive)]
    [InlineData("", SipParseError.KeepAlive)]
    [InlineData("\0\0\0\0", SipParseError.KeepAlive)]
    [InlineData("jaK", SipParseError.KeepAlive)]
    [InlineData("OPTIONS sip:a@b SIP/2.0", SipParseError.Unterminated)]
    [InlineData("OPTIONS sip:a@b SIP/2.0\r\nA: b\r\n", SipParseError.Unterminated)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", SipParseError.BadStartLine)]
    [InlineData("OPTIONS sip:a@b SIP/2.0\r\nno colon\r\n\r\n", SipParseError.BadHeaderLine)]
    [InlineData("OPTIONS sip:a@b SIP/2.0\r\n: x\r\n\r\n", SipParseError.BadHeaderLine)]
    [InlineData("SIP/2.0 99 Low\r\n\r\n", SipParseError.BadStatus)]
    [InlineData("SIP/2.0 700 High\r\n\r\n", SipParseError.BadStatus)]
    public void What_is_no_message_has_its_reason(string text, SipParseError reason) => Parse(text).Should().Be(reason);

    [Fact]
    public void Every_reason_has_words_of_its_own()
    {
        var words = Enum.GetValues<SipParseError>().Select(e => e.Why()).ToList();
        words.Should().OnlyHaveUniqueItems().And.OnlyContain(w => w.All(c => c >= ' ' && c <= '~'), "they stand in reason phrases");
    }

    [Fact]
    public void A_stream_without_length_ends()
    {
        var framing = new SipFraming();
        framing.Add(Encoding.UTF8.GetBytes(Start + "\r\n"));
        framing.TryTake(out _).Should().BeFalse();
        framing.Error.Should().Be(SipParseError.NoContentLength);
    }

    [Fact]
    public void A_stream_that_never_ends_its_headers_is_given_up()
    {
        var framing = new SipFraming();
        var line = Encoding.UTF8.GetBytes("A: b\r\n");
        var bytes = 0;
        while (framing.Error == SipParseError.None && bytes < 10 * SipLimits.MessageBytes)
        {
            framing.Add(line);
            framing.TryTake(out _);
            bytes += line.Length;
        }
        framing.Error.Should().Be(SipParseError.TooLong);
        bytes.Should().BeLessThan(SipLimits.HeaderBytes + 100);
    }

    [Fact]
    public void A_ping_is_counted_and_a_lone_line_end_is_not()
    {
        var framing = new SipFraming();
        framing.Add("\r\n\r\n"u8);
        framing.TryTake(out _).Should().BeFalse();
        framing.Pings.Should().Be(1);
        framing.PingsAnswered();
        framing.Add("\r\n"u8);
        framing.TryTake(out _).Should().BeFalse();
        framing.Pings.Should().Be(0);
    }

    private static SipParseError Parse(string text)
    {
        return SipParser.TryParse(Encoding.UTF8.GetBytes(text), out _, out var error) ? SipParseError.None : error;
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
