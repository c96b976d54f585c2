using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Tests.Messages;

/// <summary>RFC 3261 §19.1.</summary>
public sealed class SipUriTests
{
    [Theory]
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtlanTa.CoM;Transport=tcp", true)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5", true)]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;newparam=5", true)]
    [InlineData("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
        "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com", true)]
    [InlineData("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x",
        true)]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp", false)]
    [InlineData("sip:bob@biloxi.com", "sips:bob@biloxi.com", false)]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off", false)]
    public void Equivalence_is_that_of_the_RFCs_examples(string left, string right, bool same)
    {
        SipUri.TryParse(left, out var a).Should().BeTrue();
        SipUri.TryParse(right, out var b).Should().BeTrue();
        a.IsEquivalentTo(b).Should().Be(same);
        b.IsEquivalentTo(a).Should().Be(same);
    }

    [Theory]
    [InlineData("sip:")]
    [InlineData("sip:@host")]
    [InlineData("sip:a@")]
    [InlineData("sip:a@b:")]
    [InlineData("sip:a@b:65536")]
    [InlineData("sip:a@b:-1")]
    [InlineData("sip:a@[::1")]
    [InlineData("sip:a@[1.2.3.4]")]
    [InlineData("sip:a b@c")]
    [InlineData("sip:a%4@c")]
    [InlineData("sip:a@b;")]
    [InlineData("sip:a@b;=x")]
    [InlineData("sip:a@b?")]
    [InlineData("nothing")]
    [InlineData("")]
    public void What_is_no_address_is_refused(string text) => SipUri.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void Another_scheme_is_kept_as_it_is()
    {
        SipUri.TryParse("tel:+14155550100;phone-context=x", out var uri).Should().BeTrue();
        (uri.IsSip, uri.Opaque, uri.ToString()).Should().Be((false, "+14155550100;phone-context=x", "tel:+14155550100;phone-context=x"));
    }

    [Fact]
    public void An_address_of_record_forgets_port_parameters_and_case_of_the_host()
    {
        SipUri.TryParse("sip:%61lice@Example.COM:5070;transport=tcp", out var uri).Should().BeTrue();
        uri.ToAddressOfRecord().Should().Be("sip:alice@example.com");
    }
}
