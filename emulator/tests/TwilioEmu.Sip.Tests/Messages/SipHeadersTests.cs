using System.Text;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Tests.Messages;

public sealed class SipHeadersTests
{
    [Fact]
    public void Values_part_at_commas_outside_of_quotes_and_brackets()
    {
        var headers = SipHeaders.Empty.With("Contact", "\"a, \\\" b\" <sip:a@b;x=1,2>, <sip:c@d>").With("Contact", "sip:e@f");
        headers.Values("contact").Select(v => Encoding.UTF8.GetString(v.Span)).Should()
            .Equal("\"a, \\\" b\" <sip:a@b;x=1,2>", "<sip:c@d>", "sip:e@f");
    }

    [Fact]
    public void The_first_value_of_a_line_is_replaced_alone() =>
        SipHeaders.Empty.With("Via", "SIP/2.0/UDP a, SIP/2.0/UDP b").SetFirstValue("Via", "SIP/2.0/TCP c")["Via"].Should()
            .Be("SIP/2.0/TCP c, SIP/2.0/UDP b");

    [Fact]
    public void A_value_cannot_begin_another_header() =>
        new SipHeader("X-A", "b\r\nX-C: d").Text.Should().NotContainAny("\r", "\n");
}
