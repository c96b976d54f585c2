using System.Net;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Sip.Sdp;

namespace TwilioEmu.Carrier.Tests.SipEndpoints;

/// <summary>Whether sound gets to where a phone says that it listens.</summary>
public sealed class SoundRouteTests
{
    private static AudioAgreement To(string address) =>
        new(address, 40000, AudioCodec.Pcmu, 0, 0, null, null, MediaDirection.SendReceive, TimeSpan.FromMilliseconds(20), null, null, 0);

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1", "127.0.0.5")]
    [InlineData("0.0.0.0", "192.0.2.7")]
    [InlineData("0.0.0.0", "10.1.2.3")]
    [InlineData("::1", "::1")]
    public void What_may_be_reached_is_not_spoken_of(string bound, string named) =>
        SoundRoute.WhyNot(To(named), IPAddress.Parse(bound), isFirst: true).Should().BeNull();

    [Theory]
    [InlineData("127.0.0.1", "192.0.2.7", "another machine")]
    [InlineData("127.0.0.1", "::1", "IPv6")]
    [InlineData("0.0.0.0", "2001:db8::1", "IPv6")]
    [InlineData("0.0.0.0", "224.0.0.1", "no address of one phone")]
    [InlineData("0.0.0.0", "255.255.255.255", "no address of one phone")]
    [InlineData("::", "ff02::1", "no address of one phone")]
    [InlineData("127.0.0.1", "0.0.0.0", "names no address")]
    [InlineData("127.0.0.1", "phone.local", "not looked up")]
    public void What_cannot_be_reached_is_told_with_the_reason(string bound, string named, string why) =>
        SoundRoute.WhyNot(To(named), IPAddress.Parse(bound), isFirst: true).Should().Contain(why);

    [Fact]
    public void No_address_in_a_call_that_stands_is_hold() =>
        SoundRoute.WhyNot(To("0.0.0.0"), IPAddress.Loopback, isFirst: false).Should().BeNull();
}
