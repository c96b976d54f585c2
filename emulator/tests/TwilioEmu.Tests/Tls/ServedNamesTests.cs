using TwilioEmu.Tls;

namespace TwilioEmu.Tests.Tls;

public sealed class ServedNamesTests
{
    private readonly ServedNames _names = new(["TwilioEmu", "*.emu.internal"]);

    [Theory]
    [InlineData("api.twilio.com")]
    [InlineData("API.Twilio.COM.")]
    [InlineData("twilio.com")]
    [InlineData("api.dublin.ie1.twilio.com")]
    [InlineData("a.b.c.d.e.twilio.com")]
    [InlineData("twilioemu")]
    [InlineData("x.emu.internal")]
    public void Twilios_names_and_given_ones_are_ours(string host) => _names.IsOurs(ServedNames.Plain(host)).Should().BeTrue();

    [Theory]
    [InlineData("nottwilio.com")]
    [InlineData("twilio.com.evil.example")]
    [InlineData("emu.internal")]
    [InlineData("example.com")]
    [InlineData("10.0.0.1")]
    [InlineData("")]
    public void Others_are_neither_ours_nor_served(string host)
    {
        _names.IsOurs(ServedNames.Plain(host)).Should().BeFalse();
        _names.IsServed(ServedNames.Plain(host)).Should().BeFalse();
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("verify.localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void This_machine_is_served_but_not_intercepted(string host)
    {
        _names.IsServed(host).Should().BeTrue();
        _names.IsOurs(host).Should().BeFalse("the app's own servers live there too");
    }

    [Fact]
    public void A_name_longer_than_names_can_be_is_not_served() => _names.IsServed(new string('a', 260) + ".twilio.com").Should().BeFalse();
}
