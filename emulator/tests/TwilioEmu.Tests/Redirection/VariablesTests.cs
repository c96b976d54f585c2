using TwilioEmu.Redirection;

namespace TwilioEmu.Tests.Redirection;

public sealed class VariablesTests
{
    private readonly TrustFiles _files = new("/trust");

    [Fact]
    public void Every_sdk_finds_its_proxy_and_whom_to_trust()
    {
        var all = For([]);
        foreach (var name in new[] { "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy" })
        {
            all[name].Should().Be("http://127.0.0.1:4010");
        }
        (all["NODE_EXTRA_CA_CERTS"], all["REQUESTS_CA_BUNDLE"], all["SSL_CERT_FILE"])
            .Should().Be((_files.Ca, _files.Bundle, _files.Bundle));
        all["JAVA_TOOL_OPTIONS"]
            .Should().Contain("-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=4010")
            .And.Contain(_files.JavaStore)
            .And.Contain("trustStorePassword=changeit");
        (all["TWILIO_ACCOUNT_SID"], all["TWILIO_AUTH_TOKEN"]).Should().Be(("AC1", "t"));
        all["NO_PROXY"]
            .Should().Be(
                "localhost,127.0.0.1,::1,169.254.169.254,169.254.170.2,fd00:ec2::254,metadata.google.internal",
                "a cloud's word to its machine goes past the proxy, which refuses it");
    }

    [Theory]
    [InlineData("http://twilioemu:4010/", ",twilioemu")]
    [InlineData("http://[fd00::7]:4010/", ",fd00::7")]
    [InlineData("http://127.0.0.1:4010/", ",metadata.google.internal")]
    public void Who_asks_the_emulator_itself_goes_there_straight(string url, string ending) =>
        Variables.For(new Uri(url), "AC1", "t", _files, null, _ => null).ToDictionary()["NO_PROXY"].Should().EndWith(ending);

    [Fact]
    public void Nodes_own_fetch_is_told_to_go_by_the_environment() => For([])["NODE_USE_ENV_PROXY"].Should().Be("1");

    [Fact]
    public void What_is_set_already_is_added_to()
    {
        var all = For(new()
        {
            ["NO_PROXY"] = "db.internal, localhost",
            ["PYTHONPATH"] = "/mine",
            ["JAVA_TOOL_OPTIONS"] = "-Xmx1g",
            ["NODE_EXTRA_CA_CERTS"] = "/company.pem",
        });
        all["NO_PROXY"].Should().StartWith("localhost,127.0.0.1,::1,").And.EndWith(",db.internal");
        all["PYTHONPATH"].Should().Be($"{_files.PythonFolder}{Path.PathSeparator}/mine");
        all["JAVA_TOOL_OPTIONS"].Should().EndWith(" -Xmx1g");
        all["NODE_EXTRA_CA_CERTS"].Should().Be(_files.Bundle, "it holds the machine's roots too");
    }

    [Fact]
    public void Asked_twice_in_one_shell_nothing_piles_up()
    {
        var once = For(new() { ["PYTHONPATH"] = "/mine", ["JAVA_TOOL_OPTIONS"] = "-Xmx1g" });
        var twice = For(once);
        foreach (var name in new[] { "PYTHONPATH", "JAVA_TOOL_OPTIONS", "NO_PROXY", "PHP_INI_SCAN_DIR" })
        {
            twice[name].Should().Be(once[name]);
        }
    }

    [Theory]
    [InlineData("*")]
    [InlineData("twilio.com")]
    [InlineData(".twilio.com")]
    [InlineData("*.twilio.com:443")]
    [InlineData("API.twilio.com")]
    public void An_exception_that_leads_past_the_emulator_is_left_out_and_told(string exception)
    {
        var given = new Dictionary<string, string> { ["NO_PROXY"] = $"db.internal,{exception}" };
        For(given)["NO_PROXY"].Should().EndWith(",db.internal");
        Variables.Notes(given.GetValueOrDefault).Should().ContainSingle().Which.Should().StartWith($"NO_PROXY: {exception} is left out");
    }

    [Fact]
    public void A_proxy_elsewhere_that_is_replaced_is_told_and_one_on_this_machine_is_not()
    {
        Variables.Notes(new Dictionary<string, string>
        {
            ["HTTPS_PROXY"] = "http://user:secret@proxy.company:3128",
            ["http_proxy"] = "proxy:3128",
        }.GetValueOrDefault)
            .Should().ContainSingle().Which
                .Should().StartWith("HTTPS_PROXY, http_proxy: the app gets the emulator in place of that proxy")
                .And.NotContain("secret");
        Variables.Notes(For([]).GetValueOrDefault).Should().BeEmpty("a shell that was led here before");
    }

    private Dictionary<string, string> For(Dictionary<string, string> given) =>
        Variables.For(new Uri("http://127.0.0.1:4010/"), "AC1", "t", _files, null, given.GetValueOrDefault).ToDictionary();
}
