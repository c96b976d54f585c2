using System.Net;
using TwilioEmu.Hosting;
using TwilioEmu.Proxy;

namespace TwilioEmu.Tests.Proxy;

public sealed class PassThroughTests
{
    private readonly PassThrough _local = new(PassThroughReach.Local, ["api.example.com", "*.example.org"]);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("::1")]
    [InlineData("10.255.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("0.0.0.0")]
    public void Local_reaches_near_addresses(string address) => _local.Allows("whatever", IPAddress.Parse(address)).Should().BeTrue();

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("192.169.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("fe80::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("::ffff:8.8.8.8")]
    public void Local_does_not_reach_far_ones_whatever_their_name(string address)
    {
        _local.Allows("localhost", IPAddress.Parse(address)).Should().BeFalse("a name may point anywhere");
        _local.Allows("app.internal", IPAddress.Parse(address)).Should().BeFalse();
    }

    [Theory]
    [InlineData("api.example.com", true)]
    [InlineData("API.EXAMPLE.COM.", true)]
    [InlineData("x.example.org", true)]
    [InlineData("example.org", false)]
    [InlineData("example.com", false)]
    [InlineData("evil-example.org", false)]
    public void Local_reaches_named_hosts(string host, bool isAllowed) =>
        _local.Allows(host, IPAddress.Parse("8.8.8.8")).Should().Be(isAllowed);

    [Theory]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("xn--bcher-kva.example", "BÜCHER.example.")]
    [InlineData("*.bücher.example", "a.xn--bcher-kva.example")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("2001:DB8:0::1", "[2001:db8::1]")]
    public void A_host_is_named_in_whatever_spelling(string allowed, string host) =>
        new PassThrough(PassThroughReach.Named, [allowed]).Allows(host, IPAddress.Parse("8.8.8.8")).Should().BeTrue();

    [Fact]
    public void All_reaches_all_and_off_reaches_none()
    {
        new PassThrough(PassThroughReach.All, []).Allows("x", IPAddress.Parse("8.8.8.8")).Should().BeTrue();
        new PassThrough(PassThroughReach.Off, ["x"]).Allows("x", IPAddress.Loopback).Should().BeFalse();
    }

    [Theory]
    [InlineData("api.example.com", true)]
    [InlineData("x.example.org", true)]
    [InlineData("localhost", false)]
    [InlineData("app.internal", false)]
    public void Named_reaches_named_hosts_at_any_address(string host, bool isAllowed)
    {
        var named = new PassThrough(PassThroughReach.Named, ["api.example.com", "*.example.org"]);
        named.Allows(host, IPAddress.Loopback).Should().Be(isAllowed);
        named.Allows(host, IPAddress.Parse("8.8.8.8")).Should().Be(isAllowed);
        named.NeverAllows(host).Should().Be(!isAllowed);
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("100.100.100.200")]
    public void No_reach_leads_to_a_clouds_secrets_under_whatever_name(string address)
    {
        foreach (var reach in Enum.GetValues<PassThroughReach>())
        {
            var policy = new PassThrough(reach, ["api.example.com"]);
            policy.Allows("api.example.com", IPAddress.Parse(address)).Should().BeFalse("who owns the name says where it leads");
            policy.Allows(address, IPAddress.Parse(address)).Should().BeFalse();
        }
        new PassThrough(PassThroughReach.Named, [address]).Allows(address, IPAddress.Parse(address))
            .Should().BeTrue("that address itself was named");
    }

    [Theory]
    [InlineData("127.0.0.1", "All")]
    [InlineData("localhost", "All")]
    [InlineData("::1", "All")]
    [InlineData("0.0.0.0", "Named")]
    [InlineData("192.168.1.5", "Named")]
    public void An_open_port_reaches_less_unless_told(string host, string reach) =>
        Endpoints.UsualReach(host).ToString().Should().Be(reach);
}
