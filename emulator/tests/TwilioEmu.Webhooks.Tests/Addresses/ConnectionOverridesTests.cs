using TwilioEmu.Webhooks.Addresses;

namespace TwilioEmu.Webhooks.Tests.Addresses;

public sealed class ConnectionOverridesTests
{
    [Fact]
    public void Without_a_fragment_only_a_failed_connect_is_tried_again_once()
    {
        var overrides = Read("");
        overrides.Should().BeEquivalentTo(new { Retries = 1, RetryOn = RetryOn.Connect, SendsServerName = true });
        overrides.ConnectTimeout.Should().Be(TimeSpan.FromSeconds(5));
        overrides.ReadTimeout.Should().Be(TimeSpan.FromSeconds(15));
        overrides.TotalTimeout.Should().Be(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void Every_key_is_read()
    {
        var overrides = Read("ct=100&rt=200&tt=15000&rc=5&rp=4xx,5xx&sni=n&e=dublin,tokyo");
        overrides.ConnectTimeout.Should().Be(TimeSpan.FromMilliseconds(100));
        overrides.ReadTimeout.Should().Be(TimeSpan.FromMilliseconds(200));
        overrides.TotalTimeout.Should().Be(TimeSpan.FromSeconds(15));
        overrides.Retries.Should().Be(5);
        overrides.RetryOn.Should().Be(RetryOn.ClientError | RetryOn.ServerError);
        overrides.SendsServerName.Should().BeFalse();
        overrides.EgressEdges.Should().Equal("dublin", "tokyo");
        overrides.Ignored.Should().BeEmpty();
    }

    [Theory]
    [InlineData("ct=99")]
    [InlineData("ct=10001")]
    [InlineData("rt=99")]
    [InlineData("rt=15001")]
    [InlineData("tt=15001")]
    [InlineData("tt=-1")]
    [InlineData("tt=1e3")]
    [InlineData("rc=6")]
    [InlineData("rc=-1")]
    [InlineData("rc=")]
    [InlineData("sni=yes")]
    public void A_value_out_of_range_leaves_the_default_and_is_told(string fragment)
    {
        var overrides = Read(fragment);
        overrides.Ignored.Should().ContainSingle().Which.Should().StartWith(fragment);
        (overrides with { Ignored = [] }).Should().BeEquivalentTo(ConnectionOverrides.Default);
    }

    [Theory]
    [InlineData("rp=3xx", 11243)]
    [InlineData("rp=", 11243)]
    [InlineData("rp=ct,maybe", 11243)]
    [InlineData("e=mars", 11240)]
    [InlineData("e=ashburn,", 11240)]
    [InlineData("e=roaming", 11241)]
    public void A_bad_policy_or_edge_is_an_error(string fragment, int code)
    {
        ConnectionOverrides.TryParse(fragment, out _, out var fault).Should().BeFalse();
        fault!.Code.Should().Be(code);
    }

    [Theory]
    [InlineData("section-2")]
    [InlineData("/route?x=1")]
    public void An_anchor_means_nothing(string fragment) => Read(fragment).Should().Be(ConnectionOverrides.Default);

    [Fact]
    public void All_policies_have_one_word() => Read("rp=all").RetryOn.Should().Be(RetryOn.All);

    private static ConnectionOverrides Read(string fragment)
    {
        ConnectionOverrides.TryParse(fragment, out var overrides, out var fault).Should().BeTrue(fault?.Message);
        return overrides;
    }
}
