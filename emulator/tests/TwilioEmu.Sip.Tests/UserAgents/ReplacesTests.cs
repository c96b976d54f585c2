using TwilioEmu.Sip.Dialogs;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Tests.UserAgents;

/// <summary>The dialog that an attended transfer names (RFC 3891 §6.1).</summary>
public sealed class ReplacesTests
{
    [Theory]
    [InlineData("98asjd8@192.0.2.1;from-tag=r33th4x0r;to-tag=12345")]
    [InlineData("98asjd8@192.0.2.1 ; To-Tag = 12345 ; from-tag=r33th4x0r;early-only;x=y")]
    public void Its_tags_come_in_any_order(string text)
    {
        Replaces.TryParse(text, out var replaces).Should().BeTrue();
        replaces.Should()
            .Be(new Replaces("98asjd8@192.0.2.1", "12345", "r33th4x0r", text.Contains("early-only", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";to-tag=1;from-tag=2")]
    [InlineData("a b;to-tag=1;from-tag=2")]
    [InlineData("a@b;to-tag=1")]
    [InlineData("a@b;to-tag=1;from-tag=")]
    [InlineData("a@b;to-tag=1;to-tag=2;from-tag=3")]
    public void Without_each_tag_once_it_names_none(string text) => Replaces.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void A_URI_carries_it_with_escapes()
    {
        SipUri.TryParse("sip:bob@192.0.2.4?X-A=1&Replaces=12345%40192.168.118.3%3Bto-tag%3D12345%3Bfrom-tag%3D5FFE-3994", out var uri)
            .Should().BeTrue();
        Replaces.In(uri).Should().Be(new Replaces("12345@192.168.118.3", "12345", "5FFE-3994", false));
        Replaces.In(SipUri.Of("bob", "192.0.2.4")).Should().BeNull();
    }
}
